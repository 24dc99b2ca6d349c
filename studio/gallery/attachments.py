"""Attachments: files and facts that were found out about songs, kept beside them.

An id follows from what made it, so that a step that is repeated after an interruption attaches
nothing twice.
"""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from studio.database import Database, Migrations, Store, exclusive
from studio.errors import NotFound
from studio.songs import Attached, Attachment

migrations = Migrations("attachments")


@migrations()
def the_first_table(db: Database) -> None:
    db.execute("""
        CREATE TABLE attachments (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            song TEXT NOT NULL,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            file TEXT,
            link TEXT,
            remote TEXT,
            facts TEXT NOT NULL,
            connection TEXT NOT NULL,
            job TEXT NOT NULL,
            made_at TEXT NOT NULL
        )""")
    db.execute("CREATE INDEX attachments_song ON attachments (song, number)")


class Attachments:
    """All attachments. Every method may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path, migrations)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def put(self, attachment: Attachment) -> None:
        """Write an attachment, in place of the one with the same id."""
        row = attachment.model_dump(mode="json")
        row["facts"] = json.dumps(dict(attachment.facts), ensure_ascii=False)
        columns = ", ".join(row)
        values = ", ".join(f":{column}" for column in row)
        news = ", ".join(f"{column} = excluded.{column}" for column in row if column != "id")
        sql = f"""
            INSERT INTO attachments ({columns}) VALUES ({values})
            ON CONFLICT (id) DO UPDATE SET {news}"""  # noqa: S608 - names of our own columns
        with self._store.opened() as db, exclusive(db):
            db.execute(sql, row)

    def get(self, attachment_id: str) -> Attachment:
        """Return one attachment.

        Raises
        ------
        NotFound
            If there is none with this id.
        """
        with self._store.opened() as db:
            return _one(db, attachment_id)

    def of_song(
        self, song_id: str, *, kind: Attached | None = None, connection: str | None = None
    ) -> list[Attachment]:
        """Return what is attached to a song, newest first: of one kind, by one connection."""
        wanted = {"song": song_id, "kind": kind, "connection": connection}
        told = {column: value for column, value in wanted.items() if value is not None}
        where = " AND ".join(f"{column} = :{column}" for column in told)
        sql = f"SELECT * FROM attachments WHERE {where} ORDER BY number DESC"  # noqa: S608 - our columns
        with self._store.opened() as db:
            return [_attachment(row) for row in db.query(sql, told)]

    def detach(self, attachment_id: str) -> Attachment:
        """Forget an attachment and return it, so that its file can go too."""
        with self._store.opened() as db, exclusive(db):
            attachment = _one(db, attachment_id)
            db.execute("DELETE FROM attachments WHERE id = ?", [attachment_id])
        return attachment

    def detach_all(self, song_ids: Collection[str]) -> list[Attachment]:
        """Forget what is attached to these songs and return it, so that its files can go too."""
        gone = []
        with self._store.opened() as db, exclusive(db):
            for song_id in song_ids:
                rows = db.query("SELECT * FROM attachments WHERE song = ?", [song_id])
                gone += [_attachment(row) for row in rows]
                db.execute("DELETE FROM attachments WHERE song = ?", [song_id])
        return gone


def _one(db: Database, attachment_id: str) -> Attachment:
    for row in db.query("SELECT * FROM attachments WHERE id = ?", [attachment_id]):
        return _attachment(row)
    raise NotFound(
        f"There is no attachment {attachment_id}. Look at the song's page for what it has."
    )


def _attachment(row: Mapping[str, Any]) -> Attachment:
    told = {name: row[name] for name in Attachment.model_fields}
    return Attachment.model_validate({**told, "facts": json.loads(row["facts"])})
