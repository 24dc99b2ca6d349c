"""Notices: what holds up all jobs of a connection, for everybody to read, and what frees them.

They lie in the table of jobs, so that a page, a command and another worker read the same.
"""

from datetime import datetime, timedelta
from pathlib import Path

from studio.database import Store, exclusive
from studio.jobs.schema import migrations
from studio.jobs.traffic.said import Said

BEFORE = timedelta(minutes=10)
"""How long before it is known that nobody answers something may have been asked in vain."""


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

    def back_again(self, connection: str, since: datetime, now: datetime) -> None:
        """Take up what waited for a connection since then, or was given over: somebody answers.

        What was to be sent is sent now. What is made there may be late, but not for its own sake:
        its patience begins anew.
        """
        begin = (since - BEFORE).timestamp()
        told = {"connection": connection, "since": begin, "now": now.timestamp()}
        sent = """
            UPDATE jobs SET due_at = :now
            WHERE connection = :connection AND state = 'QUEUED' AND due_at > :now
                AND json_extract(job, '$.sent_at') IS NOT NULL"""
        made = """
            UPDATE jobs SET state = 'WORKING', job = json_set(
                job, '$.state', 'WORKING', '$.seen_at', :moment, '$.tries', 0, '$.reason', NULL)
            WHERE connection = :connection AND remote IS NOT NULL
                AND (state = 'WORKING' OR state = 'UNSURE' AND due_at >= :since)"""
        with self._store.opened(durable=True) as db, exclusive(db):
            db.execute(sent, told)
            db.execute(made, told | {"moment": now.isoformat()})
