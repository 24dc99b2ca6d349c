"""`studio doctor`: whether everything that makes songs is there and answers."""

import sys
from pathlib import Path

import click

from studio.client import Studio, open_studio
from studio.commands.contract import hold_to_contract
from studio.commands.listing import Row, table, to_json
from studio.commands.machine import look_at_extras, look_at_machine
from studio.commands.options import data_option, settings_for
from studio.errors import StudioProblem
from studio.offer import amount_in_words


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@click.option(
    "--contract",
    metavar="CONNECTION",
    help="Hold this vendor to what its documents say, as far as that costs nothing.",
)
@click.option("--spend", is_flag=True, help="With --contract: also try what costs something.")
@data_option
def command(*, as_json: bool, contract: str | None, spend: bool, data: Path | None) -> None:
    """Look whether everything that makes songs is there and answers.

    Nothing is made and nothing is spent. Ends with status 0 when the default connection works.

    With --contract, one vendor is asked what its documents say, and what it answers is told beside
    it; ends with status 1 if something differs, or nobody answers.
    """
    if spend and contract is None:
        raise click.UsageError("--spend needs --contract: nothing else here costs anything.")
    settings = settings_for(data)
    if contract is not None:
        sys.exit(hold_to_contract(settings, contract, spend=spend, as_json=as_json))
    machine = look_at_machine(settings.data)
    with open_studio(settings, work=False) as studio:
        default = studio.default().name
        connections = [
            look_at_connection(studio, connection.name) for connection in studio.connections()
        ]
    extras = look_at_extras()
    if as_json:
        found = {**machine, "extras": extras, "connections": connections, "default": default}
        print(to_json(found))
    else:
        print(
            table([{"what": what, "is": value} for what, value in machine.items()], ("what", "is"))
        )
        print()
        print(table(extras, ("extra", "there", "says")))
        print()
        print(table(connections, ("name", "works", "latency_ms", "balance", "two_takes", "says")))
    sys.exit(0 if any(row["works"] for row in connections if row["name"] == default) else 1)


def look_at_connection(studio: Studio, name: str) -> Row:
    """Ask connection `name` whether it answers, what is left there, and what a song costs."""
    try:
        health, price = studio.test(name), studio.offer(name).price
    except StudioProblem as problem:
        return {"name": name, "works": False, "says": str(problem)}
    balance = health.balance
    return {
        "name": name,
        "works": health.ok,
        "latency_ms": None if health.latency_ms is None else round(health.latency_ms),
        "balance": None if balance is None else amount_in_words(balance.amount, balance.unit),
        "two_takes": price,
        "says": health.sentence,
    }
