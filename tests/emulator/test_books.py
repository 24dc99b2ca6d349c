import contextlib
import os
import threading
from concurrent.futures import ThreadPoolExecutor

from studio.disk import settle
from studio.emulator import books
from studio.emulator.books import Book, Record


class Page(Record):
    text: str = ""


def test_what_is_saved_is_there_after_a_restart(tmp_path):
    Book(tmp_path, Page).save(Page(id="a", text="ü"))
    assert Book(tmp_path, Page).find("a") == Page(id="a", text="ü")


def test_what_is_only_remembered_is_gone_after_a_restart(tmp_path):
    book = Book(tmp_path, Page)
    book.save(Page(id="a", text="saved"))
    book.remember(Page(id="a", text="remembered"))
    assert book.find("a").text == "remembered"
    assert Book(tmp_path, Page).find("a").text == "saved"


def test_what_is_forgotten_is_nowhere(tmp_path):
    book = Book(tmp_path, Page)
    book.save(Page(id="a"))
    book.forget("a")
    assert book.find("a") is None
    assert list(Book(tmp_path, Page)) == []


def test_records_come_back_oldest_first(tmp_path):
    book = Book(tmp_path, Page)
    for age, name in enumerate("cab"):
        book.save(Page(id=name))
        os.utime(tmp_path / f"{name}.json", (age, age))
    assert [page.id for page in Book(tmp_path, Page)] == ["c", "a", "b"]


def test_a_page_torn_by_a_power_cut_is_left_out(tmp_path, caplog):
    Book(tmp_path, Page).save(Page(id="good"))
    (tmp_path / "torn.json").write_text('{"id": "to')
    assert [page.id for page in Book(tmp_path, Page)] == ["good"]
    assert "torn.json" in caplog.text


def test_a_page_half_written_never_replaces_the_old_one(tmp_path):
    Book(tmp_path, Page).save(Page(id="a", text="old"))
    (tmp_path / "a.part").write_text('{"id": "a", "te')
    assert Book(tmp_path, Page).find("a").text == "old"


def test_two_who_write_the_same_page_at_once_do_not_lose_it(tmp_path, monkeypatch):
    book, both = Book(tmp_path, Page), threading.Barrier(2)

    def slowly(aside, path):
        # Without a lock both come this far before either goes on.
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(0.2)
        settle(aside, path)

    monkeypatch.setattr(books, "settle", slowly)
    with ThreadPoolExecutor(2) as hands:
        list(hands.map(book.save, [Page(id="a", text="one"), Page(id="a", text="two")]))
    assert Book(tmp_path, Page).find("a") == book.find("a")
