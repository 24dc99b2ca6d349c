"""`studio connections`: which providers there are to choose from."""

from pathlib import Path

import click

from studio.client import open_studio
from studio.commands.listing import table, to_json
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
        connections = studio.connections()
    rows = [{**one.model_dump(mode="json"), "default": one.name == default} for one in connections]
    if as_json:
        print(to_json(rows))
        return
    for row in rows:
        row["name"] = ("* " if row["default"] else "  ") + row["name"]
        row["url"] = row["url"] or "on this machine"
    print(table(rows, ("name", "kind", "edition", "url", "key_env")))
