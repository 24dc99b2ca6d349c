"""`studio serve`: the studio in the browser."""

from pathlib import Path

import click

from studio.commands.options import data_option, settings_for
from studio.server import serve


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8501,
    show_default=True,
    help="Port to listen at; 0 picks a free one.",
)
@data_option
@click.option("--browser/--no-browser", default=True, help="Open a browser.  [default: yes]")
def command(*, host: str, port: int, data: Path | None, browser: bool) -> None:
    """Open the studio in the browser; what `studio` alone does.

    The house band's emulator starts with it, on a free port of this machine with a fresh key.
    """
    folder = settings_for(data).data
    serve(host=host, port=port, data=folder, open_browser=browser)
