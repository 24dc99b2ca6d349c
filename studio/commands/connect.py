"""`studio connect`: a provider, at an address, with a key."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click
from pydantic import ValidationError

from studio.client import open_studio
from studio.commands.options import data_option, settings_for
from studio.connections import Connection
from studio.providers import PROVIDERS


@click.command()
@click.argument("name")
@click.option("--kind", required=True, type=click.Choice(list(PROVIDERS)), help="Who it is.")
@click.option("--url", help="Where it lives.  [default: where this provider usually does]")
@click.option("--edition", help="Which generation of its documents.  [default: the usual one]")
@click.option(
    "--key-env",
    metavar="VAR",
    help="The environment variable with the key: read now and kept, and again whenever it is set.",
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
    edition: str | None,
    key_env: str | None,
    poll_seconds: float | None,
    data: Path | None,
) -> None:
    """Add connection NAME, or change it: a provider at an address with a key.

    The key is never an argument, which others could read in a process list: it comes from the
    environment (--key-env), or is asked for on the terminal. It is kept in the data folder, in a
    file that only you can read.
    """
    facts = {"url": url, "edition": edition, "key_env": key_env, "poll_seconds": poll_seconds}
    told = {fact: value for fact, value in facts.items() if value is not None}
    with open_studio(settings_for(data), work=False) as studio:
        known = {one.name: one for one in studio.connections() if one.kind == kind}
        connection = described(known.get(name), {"name": name, "kind": kind, **told})
        studio.connect(connection, secret=read_key(connection, key_env=key_env))
        offer = studio.offer(name) if studio.find_out(name) else None
    print(f"{name} is connected. See whether it answers with: studio doctor")
    if offer is not None and offer.note:
        print(offer.note)


def described(known: Connection | None, told: Mapping[str, object]) -> Connection:
    """Return the connection as it is `known` already, with what is `told` of it changed.

    Raises
    ------
    UsageError
        If there cannot be such a connection.
    """
    who = PROVIDERS[str(told["kind"])]
    if known is None and not (told.get("url") or who.home_url or who.repeatable):
        raise click.UsageError(
            f"{who.title} is wherever somebody runs it. Name its address with --url, such as "
            "http://127.0.0.1:8001."
        )
    usual = {"url": who.home_url} if known is None else known.model_dump()
    try:
        return Connection.model_validate({**usual, **told})
    except ValidationError as problem:
        [first, *_] = problem.errors()
        raise click.UsageError(f"{first['loc'][0]}: {first['msg']}.") from problem


def read_key(connection: Connection, *, key_env: str | None) -> str | None:
    """Read the key from the environment, or ask for it where somebody can answer."""
    if key_env is not None:
        kept = os.environ.get(key_env, "").strip()
        if not kept:
            raise click.UsageError(
                f"The environment variable {key_env} is not set. "
                f"Put the key of {connection.name} into it first."
            )
        return kept
    needs_key = PROVIDERS[connection.kind].needs_key
    if connection.is_local or connection.key_env or not needs_key or not sys.stdin.isatty():
        return None
    told: str = click.prompt("Key (it stays hidden)", hide_input=True, default="", err=True)
    return told.strip() or None
