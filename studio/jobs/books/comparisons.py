"""Comparisons: one request that went to several makers, and which of their songs was liked best."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from studio.database import Database, Migrations, Store, exclusive
from studio.errors import NotFound
from studio.songs import SongRequest, Value

migrations = Migrations("comparisons")


@migrations()
def the_first_table(db: Database) -> None:
    db.execute("""
        CREATE TABLE comparisons (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            comparison TEXT NOT NULL
        )""")


class Comparison(Value):
    """One request, and the jobs that it became."""

    id: str
    request: SongRequest
    """As it was asked for; each job has what its maker takes of it."""
    jobs: tuple[str, ...]
    """Ids, in the order in which the makers were named."""
    left_out: Mapping[str, tuple[str, ...]] = {}
    """By job, the wishes that its maker does not take."""
    is_blind: bool = False
    """Whether nobody is to see who made what before one was chosen."""
    made_at: datetime
    choice: str | None = None
    """Id of the song that was liked best."""
    chosen_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the makers may be named: when it is not blind, or one was chosen."""
        return not self.is_blind or self.choice is not None


class Comparisons:
    """The table. Every method may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path, migrations)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def add(self, comparison: Comparison) -> Comparison:
        """Put a comparison into the table; one that is there already is returned as it is."""
        with self._store.opened(durable=True) as db, exclusive(db):
            if known := _found(db, comparison.id):
                return known
            db.execute(
                "INSERT INTO comparisons (id, comparison) VALUES (?, ?)",
                [comparison.id, comparison.model_dump_json()],
            )
        return comparison

    def get(self, comparison_id: str) -> Comparison:
        """Return one comparison.

        Raises
        ------
        NotFound
            If there is none of this id.
        """
        with self._store.opened() as db:
            return _asserted(_found(db, comparison_id), comparison_id)

    def newest(self, limit: int) -> tuple[Comparison, ...]:
        """Return the newest comparisons, newest first."""
        ask = "SELECT comparison FROM comparisons ORDER BY number DESC LIMIT ?"
        with self._store.opened() as db:
            return tuple(_read(row) for row in db.query(ask, [limit]))

    def choose(self, comparison_id: str, song_id: str | None, now: datetime) -> Comparison:
        """Keep which song was liked best; `None` takes the vote back.

        Raises
        ------
        NotFound
            If there is no such comparison.
        """
        with self._store.opened(durable=True) as db, exclusive(db):
            known = _asserted(_found(db, comparison_id), comparison_id)
            when = None if song_id is None else now
            chosen = known.model_copy(update={"choice": song_id, "chosen_at": when})
            db.execute(
                "UPDATE comparisons SET comparison = ? WHERE id = ?",
                [chosen.model_dump_json(), comparison_id],
            )
        return chosen


def _found(db: Database, comparison_id: str) -> Comparison | None:
    ask = "SELECT comparison FROM comparisons WHERE id = ?"
    return next((_read(row) for row in db.query(ask, [comparison_id])), None)


def _read(row: Mapping[str, Any]) -> Comparison:
    return Comparison.model_validate_json(row["comparison"])


def _asserted(found: Comparison | None, comparison_id: str) -> Comparison:
    if found is None:
        raise NotFound(f"There is no comparison {comparison_id!r}.")
    return found
