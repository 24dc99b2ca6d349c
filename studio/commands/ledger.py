"""`studio ledger`: what was spent where."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from studio.client import open_studio
from studio.commands.listing import listing
from studio.commands.options import data_option, json_option, settings_for


@click.command()
@click.option(
    "--days",
    type=click.FloatRange(0, min_open=True),
    default=30.0,
    show_default=True,
    help="How far to look back.",
)
@json_option
@data_option
def command(*, days: float, as_json: bool, data: Path | None) -> None:
    """List what each connection has cost, and what came back."""
    since = datetime.now(UTC) - timedelta(days=days)
    with open_studio(settings_for(data), work=False) as studio:
        rows = [spent.model_dump(mode="json") for spent in studio.ledger(since)]
    print(listing(rows, ("connection", "jobs", "spent", "refunded", "unit"), as_json=as_json))
