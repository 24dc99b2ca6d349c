"""`studio attachments SONG`: what was found out about a song."""

from pathlib import Path

import click

from studio.client import open_studio
from studio.commands.listing import listing
from studio.commands.options import data_option, json_option, settings_for
from studio.commands.telling import tell_attachment


@click.command()
@click.argument("song", metavar="SONG")
@json_option
@data_option
def command(*, song: str, as_json: bool, data: Path | None) -> None:
    """List what was found out about SONG (its id): stems, notes, tempo, timed words."""
    with open_studio(settings_for(data), work=False) as studio:
        studio.song(song)
        rows = [
            tell_attachment(found, studio.attachment_path(found))
            for found in studio.attachments(song)
        ]
    print(listing(rows, ("id", "kind", "name", "connection", "file"), as_json=as_json))
