"""The songs on disk, searchable: newest first, page by page, however many there are."""

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from studio.database import Database, Store, exclusive
from studio.errors import NotFound
from studio.gallery.schema import migrations
from studio.gallery.words import as_query, for_index
from studio.songs import Song, Value

KEEP_DELETED = timedelta(days=30)


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

    def parents(self, song_id: str) -> list[Song]:
        """Return the songs that a song was made from, also deleted ones, in their order.

        Those that are gone for good are left out.
        """
        sql = """
            SELECT parent.* FROM songs AS child, json_each(child.parents) AS told
            JOIN songs AS parent ON parent.id = told.value
            WHERE child.id = ? ORDER BY told.key"""
        with self._store.opened() as db:
            return [_song(row) for row in db.query(sql, [song_id])]

    def children(self, song_id: str, *, limit: int = 100) -> list[Song]:
        """Return the newest songs on the shelf that were made from a song, newest first."""
        return list(self.shelf(made_from=song_id, limit=limit).songs)

    def shelf(
        self,
        search: str = "",
        *,
        kept: bool | None = None,
        made_from: str | None = None,
        after: int | None = None,
        skip: int = 0,
        limit: int = 20,
    ) -> Shelf:
        """Return one page of the songs that match every word of `search`, newest first.

        With `made_from`, only those that were made from the song of this id.
        """
        wanted = _Wanted.of(as_query(search), kept, made_from)
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

    def use_cover(self, song_id: str, file: str) -> Song:
        """Give a song another picture, by the name of its file."""
        return self._change(song_id, {"cover": file}, columns=("cover",))

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
    def of(cls, query: str, kept: bool | None, made_from: str | None) -> "_Wanted":
        also = "" if kept is None else " AND kept" if kept else " AND NOT kept"
        if query:
            return cls._found(query, also, made_from)
        if made_from is not None:
            return cls._made_from(made_from, also)
        return cls(
            page=f"""
                SELECT * FROM songs WHERE deleted_at IS NULL{also} AND number < ?
                ORDER BY number DESC LIMIT ? OFFSET ?""",  # noqa: S608 - no words in it
            total=f"SELECT sum(songs) FROM counts WHERE TRUE{also}",  # noqa: S608 - as above
            values=[],
        )

    @classmethod
    def _made_from(cls, parent: str, also: str) -> "_Wanted":
        shown = f"""
            FROM lineage JOIN songs ON number = child
            WHERE parent = ? AND deleted_at IS NULL{also}"""
        return cls(
            page=f"SELECT songs.* {shown} AND child < ? ORDER BY child DESC LIMIT ? OFFSET ?",
            total=f"SELECT count(*) {shown}",
            values=[parent],
        )

    @classmethod
    def _found(cls, query: str, also: str, parent: str | None) -> "_Wanted":
        if parent is not None:
            also += " AND songs_words.rowid IN (SELECT child FROM lineage WHERE parent = ?)"
        look_up = "JOIN songs ON number = songs_words.rowid" if "kept" in also else ""
        # The index gives its hits in the order of the songs, so a page reads no more than it shows;
        # and it knows the shelf, so that hits need no look at the songs to be counted.
        return cls(
            page=f"""
                SELECT songs.* FROM songs_words JOIN songs ON number = songs_words.rowid
                WHERE songs_words MATCH ?{also} AND songs_words.rowid < ?
                ORDER BY songs_words.rowid DESC LIMIT ? OFFSET ?""",  # noqa: S608 - no words in it
            total=f"""
                SELECT count(*) FROM songs_words {look_up} WHERE songs_words MATCH ?{also}""",  # noqa: S608 - as above
            values=[query] if parent is None else [query, parent],
        )
