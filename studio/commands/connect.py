"""`studio connect`: a provider, at an address, with a key."""

import os
import sys
from pathlib import Path

import click

from studio.client import Studio, open_studio
from studio.commands.options import data_option, settings_for
from studio.connections import Connection


@click.command()
@click.argument("name")
@click.option("--kind", required=True, help="Which provider: house_band, aimusicapi.")
@click.option("--url", help="Where it lives.  [default: the provider's own home]")
@click.option(
    "--key-env",
    metavar="VAR",
    help="The environment variable that holds the key, read now and whenever it is used.",
)
@click.option(
    "--poll-seconds",
    type=click.FloatRange(0.05),
    help="How often it may be asked.  [default: as the provider advises]",
)
@data_option
def command(
    *,
    name: str,
    kind: str,
    url: str | None,
    key_env: str | None,
    poll_seconds: float | None,
    data: Path | None,
) -> None:
    """Add connection NAME, or change it: a provider at an address with a key.

    The key is never an argument, which others could read in a process list: it comes from the
    environment (--key-env), or is asked for on the terminal.
    """
    connection = Connection(
        name=name, kind=kind, url=url, key_env=key_env, poll_seconds=poll_seconds
    )
    with open_studio(settings_for(data), work=False) as studio:
        studio.connect(connection, secret=read_key(studio, connection))
        print(f"{name} is connected. Try it: studio doctor")


def read_key(studio: Studio, connection: Connection) -> str | None:
    """Read the key from the environment, or ask for it where somebody can answer."""
    if connection.key_env is not None:
        key = os.environ.get(connection.key_env)
        if not key:
            raise click.UsageError(
                f"The environment variable {connection.key_env} is not set. "
                f"Put the key of {connection.name} into it first."
            )
        return key
    if sys.stdin.isatty():
        return click.prompt("Key (not shown)", hide_input=True, err=True) or None
    return None
