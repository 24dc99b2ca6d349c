"""Tools used for orders: what waits for what, what is repeated, and what is remembered."""

import json
import threading

import pytest

from studio.emulator.orders import OrderState, TakeState
from studio.emulator.works import Play, Use
from studio.engine.brief import Brief
from studio.errors import ToolUnfit
from tests.emulator.bands import Bands, finish, until

PLAY = Play(Brief(style="folk"))
FADE = Use("fade", ("#1",), title="Faded")
WORDS = Use("make-lyrics", options={"about": "rain"})


@pytest.fixture
def bands(tmp_path):
    bands = Bands(tmp_path)
    yield bands
    bands.close()


def test_a_tool_works_on_what_an_earlier_take_of_its_order_made(bands):
    band = bands.open()
    order = finish(band, band.order([PLAY, FADE]))
    _, _, sounds = bands.musicians.used[0]
    assert sounds == [band.file(order.id, 1, "song.wav")]
    assert order.takes[1].files.keys() == {"sound", "wav", "cover"}


def test_a_take_waits_for_the_one_that_it_is_made_of(bands):
    band = bands.open(steps=threading.Semaphore(2), lanes=2)
    order = band.order([PLAY, FADE])
    until(lambda: band.find(order.id).takes[0].has_early)
    assert band.find(order.id).takes[1].state is TakeState.WAITING
    bands.musicians.steps.release(9)
    assert finish(band, order).state is OrderState.FINISHED


def test_others_pass_a_take_that_waits(bands):
    band = bands.open(steps=threading.Semaphore(0), lanes=2)
    band.order([PLAY, FADE])
    band.order([PLAY])
    until(lambda: len(bands.musicians.played) == 2)
    assert bands.musicians.used == []


def test_what_is_made_of_a_failed_take_fails_with_its_reason(bands):
    band = bands.open(troubles=[ToolUnfit("Nobody sings here.")])
    order = finish(band, band.order([PLAY, FADE]))
    assert [take.reason for take in order.takes] == ["Nobody sings here."] * 2
    assert order.state is OrderState.REFUSED


@pytest.mark.parametrize("named", ["#2", "#3", "#0"])
def test_a_take_cannot_wait_for_one_that_comes_later(bands, named):
    with pytest.raises(ValueError, match="waits for one"):
        bands.open().order([PLAY, Use("fade", (named,))])


def test_what_an_earlier_take_told_becomes_an_option(bands):
    band = bands.open(facts={"extend": {"seam_seconds": 7.5, "window_seconds": [1.0, 2.0]}})
    told = {"start_seconds": "#2.seam_seconds", "end_seconds": "#2.window_seconds.1"}
    finish(band, band.order([PLAY, Use("extend", ("#1",)), Use("trim", ("#2",), told=told)]))
    assert bands.musicians.used[1][0].options == {"start_seconds": 7.5, "end_seconds": 2.0}


def test_words_do_not_wait_until_music_is_played(bands):
    band = bands.open(steps=threading.Semaphore(0))
    band.order([PLAY])
    until(lambda: bands.musicians.played)
    order = band.order([WORDS])
    until(lambda: bands.musicians.used)
    assert band.find(order.id).takes[0].state is TakeState.PLAYING


def test_a_sound_that_is_gone_is_missed_in_a_sentence(bands):
    band = bands.open()
    order = finish(band, band.order([Use("fade", ("0" * 32,))]))
    assert order.reason == "The band does not have this sound any more. Bring it again."


def test_a_tool_is_used_again_after_a_restart_with_the_same_seed(bands):
    band = bands.open(steps=threading.Semaphore(1))
    order = band.order([WORDS], seed=5)
    until(lambda: bands.musicians.used)
    band.close()
    again = bands.open()
    assert finish(again, order).state is OrderState.FINISHED
    assert [(use, seed) for use, seed, _ in bands.musicians.used] == [(WORDS, 5)]


def test_a_seed_among_the_options_is_that_of_the_take(bands):
    band = bands.open()
    order = band.order([Use("make-lyrics", options={"seed": 77}), WORDS], seed=5)
    assert [take.seed for take in order.takes] == [77, 6]


def test_a_cancelled_tool_leaves_no_files(bands):
    band = bands.open(steps=threading.Semaphore(1))
    order = band.order([WORDS])
    until(lambda: band.find(order.id).progress > 0)
    band.cancel(order.id)
    until(lambda: not (bands.folder / order.id / "1").exists())
    assert band.find(order.id).state is OrderState.CANCELLED


def test_a_song_that_an_order_is_made_of_is_not_forgotten(bands):
    band = bands.open()
    song = finish(band, band.order([PLAY]))
    band.close()
    band = bands.open(steps=threading.Semaphore(0))
    band.order([Use("fade", (band.sounds.of_take(song.id, 1),))])
    bands.now += 1000
    band.clean(keep_seconds=100)
    assert band.file(song.id, 1, "song.wav")


def test_an_order_from_before_there_were_tools_can_still_be_heard(bands):
    band = bands.open()
    order = finish(band, band.order([PLAY, PLAY], seed=5))
    band.close()
    path = bands.folder / f"{order.id}.json"
    told = json.loads(path.read_bytes())
    told["brief"] = told["takes"][0]["work"]["brief"]
    for take in told["takes"]:
        take["has_early"] = True
        for later in ("work", "files", "facts"):
            del take[later]
    path.write_text(json.dumps(told))
    again = bands.open()
    assert again.find(order.id).takes == order.takes
    assert again.file(order.id, 2, "song.mp3")
