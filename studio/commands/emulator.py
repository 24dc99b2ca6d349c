"""`studio emulator`: the counters of the vendors, alone."""

from pathlib import Path

import click

from studio.emulator.server import serve


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
    "credit",
    type=click.IntRange(0),
    metavar="N",
    help="Credits to begin with, at the vendors that count.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where orders and sounds are kept over a restart.  [default: a temporary folder]",
)
@click.option("--parent-watch", is_flag=True, hidden=True, help="End when standard input closes.")
def command(
    *, port: int, key: str, pace: str, credit: int | None, data: Path | None, parent_watch: bool
) -> None:
    """Run the counters of the vendors on this machine, alone.

    Each answers under its own prefix, the vendor's paths following it:
    http://127.0.0.1:PORT/band/v1, /aimusicapi/api/v1/sonic/create. GET /health answers when
    it is ready.
    """
    serve(port=port, key=key, pace=pace, credits=credit, data=data, parent_watch=parent_watch)
