"""The shelf: how files of this machine get a link that every counter can follow."""

import os

import pytest

from studio.emulator import shelf


def lay(desk, content=b"sound", **query):
    return desk.http.put("/shelf", content=content, params=query)


def test_what_is_laid_on_the_shelf_can_be_fetched_by_anyone_who_has_its_link(desk):
    link = lay(desk, b"some sound", ending="mp3").json()["link"]
    assert link.startswith(f"{desk.url}/shelf/")
    assert desk.anyone.get(link).content == b"some sound"


def test_nothing_is_laid_there_without_the_key(desk, tmp_path):
    assert desk.anyone.put("/shelf", content=b"x").status_code == 401
    assert list((tmp_path / "shelf").iterdir()) == []


def test_it_is_handed_out_in_parts(desk):
    link = lay(desk, b"0123456789").json()["link"]
    answer = desk.anyone.get(link, headers={"Range": "bytes=2-4"})
    assert (answer.status_code, answer.content) == (206, b"234")


@pytest.mark.parametrize(
    ("query", "kind", "ending"),
    [
        ({"ending": "flac"}, "", ".flac"),
        ({"ending": ".WAV"}, "", ".wav"),
        ({}, "audio/mpeg", ".mp3"),
        ({"ending": "../../x"}, "audio/ogg; codecs=opus", ".ogg"),
        ({}, "text/html", ".bin"),
    ],
)
def test_its_ending_is_what_was_said_or_sent(desk, query, kind, ending):
    answer = desk.http.put("/shelf", content=b"x", params=query, headers={"Content-Type": kind})
    assert answer.json()["link"].endswith(ending)


def test_no_two_links_are_alike(desk):
    assert len({lay(desk).json()["link"] for _ in range(5)}) == 5


@pytest.mark.parametrize("name", ["..%2fhouse.json", "%2e%2e", "0" * 32, f"{'0' * 32}.mp3"])
def test_only_what_lies_there_is_handed_out(desk, name):
    assert desk.anyone.get(f"/shelf/{name}").status_code == 404


def test_what_is_too_large_is_refused_and_leaves_nothing(open_one, monkeypatch, tmp_path):
    monkeypatch.setattr(shelf, "LARGEST_BYTES", 1000)
    desk = open_one()
    assert lay(desk, b"x" * 1001).status_code == 413
    assert lay(desk, iter([b"x" * 600, b"x" * 600])).status_code == 413
    assert list((tmp_path / "shelf").iterdir()) == []


def test_it_is_cleared_after_some_hours(tmp_path):
    now = [1000.0]
    kept = shelf.Shelf(tmp_path, key="k", clock=lambda: now[0])
    for name, age in (("old", 101), ("new", 99)):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (now[0] - age, now[0] - age))
    kept.clean(keep_seconds=100)
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
