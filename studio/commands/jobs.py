"""`studio jobs`: what is being made, waits, failed or is unsure."""

from pathlib import Path

import click

from studio.client import open_studio
from studio.commands.listing import listing
from studio.commands.options import data_option, json_option, settings_for
from studio.commands.telling import tell_job

STATES = """\b
QUEUED     on disk, not sent yet
SENDING    being sent
WORKING    the provider makes it
FETCHING   made, on its way to the gallery
UNSURE     it may have been taken: a person decides on the Jobs page
DONE       in the gallery
FAILED     it will not be made
CANCELLED  stopped by a person
"""


@click.command(epilog=STATES)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=50,
    show_default=True,
    help="How many, newest first.",
)
@json_option
@data_option
def command(*, limit: int, as_json: bool, data: Path | None) -> None:
    """List the jobs, newest first."""
    with open_studio(settings_for(data), work=False) as studio:
        rows = [tell_job(job) for job in studio.jobs(limit=limit)]
    print(listing(rows, ("id", "state", "connection", "title", "reason"), as_json=as_json))
