"""The songs on disk, searchable: newest first, page by page, however many there are."""

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from studio.database import Database, Migrations, Store, exclusive
from studio.errors import NotFound
from studio.gallery.words import as_query, for_index
from studio.songs import Part, Song, Value

KEEP_DELETED = timedelta(days=30)

migrations = Migrations("gallery")


@migrations()
def the_first_table(db: Database) -> None:
    db.execute("""
        CREATE TABLE songs (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            style TEXT NOT NULL,
            lyrics TEXT NOT NULL,
            length REAL,
            made_at TEXT NOT NULL,
            connection TEXT NOT NULL,
            kind TEXT NOT NULL,
            job TEXT NOT NULL,
            take INTEGER NOT NULL,
            remote TEXT,
            seed INTEGER,
            request TEXT NOT NULL,
            sound TEXT,
            wav TEXT,
            cover TEXT,
            link TEXT,
            link_ends_at TEXT,
            kept INTEGER NOT NULL DEFAULT 0,
            deleted_at TEXT,
            words TEXT NOT NULL
        )""")
    db.execute("CREATE INDEX songs_shown ON songs (number) WHERE deleted_at IS NULL")
    db.execute("CREATE INDEX songs_kept ON songs (number) WHERE deleted_at IS NULL AND kept")
    db.execute("CREATE INDEX songs_deleted ON songs (deleted_at) WHERE deleted_at IS NOT NULL")
    db.execute("CREATE INDEX songs_job ON songs (job)")
    db.execute("""
        CREATE VIRTUAL TABLE songs_words USING fts5 (
            words, content='songs', content_rowid='number',
            tokenize='unicode61 remove_diacritics 2', prefix='2 3'
        )""")
    # An update of anything else (kept, deleted, brought home) leaves the index alone.
    db.execute("""
        CREATE TRIGGER songs_added AFTER INSERT ON songs BEGIN
            INSERT INTO songs_words (rowid, words) VALUES (new.number, new.words);
        END""")
    db.execute("""
        CREATE TRIGGER songs_removed AFTER DELETE ON songs BEGIN
            INSERT INTO songs_words (songs_words, rowid, words)
            VALUES ('delete', old.number, old.words);
        END""")
    db.execute("""
        CREATE TRIGGER songs_reworded AFTER UPDATE OF words ON songs BEGIN
            INSERT INTO songs_words (songs_words, rowid, words)
            VALUES ('delete', old.number, old.words);
            INSERT INTO songs_words (rowid, words) VALUES (new.number, new.words);
        END""")


@migrations()
def the_index_holds_what_is_on_the_shelf(db: Database) -> None:
    # So that hits can be counted in the index alone, without a look at every song.
    for name in ("added", "removed", "reworded"):
        db.execute(f"DROP TRIGGER songs_{name}")
    out = """
        INSERT INTO songs_words (songs_words, rowid, words)
        VALUES ('delete', old.number, old.words);"""
    into = "INSERT INTO songs_words (rowid, words) VALUES (new.number, new.words);"
    was, now = "old.deleted_at IS NULL", "new.deleted_at IS NULL"
    for name, event, when, what in (
        ("added", "INSERT", now, into),
        ("removed", "DELETE", was, out),
        ("reworded", "UPDATE OF words", f"{was} AND {now}", out + into),
        ("hidden", "UPDATE OF deleted_at", f"{was} AND NOT {now}", out),
        ("shown", "UPDATE OF deleted_at", f"NOT {was} AND {now}", into),
    ):
        db.execute(
            f"CREATE TRIGGER songs_{name} AFTER {event} ON songs WHEN {when} BEGIN {what} END"
        )
    for row in list(db.query("SELECT number, title, style, lyrics FROM songs")):
        words = for_index(row["title"], row["style"], row["lyrics"])
        db.execute("UPDATE songs SET words = ? WHERE number = ?", [words, row["number"]])
    db.execute("INSERT INTO songs_words (songs_words) VALUES ('rebuild')")
    db.execute("""
        INSERT INTO songs_words (songs_words, rowid, words)
        SELECT 'delete', number, words FROM songs WHERE deleted_at IS NOT NULL""")


@migrations()
def the_index_holds_what_was_asked_for(db: Database) -> None:
    # A provider says in its own words what it made: "pop, 128 bpm" for "pop, upbeat".
    columns = "number, title, style, lyrics, request"
    for row in list(db.query(f"SELECT {columns} FROM songs")):  # noqa: S608 - names of our own columns
        asked = json.loads(row["request"])
        told = [row["title"], row["style"], row["lyrics"], asked["style"], asked["description"]]
        words = for_index(*told)
        db.execute("UPDATE songs SET words = ? WHERE number = ?", [words, row["number"]])


@migrations()
def songs_come_from_songs(db: Database) -> None:
    db.execute(f"ALTER TABLE songs ADD COLUMN part TEXT NOT NULL DEFAULT '{Part.SONG}'")
    db.execute("ALTER TABLE songs ADD COLUMN parents TEXT NOT NULL DEFAULT '[]'")
    db.execute("ALTER TABLE songs ADD COLUMN facts TEXT NOT NULL DEFAULT '{}'")


class Shelf(Value):
    """One page of the gallery."""

    songs: tuple[Song, ...]
    total: int
    """How many match in all."""
    next: int | None
    """Where the next page begins, to be passed as `after`; `None` at the end."""


class Gallery:
    """All songs. Every method opens the file for itself and may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path, migrations)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def put(self, song: Song) -> None:
        """Write a song; of one that is there already, only where its files are.

        So a step that is repeated after an interruption makes no second song, and what a person
        has changed since stays.
        """
        row = _row(song)
        columns = ", ".join(row)
        values = ", ".join(f":{column}" for column in row)
        sql = f"""
            INSERT INTO songs ({columns}) VALUES ({values})
            ON CONFLICT (id) DO UPDATE SET
                length = excluded.length, sound = excluded.sound, wav = excluded.wav,
                cover = excluded.cover, link = excluded.link,
                link_ends_at = excluded.link_ends_at"""  # noqa: S608 - names of our own columns
        with self._store.opened() as db, exclusive(db):
            db.execute(sql, row)

    def get(self, song_id: str) -> Song:
        """Return one song, also a deleted one.

        Raises
        ------
        NotFound
            If there is none with this id.
        """
        with self._store.opened() as db:
            return _one(db, song_id)

    def of_job(self, job_id: str) -> list[Song]:
        """Return the songs that are takes of a job, in the order of the takes."""
        sql = "SELECT * FROM songs WHERE job = ? ORDER BY take"
        with self._store.opened() as db:
            return [_song(row) for row in db.query(sql, [job_id])]

    def shelf(
        self,
        search: str = "",
        *,
        kept: bool | None = None,
        after: int | None = None,
        skip: int = 0,
        limit: int = 20,
    ) -> Shelf:
        """Return one page of the songs that match every word of `search`, newest first."""
        wanted = _Wanted.of(as_query(search), kept)
        # The page is asked for one song more than it shows, to know whether there is a next one.
        values = [*wanted.values, 2**62 if after is None else after, limit + 1, skip]
        with self._store.opened() as db:
            rows = list(db.query(wanted.page, values))
            (total,) = db.execute(wanted.total, wanted.values).fetchone()
        more = len(rows) > limit
        rows = rows[:limit]
        songs = tuple(_song(row) for row in rows)
        return Shelf(songs=songs, total=total, next=rows[-1]["number"] if more and rows else None)

    def rename(self, song_id: str, title: str) -> Song:
        """Give a song another title."""
        return self._change(song_id, {"title": title}, columns=("title", "words"))

    def keep(self, song_id: str, kept: bool) -> Song:
        """Mark a song as a keeper, or no longer."""
        return self._change(song_id, {"kept": kept}, columns=("kept",))

    def delete(self, song_id: str, *, now: datetime) -> Song:
        """Take a song off the shelf; it can be restored for a while."""
        return self._change(song_id, {"deleted_at": now}, columns=("deleted_at",))

    def restore(self, song_id: str) -> Song:
        """Put a deleted song back on the shelf."""
        return self._change(song_id, {"deleted_at": None}, columns=("deleted_at",))

    def purge(self, *, now: datetime) -> list[str]:
        """Forget what was deleted long ago and return the ids, so that the files can go too."""
        limit = _moment(now - KEEP_DELETED)
        with self._store.opened() as db, exclusive(db):
            sql = "SELECT id FROM songs WHERE deleted_at < ?"
            gone = [str(row["id"]) for row in db.query(sql, [limit])]
            db.execute("DELETE FROM songs WHERE deleted_at < ?", [limit])
        return gone

    def _change(
        self, song_id: str, changes: Mapping[str, object], *, columns: Collection[str]
    ) -> Song:
        with self._store.opened() as db, exclusive(db):
            song = _one(db, song_id).model_copy(update=changes)
            row = _row(song)
            sets = ", ".join(f"{column} = :{column}" for column in columns)
            db.execute(f"UPDATE songs SET {sets} WHERE id = :id", row)  # noqa: S608 - our columns
        return song


def _one(db: Database, song_id: str) -> Song:
    for row in db.query("SELECT * FROM songs WHERE id = ?", [song_id]):
        return _song(row)
    raise NotFound(f"There is no song {song_id}. Look in the Gallery for the ones there are.")


def _song(row: Mapping[str, Any]) -> Song:
    told = {name: row[name] for name in Song.model_fields}
    for name in ("request", "facts", "parents"):
        told[name] = json.loads(told[name]) if told[name] else None
    return Song.model_validate(told)


def _row(song: Song) -> dict[str, Any]:
    row = song.model_dump(mode="json")
    row["request"] = "" if song.request is None else song.request.model_dump_json()
    row["facts"] = json.dumps(dict(song.facts), ensure_ascii=False)
    row["parents"] = json.dumps(song.parents)
    row["made_at"] = _moment(song.made_at)
    row["deleted_at"] = None if song.deleted_at is None else _moment(song.deleted_at)
    told = [song.title, song.style, song.lyrics]
    if song.request is not None:
        told += [song.request.text("style"), song.request.text("description")]
    row["words"] = for_index(*told)
    return row


def _moment(moment: datetime) -> str:
    """Say a moment so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class _Wanted(NamedTuple):
    """How a page of the wanted songs is asked for, and how they are counted."""

    page: str
    total: str
    values: list[str]

    @classmethod
    def of(cls, query: str, kept: bool | None) -> "_Wanted":
        keepers = "" if kept is None else " AND kept" if kept else " AND NOT kept"
        if not query:
            shown = f"FROM songs WHERE deleted_at IS NULL{keepers}"
            return cls(
                page=f"SELECT * {shown} AND number < ? ORDER BY number DESC LIMIT ? OFFSET ?",
                total=f"SELECT count(*) {shown}",
                values=[],
            )
        look_up = "JOIN songs ON number = songs_words.rowid" if keepers else ""
        # The index gives its hits in the order of the songs, so a page reads no more than it shows;
        # and it knows the shelf, so that hits need no look at the songs to be counted.
        return cls(
            page=f"""
                SELECT songs.* FROM songs_words JOIN songs ON number = songs_words.rowid
                WHERE songs_words MATCH ?{keepers} AND songs_words.rowid < ?
                ORDER BY songs_words.rowid DESC LIMIT ? OFFSET ?""",  # noqa: S608 - no words in it
            total=f"""
                SELECT count(*) FROM songs_words {look_up} WHERE songs_words MATCH ?{keepers}""",  # noqa: S608 - as above
            values=[query],
        )
