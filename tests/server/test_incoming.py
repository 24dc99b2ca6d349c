"""Bringing a sound: from the browser straight to disk, from our own pages only."""

import asyncio
import errno
import json
import shutil

import numpy as np
import pytest
from starlette.requests import ClientDisconnect

from studio.audio.files import write
from studio.routes import incoming

OURS = {"x-woodshed": "1", "sec-fetch-site": "same-origin"}
OWN = "/app/own?title=My_demo&origin=file&name=My_demo.wav"


@pytest.fixture(scope="module")
def tone(tmp_path_factory) -> bytes:
    """A second and a half that can be heard."""
    path = tmp_path_factory.mktemp("tone") / "tone.wav"
    sound = 0.3 * np.sin(np.arange(66_150) * 0.05)
    write(path, np.array([sound, sound], np.float32), 44_100)
    return path.read_bytes()


def test_a_sound_becomes_a_song_that_is_served(house, client, tone):
    answer = client.ask("PUT", OWN, headers=OURS, content=tone)
    song = house.studio.song(answer.json()["song"])
    assert (answer.status_code, song.title, song.facts["origin"]) == (201, "My demo", "file")
    assert client.get(f"/app/static/songs/{song.id}.wav").content == tone
    assert list(house.settings.incoming.iterdir()) == []


def test_a_recording_is_called_as_the_page_says(house, client, tone):
    address = "/app/own?title=Recording,%2021%20Nov&origin=microphone&name="
    song = house.studio.song(client.ask("PUT", address, headers=OURS, content=tone).json()["song"])
    assert (song.title, song.facts["origin"]) == ("Recording, 21 Nov", "microphone")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-woodshed": "0"},
        {"x-woodshed": "1", "sec-fetch-site": "cross-site"},
        {"x-woodshed": "1", "sec-fetch-site": "same-site"},
        {"x-woodshed": "1", "origin": "https://evil.example"},
        {"x-woodshed": "1", "origin": "null"},
        {"x-woodshed": "1", "origin": "http://127.0.0.1:9999"},
    ],
)
@pytest.mark.parametrize(("method", "address"), [("PUT", OWN), ("POST", "/app/own/link")])
def test_no_other_page_may_bring_a_sound(house, client, *, headers, method, address):
    answer = client.ask(method, address, headers=headers, content=b"sound")
    assert answer.status_code == 403
    assert house.studio.songs().total == 0


def test_a_program_and_an_old_browser_may(house, client, tone):
    for headers in ({"x-woodshed": "1"}, {"x-woodshed": "1", "origin": "http://127.0.0.1:8501"}):
        assert client.ask("PUT", OWN, headers=headers, content=tone).status_code == 201


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "My_demo.wav is empty"),
        (b"<html>", "My_demo.wav is text, not sound"),
        (bytes(range(256)) * 9, "My_demo.wav is not a sound file"),
    ],
)
def test_what_is_wrong_with_it_is_said_by_its_name(house, client, content, sentence):
    answer = client.ask("PUT", OWN, headers=OURS, content=content)
    assert answer.status_code == 422
    assert sentence in answer.json()["reason"]
    assert list(house.settings.incoming.iterdir()) == []


def test_what_is_too_large_is_refused_before_and_while_it_comes(house, client, monkeypatch):
    monkeypatch.setattr(incoming, "LARGEST_BYTES", 10)
    taken = []

    async def endless():
        while True:
            taken.append(1)
            yield b"12345"

    for content in (bytes(11), endless()):
        answer = client.ask("PUT", OWN, headers=OURS, content=content)
        assert (answer.status_code, "larger than 500 MB" in answer.json()["reason"]) == (413, True)
    assert len(taken) < 9
    assert list(house.settings.incoming.iterdir()) == []


def test_a_full_disk_is_named(house, client, tone, monkeypatch):
    async def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(incoming, "_save", full)
    answer = client.ask("PUT", OWN, headers=OURS, content=tone)
    assert (answer.status_code, "No space left" in answer.json()["reason"]) == (507, True)
    assert list(house.settings.incoming.iterdir()) == []


def test_what_breaks_off_on_its_way_leaves_nothing(house, client, monkeypatch):
    async def gone(*_: object) -> None:
        raise ClientDisconnect

    monkeypatch.setattr(incoming, "_save", gone)
    assert client.ask("PUT", OWN, headers=OURS).status_code == 400
    assert list(house.settings.incoming.iterdir()) == []


def test_several_come_in_at_once(house, client, tone):
    async def all_at_once():
        return await asyncio.gather(
            *(client.asked("PUT", OWN, headers=OURS, content=tone) for _ in range(4))
        )

    answers = asyncio.run(all_at_once())
    assert {answer.status_code for answer in answers} == {201}
    assert house.studio.songs().total == 4


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "There is no link"),
        (b"[]", "There is no link"),
        (b'{"url": 7}', "There is no link"),
        (b'{"url": "  "}', "There is no link"),
        (b'{"url": "%s"}' % (b"x" * 30_000), "There is no link"),
        (b'{"url": "my song"}', "does not lead to the web"),
        (b'{"url": "http://["}', "does not lead to the web"),
        (b'{"url": "https://"}', "does not lead to the web"),
        (b'{"url": "file:///etc/passwd"}', "does not lead to the web"),
        (b'{"url": "http://127.0.0.1:8501/health"}', "not on the public internet"),
        (b'{"url": "http://[::ffff:169.254.169.254]/"}', "not on the public internet"),
    ],
)
def test_a_link_that_cannot_be_followed_is_explained(house, client, body, sentence):
    answer = client.ask("POST", "/app/own/link", headers=OURS, content=body)
    assert answer.status_code == 422
    assert sentence in answer.json()["reason"]
    assert house.studio.songs().total == 0


def test_a_link_becomes_a_song(house, client, tone, monkeypatch, tmp_path):
    (tmp_path / "tone.wav").write_bytes(tone)

    def fetch(link, into, **_):
        shutil.copyfile(tmp_path / "tone.wav", into)

    monkeypatch.setattr("studio.room.fetch_link", fetch)
    body = json.dumps({"url": " https://me:pass@x.example/a/Late%20bus.wav?k=1 "}).encode()
    answer = client.ask("POST", "/app/own/link", headers=OURS, content=body)
    song = house.studio.song(answer.json()["song"])
    assert (song.title, song.facts["origin"]) == ("Late bus", "link")
    assert song.facts["from"] == "https://x.example/a/Late%20bus.wav?k=1"


def test_a_link_to_a_page_is_told_from_one_to_a_sound(house, client, monkeypatch):
    page = b"\n<!DOCTYPE html><title>Watch</title>"
    monkeypatch.setattr("studio.room.fetch_link", lambda link, into, **_: into.write_bytes(page))
    body = b'{"url": "https://tube.example/watch?v=1"}'
    answer = client.ask("POST", "/app/own/link", headers=OURS, content=body)
    assert answer.status_code == 422
    assert "tube.example shows a page under this link" in answer.json()["reason"]
