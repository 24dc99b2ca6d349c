"""`studio personas`: who can be asked to sing."""

from pathlib import Path

import click

from studio.client import open_studio
from studio.commands.listing import listing
from studio.commands.options import data_option, json_option, settings_for


@click.command()
@click.option("--to", metavar="CONNECTION", help="Only those that this connection knows.")
@json_option
@data_option
def command(*, to: str | None, as_json: bool, data: Path | None) -> None:
    """List the personas that can be asked to sing, newest first."""
    with open_studio(settings_for(data), work=False) as studio:
        rows = [one.model_dump(mode="json") for one in studio.personas(to)]
    print(listing(rows, ("id", "name", "connection", "style", "made_at"), as_json=as_json))
