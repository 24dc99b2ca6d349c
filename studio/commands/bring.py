"""`studio bring FILE|URL`: a sound of one's own, as a song of the gallery."""

from pathlib import Path

import click

from studio.client import Studio, open_studio
from studio.commands.listing import to_json
from studio.commands.options import data_option, settings_for
from studio.commands.telling import tell_attachment, tell_song
from studio.errors import StudioProblem
from studio.songs import Song


@click.command()
@click.argument("sound", metavar="FILE|URL|SONG")
@click.option("--title", default="", help="What to call it.  [default: its own title, or its name]")
@click.option(
    "--at", metavar="CONNECTION", help="A vendor to whom you have brought it yourself; needs --id."
)
@click.option("--id", "remote", metavar="REMOTE", help="Under which id it is known there.")
@data_option
def command(
    *, sound: str, title: str, at: str | None, remote: str | None, data: Path | None
) -> None:
    """Bring a sound of your own into the gallery, and tell of it in JSON.

    It is checked to its end and copied; the file stays where it is. MP3, WAV, FLAC, OGG and AIFF
    are read, M4A and the sound of videos with the extra `media`.

    Some vendors take sounds by hand only, on their own pages. Bring it there, then tell the studio
    its id with --at and --id; a SONG of the gallery is named by its own id.
    """
    if (at is None) != (remote is None):
        raise click.UsageError("--at and --id belong together: where it is, and its id there.")
    with open_studio(settings_for(data), work=False) as studio:
        if at is not None:
            studio.connection(at)
        is_song = at is not None and "://" not in sound and not Path(sound).is_file()
        song = studio.song(sound) if is_song else _brought(studio, sound, title)
        print(to_json(tell_song(song, studio.sound_path(song), studio.wav_path(song))))
        if at is not None and remote is not None:
            told = studio.tell_upload(song.id, at, remote)
            print(to_json(tell_attachment(told, None)))


def _brought(studio: Studio, sound: str, title: str) -> Song:
    if "://" in sound:
        return studio.bring_link(sound, title=title)
    if not Path(sound).is_file():
        raise StudioProblem(f"There is no file {sound}. Look at its name, or give a whole link.")
    return studio.bring(Path(sound), title=title)
