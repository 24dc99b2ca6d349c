"""The songs on disk, searchable: newest first, page by page, however many there are."""

import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from studio.database import Database, Migrations, Store, exclusive
from studio.errors import NotFound
from studio.songs import Song, Value

LONGEST_SEARCH = 200
KEEP_DELETED = timedelta(days=30)
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Characters of the writings that put no spaces between words."""

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
        where, values = _conditions(search, kept)
        # The page is asked for one song more than it shows, to know whether there is a next one.
        page = f"""
            SELECT * FROM songs WHERE {where} AND number < ?
            ORDER BY number DESC LIMIT ? OFFSET ?"""  # noqa: S608 - conditions are ours, words are bound
        count = f"SELECT count(*) FROM songs WHERE {where}"  # noqa: S608 - as above
        before = 2**62 if after is None else after
        with self._store.opened() as db:
            rows = list(db.query(page, [*values, before, limit + 1, skip]))
            (total,) = db.execute(count, values).fetchone()
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
    told["request"] = json.loads(told["request"])
    return Song.model_validate(told)


def _row(song: Song) -> dict[str, Any]:
    row = song.model_dump(mode="json")
    row["request"] = song.request.model_dump_json()
    row["made_at"] = _moment(song.made_at)
    row["deleted_at"] = None if song.deleted_at is None else _moment(song.deleted_at)
    row["words"] = spaced(f"{song.title}\n{song.style}\n{song.lyrics}")
    return row


def _moment(moment: datetime) -> str:
    """Say a moment so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _conditions(search: str, kept: bool | None) -> tuple[str, list[object]]:
    conditions, values = ["deleted_at IS NULL"], list[object]()
    if kept is not None:
        conditions.append("kept" if kept else "NOT kept")
    terms = search[:LONGEST_SEARCH].replace("\0", " ").split()
    if phrases := [_phrase(term) for term in terms if _has_words(term)]:
        # Every phrase must be there; a bare list of phrases means AND.
        conditions.append("number IN (SELECT rowid FROM songs_words WHERE words MATCH ?)")
        values.append(" ".join(phrases))
    for term in terms:
        if not _has_words(term):
            conditions.append("instr(words, ?)")
            values.append(term)
    return " AND ".join(conditions), values


def spaced(text: str) -> str:
    """Set Chinese and Japanese characters apart, so that each of them is found as a word."""
    return UNSPACED.sub(r" \g<0> ", text)


def _phrase(term: str) -> str:
    """Quote what a person typed, so that nothing in it is an operator; its end may be open."""
    quoted = spaced(term).replace('"', '""')
    return f'"{quoted}"*'


def _has_words(term: str) -> bool:
    """Whether the index knows anything in `term`: letters and numbers, not signs or emoji."""
    return any(unicodedata.category(character)[0] in "LN" for character in term)
