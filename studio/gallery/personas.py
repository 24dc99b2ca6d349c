"""Personas: the voices that can be asked to sing, each at the connection that knows it.

One that is forgotten is no longer offered, but stays for the songs it has sung.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from studio.database import Database, Migrations, Store, exclusive
from studio.errors import NotFound
from studio.songs import Persona

migrations = Migrations("personas")


@migrations()
def the_first_table(db: Database) -> None:
    db.execute("""
        CREATE TABLE personas (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            connection TEXT NOT NULL,
            remote TEXT NOT NULL,
            source TEXT NOT NULL,
            description TEXT NOT NULL,
            style TEXT NOT NULL,
            job TEXT NOT NULL,
            made_at TEXT NOT NULL,
            forgotten_at TEXT
        )""")
    db.execute("CREATE INDEX personas_offered ON personas (number) WHERE forgotten_at IS NULL")


class Personas:
    """All personas. Every method may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path, migrations)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def put(self, persona: Persona) -> None:
        """Write a persona; one that is there already stays as a person has named it."""
        row = persona.model_dump(mode="json")
        columns = ", ".join(row)
        values = ", ".join(f":{column}" for column in row)
        sql = f"""
            INSERT INTO personas ({columns}) VALUES ({values})
            ON CONFLICT (id) DO NOTHING"""  # noqa: S608 - names of our own columns
        with self._store.opened() as db, exclusive(db):
            db.execute(sql, row)

    def get(self, persona_id: str) -> Persona:
        """Return one persona, also a forgotten one.

        Raises
        ------
        NotFound
            If there is none with this id.
        """
        with self._store.opened() as db:
            return _one(db, persona_id)

    def all(self, connection: str | None = None) -> list[Persona]:
        """Return the personas that can be chosen, at one connection if it is named, newest first.

        Forgotten ones are left out.
        """
        sql = """
            SELECT * FROM personas
            WHERE forgotten_at IS NULL AND (:connection IS NULL OR connection = :connection)
            ORDER BY number DESC"""
        with self._store.opened() as db:
            return [_persona(row) for row in db.query(sql, {"connection": connection})]

    def rename(self, persona_id: str, name: str) -> Persona:
        """Give a persona another name."""
        return self._change(persona_id, "name = ?", name)

    def forget(self, persona_id: str, *, now: datetime) -> Persona:
        """Offer a persona no longer."""
        return self._change(persona_id, "forgotten_at = ?", now.astimezone(UTC).isoformat())

    def restore(self, persona_id: str) -> Persona:
        """Offer a forgotten persona again."""
        return self._change(persona_id, "forgotten_at = ?", None)

    def _change(self, persona_id: str, what: str, value: str | None) -> Persona:
        with self._store.opened() as db, exclusive(db):
            _one(db, persona_id)
            db.execute(f"UPDATE personas SET {what} WHERE id = ?", [value, persona_id])  # noqa: S608 - our own words
            return _one(db, persona_id)


def _one(db: Database, persona_id: str) -> Persona:
    for row in db.query("SELECT * FROM personas WHERE id = ?", [persona_id]):
        return _persona(row)
    raise NotFound(f"There is no persona {persona_id}. Look under Personas for the ones there are.")


def _persona(row: Mapping[str, Any]) -> Persona:
    return Persona.model_validate({name: row[name] for name in Persona.model_fields})
