"""Notices: what holds up all jobs of a connection, for everybody to read, and what frees them.

They lie in the table of jobs, so that a page, a command and another worker read the same.
"""

from datetime import datetime
from pathlib import Path

from studio.database import Store, exclusive
from studio.jobs.books.schema import migrations
from studio.jobs.traffic.said import Said


class Notices:
    """The notices of one table of jobs. Every method may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path, migrations)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def say(self, connection: str, said: Said) -> None:
        """Let jobs of a connection say first what holds up all of them; empty is nothing."""
        put = "INSERT OR REPLACE INTO jobs_lines (connection, starts, looks) VALUES (?, ?, ?)"
        with self._store.opened() as db, exclusive(db):
            if any(said):
                db.execute(put, [connection, *said])
            else:
                db.execute("DELETE FROM jobs_lines WHERE connection = ?", [connection])

    def back_again(self, connection: str, now: datetime) -> None:
        """Send now what was put off: somebody answers there again."""
        sql = """
            UPDATE jobs SET due_at = :now
            WHERE connection = :connection AND state = 'QUEUED' AND due_at > :now
                AND json_extract(job, '$.sent_at') IS NOT NULL"""
        with self._store.opened() as db, exclusive(db):
            db.execute(sql, {"connection": connection, "now": now.timestamp()})
