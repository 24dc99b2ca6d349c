"""Desk: what is laid down is there for the others, until the desk is cleared."""

import numpy as np
import pytest

from studio.engine.desk import Desk


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path / "desk")
    desk.open()
    return desk


def test_a_sound_is_taken_as_it_was_put(desk):
    sound = np.random.default_rng(0).standard_normal((2, 100)).astype(np.float32)
    desk.put("voice 1", sound)
    assert desk.has("voice 1")
    assert (desk.take("voice 1") == sound).all()


def test_two_channels_that_are_alike_take_the_room_of_one(desk):
    sound = np.repeat(np.random.default_rng(0).standard_normal((1, 10_000)), 2, axis=0)
    desk.put("vocals", sound.astype(np.float32))
    assert (desk.take("vocals") == sound.astype(np.float32)).all()
    assert (desk.folder / "vocals.npy").stat().st_size < sound.size * 4 * 0.6


def test_what_was_thrown_away_is_gone(desk):
    desk.put("vocals", np.zeros((2, 10), np.float32))
    desk.drop("vocals")
    desk.drop("never laid down")
    assert not desk.has("vocals")


def test_what_is_told_is_heard(desk):
    assert desk.told("voice") == (0.0, "")
    desk.tell("voice", 0.25, "singing the first verse")
    assert desk.told("voice") == (0.25, "singing the first verse")


def test_half_a_word_is_not_heard(desk):
    (desk.folder / "voice.told").write_text("0.")
    assert desk.told("voice") == (0.0, "")


def test_a_closed_desk_is_gone_and_takes_nothing_more(desk):
    desk.put("a", np.zeros((2, 10), np.float32))
    desk.close()
    assert desk.is_closed()
    assert not desk.folder.exists()
    desk.put("b", np.zeros((2, 10), np.float32))
    desk.tell("b", 0.5, "playing")
    assert not desk.folder.exists()


def test_what_a_power_cut_left_is_gone_when_work_begins_again(desk):
    desk.put("voice 1", np.zeros((2, 10), np.float32))
    desk.tell("voice 1", 0.9, "singing")
    desk.open()
    assert not desk.has("voice 1")
    assert desk.told("voice 1") == (0.0, "")


def test_closing_twice_is_no_trouble(desk):
    desk.close()
    desk.close()
    assert desk.is_closed()
