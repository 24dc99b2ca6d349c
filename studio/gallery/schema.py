"""The schema of the gallery: how its tables came to be as they are, step by step.

A step that was released is never changed: every old data folder takes those that it lacks, in
order. What a step reads was written by an older version, so nothing in it is taken for granted.
"""

import json

from studio.database import Database, Migrations
from studio.gallery.words import for_index
from studio.songs import Part

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
        words = for_index(row["title"], row["style"], row["lyrics"], *_asked(row["request"]))
        db.execute("UPDATE songs SET words = ? WHERE number = ?", [words, row["number"]])


@migrations()
def songs_come_from_songs(db: Database) -> None:
    db.execute(f"ALTER TABLE songs ADD COLUMN part TEXT NOT NULL DEFAULT '{Part.SONG}'")
    db.execute("ALTER TABLE songs ADD COLUMN parents TEXT NOT NULL DEFAULT '[]'")
    db.execute("ALTER TABLE songs ADD COLUMN facts TEXT NOT NULL DEFAULT '{}'")


@migrations()
def songs_know_their_children(db: Database) -> None:
    # By number, so that the children of a song come newest first without being sorted.
    db.execute("""
        CREATE TABLE lineage (
            parent TEXT NOT NULL,
            child INTEGER NOT NULL,
            PRIMARY KEY (parent, child)
        ) WITHOUT ROWID""")
    db.execute("CREATE INDEX lineage_child ON lineage (child)")
    db.execute("""
        INSERT OR IGNORE INTO lineage (parent, child)
        SELECT value, number FROM songs, json_each(parents)""")
    db.execute("""
        CREATE TRIGGER songs_descended AFTER INSERT ON songs WHEN new.parents != '[]' BEGIN
            INSERT OR IGNORE INTO lineage (parent, child)
            SELECT value, new.number FROM json_each(new.parents);
        END""")
    db.execute("""
        CREATE TRIGGER songs_died_out AFTER DELETE ON songs BEGIN
            DELETE FROM lineage WHERE child = old.number;
        END""")


@migrations()
def the_shelf_is_counted_as_it_changes(db: Database) -> None:
    # To count a hundred thousand songs takes longer than to show a page of them.
    db.execute("CREATE TABLE counts (kept INTEGER PRIMARY KEY, songs INTEGER NOT NULL)")
    db.execute("""
        INSERT INTO counts (kept, songs)
        SELECT value, (SELECT count(*) FROM songs WHERE deleted_at IS NULL AND kept = value)
        FROM json_each('[0, 1]')""")
    more = """
        UPDATE counts SET songs = songs + 1 WHERE kept = new.kept AND new.deleted_at IS NULL;"""
    less = """
        UPDATE counts SET songs = songs - 1 WHERE kept = old.kept AND old.deleted_at IS NULL;"""
    for name, event, what in (
        ("added", "INSERT", more),
        ("removed", "DELETE", less),
        ("moved", "UPDATE OF kept, deleted_at", less + more),
    ):
        db.execute(f"CREATE TRIGGER songs_counted_{name} AFTER {event} ON songs BEGIN {what} END")


def _asked(request: str) -> list[str]:
    """Return what a person wrote, whatever was asked for; nothing for a sound that was brought."""
    asked = json.loads(request) if request else {}
    return [str(asked.get(name) or "") for name in ("style", "description")]
