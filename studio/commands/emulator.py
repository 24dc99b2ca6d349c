"""`studio emulator`: the counters of the vendors, alone."""

from pathlib import Path
from typing import Any

import click

from studio.emulator.house import PROFILES
from studio.emulator.pace import read_pace
from studio.emulator.server import CREDITS, serve
from studio.errors import StudioProblem


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    required=True,
    help="Port to listen at, on this machine only; 0 picks a free one.",
)
@click.option(
    "--key",
    envvar="STUDIO_EMULATOR_KEY",
    show_envvar=True,
    required=True,
    help="The key of every dialect. In the environment it does not show in a process list.",
)
@click.option(
    "--pace",
    default="now",
    show_default=True,
    metavar="now|looks:N|real",
    help="How fast work gets done: at once, after N looks, or as slowly as at the vendor.",
)
@click.option(
    "--credits",
    type=click.IntRange(0),
    default=CREDITS,
    show_default=True,
    metavar="N",
    help="What the account at each vendor begins with.",
)
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    default=PROFILES[0],
    show_default=True,
    help="The date at which a vendor that changes without a version is imitated.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where orders and sounds are kept over a restart.  [default: a temporary folder]",
)
@click.option("--parent-watch", is_flag=True, hidden=True, help="End when standard input closes.")
def command(*, port: int, pace: str, parent_watch: bool, **options: Any) -> None:
    """Run the counters of the vendors on this machine, alone.

    Each answers under its own prefix, the vendor's paths following it:
    http://127.0.0.1:PORT/band/v1, /aimusicapi/api/v1/sonic/create. GET /health answers when
    it is ready.
    """
    try:
        read_pace(pace)
    except ValueError as problem:
        raise click.UsageError(str(problem)) from problem
    try:
        serve(port=port, pace=pace, parent_watch=parent_watch, **options)
    except OSError as problem:
        raise StudioProblem(
            f"The emulator cannot listen at port {port}: {problem.strerror}. "
            "Choose another with --port; 0 picks a free one."
        ) from problem
