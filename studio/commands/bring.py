"""`studio bring FILE|URL`: a sound of one's own, as a song of the gallery."""

from pathlib import Path

import click

from studio.client import open_studio
from studio.commands.listing import to_json
from studio.commands.options import data_option, settings_for
from studio.commands.telling import tell_song
from studio.errors import StudioProblem


@click.command()
@click.argument("sound", metavar="FILE|URL")
@click.option("--title", default="", help="What to call it.  [default: its own title, or its name]")
@data_option
def command(*, sound: str, title: str, data: Path | None) -> None:
    """Bring a sound of your own into the gallery, and tell of it in JSON.

    It is checked to its end and copied; the file stays where it is. MP3, WAV, FLAC, OGG and AIFF
    are read, M4A and the sound of videos with the extra `media`.
    """
    is_link = "://" in sound
    if not is_link and not Path(sound).is_file():
        raise StudioProblem(f"There is no file {sound}. Look at its name, or give a whole link.")
    with open_studio(settings_for(data), work=False) as studio:
        song = (
            studio.bring_link(sound, title=title)
            if is_link
            else studio.bring(Path(sound), title=title)
        )
        print(to_json(tell_song(song, studio.sound_path(song), studio.wav_path(song))))
