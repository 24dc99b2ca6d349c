"""Fidelity: how sure it is that each operation answers as the vendor does, as a table to read.

`python -m studio.emulator.fidelity` prints what stands in the README of this room and in
`docs/vendors.md`; a test holds both to what the counters say of themselves.
"""

import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from studio.emulator.band import Band
from studio.emulator.door import Dialect
from studio.emulator.faults import Faults
from studio.emulator.house import House
from studio.emulator.musicians import HouseBand
from studio.emulator.pace import read_pace
from studio.emulator.server import DIALECTS
from studio.engine.pool import Pool

HEAD = "| operation | call | how sure | what else |\n|-|-|-|-|\n"


def table(told: Iterable[Mapping[str, str]]) -> str:
    """Return a table in Markdown of what `GET /PREFIX/fidelity` lists."""
    return HEAD + "".join(
        f"| `{each['operation']}` | {each['method']} `{each['path']}` | {each['fidelity']} | "
        f"{each['note']} |\n"
        for each in told
    )


def open_dialects(folder: Path) -> tuple[Dialect, ...]:
    """Open every dialect in an empty house in which nobody works."""
    workers = Pool(1, _nothing)
    house = House(
        band=Band(HouseBand(), folder / "orders", workers),
        pace=read_pace("now"),
        faults=Faults(),
        key="",
        credits=0,
        data=folder,
        clock=time.time,
    )
    return tuple(open_dialect(house) for open_dialect in DIALECTS)


def main() -> None:
    """Print a table for each dialect."""
    with TemporaryDirectory(prefix="woodshed-") as folder:
        for dialect in open_dialects(Path(folder)):
            sys.stdout.write(f"`/{dialect.name}`\n\n{table(dialect.fidelity())}\n")


def _nothing() -> None:
    """Nobody works, so that there is nothing to load."""


if __name__ == "__main__":
    main()
