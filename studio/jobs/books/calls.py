"""Calls that were heard: a vendor may say the same twice, and so may somebody who listened in."""

from datetime import datetime, timedelta
from pathlib import Path

from studio.database import Database, Migrations, Store, exclusive

KEPT = timedelta(days=1)
"""Longer than a signed call is believed, so that none can be played back."""

migrations = Migrations("calls")


@migrations()
def the_first_table(db: Database) -> None:
    db.execute("""
        CREATE TABLE calls (
            connection TEXT NOT NULL,
            id TEXT NOT NULL,
            heard_at REAL NOT NULL,
            PRIMARY KEY (connection, id)
        ) WITHOUT ROWID""")
    db.execute("CREATE INDEX calls_age ON calls (heard_at)")


class Calls:
    """The ids of the calls of the last day. Every method may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path, migrations)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def is_new(self, connection: str, id_: str, now: datetime) -> bool:
        """Write down that a call was heard, and tell whether it was for the first time."""
        put = "INSERT OR IGNORE INTO calls (connection, id, heard_at) VALUES (?, ?, ?)"
        with self._store.opened() as db, exclusive(db):
            db.execute("DELETE FROM calls WHERE heard_at < ?", [(now - KEPT).timestamp()])
            return db.execute(put, [connection, id_, now.timestamp()]).rowcount == 1
