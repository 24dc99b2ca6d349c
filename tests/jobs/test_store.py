"""The file of the tables: opened once for many pieces of work, and by many threads."""

import sqlite3
import threading

import pytest

from studio import database
from studio.database import KEPT, Migrations, Store, exclusive

migrations = Migrations("notes")


@migrations()
def the_first_table(db):
    db.execute("CREATE TABLE notes (text TEXT)")


@pytest.fixture
def opened(monkeypatch):
    """Every connection that is made."""
    made, connect = [], sqlite3.connect

    def counted(*words, **options):
        made.append(connect(*words, **options))
        return made[-1]

    monkeypatch.setattr(database.sqlite3, "connect", counted)
    return made


@pytest.fixture
def store(tmp_path, opened):
    return Store(tmp_path / "notes.db", migrations)


def note(store, text="la"):
    with store.opened() as db, exclusive(db):
        db.execute("INSERT INTO notes VALUES (?)", [text])


def notes(store):
    with store.opened() as db:
        return [row["text"] for row in db.query("SELECT text FROM notes")]


def test_one_piece_of_work_after_the_other_needs_one_connection(store, opened):
    for _ in range(9):
        note(store)
    assert (len(notes(store)), len(opened)) == (9, 1)


def test_two_at_once_have_a_connection_each(store, opened):
    with store.opened(), store.opened():
        pass
    assert len(opened) == 2


def test_no_more_wait_than_are_worth_it(store, opened):
    barrier = threading.Barrier(KEPT + 3)

    def work():
        with store.opened():
            barrier.wait(5)

    threads = [threading.Thread(target=work) for _ in range(KEPT + 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([one for one in opened if is_open(one)]) == KEPT


def test_work_that_fails_leaves_nothing_half_done_and_nobody_locked_out(store):
    def fail():
        with store.opened() as db, exclusive(db):
            db.execute("INSERT INTO notes VALUES ('half')")
            db.execute("INSERT INTO nowhere VALUES ('half')")

    with pytest.raises(sqlite3.OperationalError):
        fail()
    note(store, "whole")
    assert notes(store) == ["whole"]


def test_a_closed_file_is_held_by_nobody_and_can_still_be_read(store, opened):
    note(store)
    store.close()
    assert notes(store) == ["la"]
    assert not any(map(is_open, opened))


def test_how_safely_is_decided_for_each_piece_of_work(store, monkeypatch):
    monkeypatch.setattr(database, "DURABLE", "FULL")
    told = []
    for durable in (True, False, True):
        with store.opened(durable=durable) as db:
            told.append(db.execute("PRAGMA synchronous").fetchone()[0])
    assert told == [2, 1, 2]


def is_open(connection):
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return False
    return True
