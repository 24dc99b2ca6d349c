"""The SQLite file: how it is opened, prepared, and written by one at a time."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from pathlib import Path
from threading import get_ident
from typing import Any
from weakref import finalize

from studio.disk import locked

BUSY_SECONDS = 10.0
KEPT = 2
"""Connections of each kind that wait for more work; each may hold 2 MB of the file."""
DURABLE = "FULL"
"""Survives a power cut from the moment it is written, as what costs money must."""
ORDERLY = "NORMAL"
"""After a power cut the last writes may be gone, all later ones with them; ten times as fast."""


class _Hidden:
    """Hides modules from the imports of one thread."""

    def __init__(self, *names: str) -> None:
        self._names = names
        self._thread = get_ident()

    def find_spec(self, name: str, *_: Any) -> ModuleSpec | None:
        if name in self._names and get_ident() == self._thread:
            raise ModuleNotFoundError(f"{name} is not needed here.", name=name)
        return None

    def __enter__(self) -> None:
        sys.meta_path.insert(0, self)

    def __exit__(self, *_: object) -> None:
        sys.meta_path.remove(self)


# sqlite-utils imports pandas where it is installed, to know the types of its columns. We have no
# such columns, and without it the command line starts 1.5 s sooner.
with _Hidden("pandas", "numpy"):
    from sqlite_utils import Database, Migrations

__all__ = ["Database", "Migrations", "Store", "exclusive"]


class Store:
    """One SQLite file at its newest schema; made where there is none. For any thread."""

    def __init__(self, path: Path, migrations: Migrations) -> None:
        self._path = path
        self._idle: dict[bool, list[Database]] = {False: [], True: []}
        self.close = finalize(self, _close, self._idle)
        """Let go of the file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path.with_suffix(".lock")), self.opened() as db:
            db.execute("PRAGMA journal_mode=WAL")
            migrations.apply(db)

    @contextmanager
    def opened(self, *, durable: bool = False) -> Iterator[Database]:
        """Open the file for one piece of work.

        A connection serves one piece of work at a time, and waits for the next: to make one and
        let it read the schema costs four times as much as a write. The last one to be closed would
        fold the log into the file, which makes writes slower still.
        """
        idle = self._idle[durable]
        db = self._idle_or_new(durable=durable)
        try:
            yield db
        except BaseException:
            # Whatever was under way in it goes with it.
            db.conn.close()
            raise
        if self.close.alive and len(idle) < KEPT:
            idle.append(db)
        else:
            db.conn.close()

    def _idle_or_new(self, *, durable: bool) -> Database:
        try:
            return self._idle[durable].pop()
        except IndexError:
            connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, check_same_thread=False)
        connection.execute(f"PRAGMA synchronous={DURABLE if durable else ORDERLY}")
        return Database(connection, execute_plugins=False)


@contextmanager
def exclusive(db: Database) -> Iterator[None]:
    """Read and write with no other writer in between.

    A plain BEGIN takes the lock at its first write, and fails there at once if another was first.
    """
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        # Whatever cut in, Ctrl-C included, half a change must not stay; it is raised again.
        db.rollback()
        raise
    db.commit()


def _close(idle: dict[bool, list[Database]]) -> None:
    for waiting in idle.values():
        while waiting:
            waiting.pop().conn.close()
