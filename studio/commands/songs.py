"""`studio songs`: what the gallery holds."""

from pathlib import Path

import click

from studio.client import open_studio
from studio.commands.listing import listing
from studio.commands.options import data_option, json_option, settings_for
from studio.commands.telling import tell_song


@click.command()
@click.option("--search", default="", metavar="WORDS", help="Only songs with all of these words.")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="How many, newest first.",
)
@json_option
@data_option
def command(*, search: str, limit: int, as_json: bool, data: Path | None) -> None:
    """List the songs of the gallery, newest first."""
    with open_studio(settings_for(data), work=False) as studio:
        shelf = studio.songs(search, limit=limit)
        rows = [
            tell_song(song, studio.sound_path(song), studio.wav_path(song)) for song in shelf.songs
        ]
    print(listing(rows, ("title", "style", "length_seconds", "made_at", "file"), as_json=as_json))
