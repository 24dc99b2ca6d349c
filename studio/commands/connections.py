"""`studio connections`: which providers there are to choose from."""

from pathlib import Path

import click

from studio.client import open_studio
from studio.commands.listing import listing
from studio.commands.options import data_option, json_option, settings_for


@click.command()
@json_option
@data_option
def command(*, as_json: bool, data: Path | None) -> None:
    """List the connections.

    The default, which is used where none is named, is marked with a star. Keys are never shown.
    """
    with open_studio(settings_for(data), work=False) as studio:
        default = studio.default().name
        rows = [
            {
                "name": connection.name,
                "kind": connection.kind,
                "url": connection.url,
                "key_env": connection.key_env,
                "poll_seconds": connection.poll_seconds,
                "default": connection.name == default,
                "": "*" if connection.name == default else None,
                "address": connection.url or "this machine",
            }
            for connection in studio.connections()
        ]
    columns = ("", "name", "kind", "address", "key_env")
    print(listing(rows, columns, as_json=as_json))
