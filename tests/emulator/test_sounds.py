"""Sounds that the house holds: fetched from any link, checked, and kept as WAV."""

import os
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from studio.audio.files import probe
from studio.emulator.links import fetch
from studio.emulator.sounds import Sounds
from studio.engine.papers import keep_score, score_of
from studio.errors import SoundUnreadable
from tests.emulator.fakes import SCORE
from tests.emulator.tones import tone_file

SECONDS_PER_BEAT = 60 / 96


class Host(BaseHTTPRequestHandler):
    """Serves what lies in `pages`: content, or where to look instead."""

    def do_GET(self):
        page = self.server.pages.get(self.path)
        self.send_response(404 if page is None else 302 if isinstance(page, str) else 200)
        if isinstance(page, str):
            self.send_header("Location", page)
        self.end_headers()
        if isinstance(page, bytes):
            self.wfile.write(page)

    def log_message(self, *_):
        pass


@pytest.fixture
def host():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.pages = {}
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sounds(tmp_path, clock):
    return Sounds(tmp_path / "sounds", takes=tmp_path / "orders", clock=clock)


def bring(sounds, host, path, **how):
    host.pages["/x"] = path.read_bytes()
    return sounds.bring(f"{host.url}/x", **how)


def test_what_is_wav_already_is_kept_byte_for_byte(sounds, host, tmp_path):
    path = tone_file(tmp_path)
    sound = bring(sounds, host, path)
    assert sound.path.read_bytes() == path.read_bytes()
    assert sounds.find(sound.id) == sound


def test_anything_else_becomes_wav_with_two_channels(sounds, host, tmp_path):
    sound = bring(sounds, host, tone_file(tmp_path, rate=22_050, channels=1))
    held = probe(sound.path)
    assert (held.format, held.rate, held.channels) == ("WAV", 44_100, 2)
    assert held.length_seconds == pytest.approx(1.5, abs=0.01)


def test_a_song_of_the_band_that_comes_back_as_mp3_keeps_its_score(sounds, host, tmp_path):
    path = tone_file(tmp_path, "mp3")
    score = replace(SCORE, beats=1.5 / SECONDS_PER_BEAT, ring_out_seconds=0.0)
    keep_score(path, score)
    assert score_of(bring(sounds, host, path).path) == score


def test_a_redirect_is_followed(sounds, host, tmp_path):
    host.pages["/y"] = "/x"
    bring(sounds, host, tone_file(tmp_path))
    assert sounds.bring(f"{host.url}/y").length_seconds == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("link", "part"),
    [
        ("file:///etc/passwd", "neither http nor https"),
        ("sound.mp3", "neither http nor https"),
        ("http://[::1", "Nothing can be fetched"),
        ("http://127.0.0.1:1/x", "Nothing can be fetched"),
        ("/missing", "404"),
        ("/round", "Nothing can be fetched"),
        ("/inside", "Nothing can be fetched"),
        ("/text", "not sound"),
    ],
)
def test_what_cannot_be_brought_is_refused_in_a_sentence(sounds, host, tmp_path, link, part):
    host.pages |= {
        "/round": "/round",
        "/inside": f"file://{tmp_path}/x",
        "/text": b"Dear Sir, " * 9,
    }
    (tmp_path / "x").write_bytes(tone_file(tmp_path).read_bytes())
    with pytest.raises(SoundUnreadable, match=part):
        sounds.bring(host.url + link if link.startswith("/") else link)
    assert list((tmp_path / "sounds").iterdir()) == []


def test_a_refusal_calls_the_sound_what_its_owner_calls_it(sounds, host, tmp_path):
    with pytest.raises(SoundUnreadable, match=r"^My song 2 lasts 0\.2 s"):
        bring(sounds, host, tone_file(tmp_path, seconds=0.2), name="My/../song\n2")


def test_a_file_without_an_end_is_not_fetched_to_its_end(host, tmp_path):
    host.pages["/x"] = b"x" * 3_000_000
    with pytest.raises(SoundUnreadable, match="larger than 1 MB"):
        fetch(f"{host.url}/x", tmp_path / "x", largest_bytes=1_000_000)
    assert (tmp_path / "x").stat().st_size < 2_000_000


def test_a_link_that_takes_for_ever_is_given_up(host, tmp_path):
    host.pages["/x"] = b"x" * 1000
    times = iter([0.0, 11.0])
    with pytest.raises(SoundUnreadable, match="longer than 10 s"):
        fetch(f"{host.url}/x", tmp_path / "x", longest_seconds=10, clock=lambda: next(times))


def test_what_nobody_uses_is_forgotten_but_not_what_is_needed(sounds, host, tmp_path, clock):
    path = tone_file(tmp_path)
    used, needed, idle = (bring(sounds, host, path).id for _ in range(3))
    clock.now += 60
    sounds.find(used)
    clock.now += 60
    sounds.clean(keep_seconds=100, needed={needed})
    assert [sounds.find(one) is not None for one in (used, needed, idle)] == [True, True, False]
    assert not (tmp_path / "sounds" / idle).exists()


def test_what_a_power_cut_left_half_brought_is_cleared_away(sounds, tmp_path, clock):
    for name, age in (("old", 101), ("new", 99)):
        (tmp_path / "sounds" / name).mkdir()
        os.utime(tmp_path / "sounds" / name, (clock.now - age, clock.now - age))
    sounds.clean(keep_seconds=100)
    assert [path.name for path in (tmp_path / "sounds").iterdir()] == ["new"]


def test_sounds_outlive_a_restart(sounds, host, tmp_path, clock):
    sound = bring(sounds, host, tone_file(tmp_path), name="Mine")
    again = Sounds(tmp_path / "sounds", takes=tmp_path / "orders", clock=clock)
    assert again.find(sound.id) == sound


@pytest.mark.parametrize("name", ["", "..", "../x", f"{'0' * 32}.1./etc/x.wav", f"{'0' * 32}.0"])
def test_no_id_leads_out_of_the_house(sounds, name):
    assert sounds.find(name) is None
