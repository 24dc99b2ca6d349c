import pytest

from bench.plucks import NAMES, plucked
from studio.audio.ear.listening import hear

IN_MAJOR = ["D:maj", "G:maj", "A:maj", "B:min", "E:min", "A:maj", "D:maj"]
IN_MINOR = ["B:min", "G:maj", "E:min", "F#:maj", "B:min", "F#:maj", "B:min"]


def key_of(changes, **how):
    heard = hear(plucked(110, changes, bars=len(changes), **how).samples)
    return f"{NAMES[heard.key.tonic]} {heard.key.mode}", heard.key_confidence


def test_a_song_is_in_the_key_in_which_it_begins_and_ends():
    name, confidence = key_of(IN_MAJOR)

    assert name == "D major"
    assert confidence > 0.6


def test_relative_keys_are_told_apart_by_where_they_rest():
    assert key_of(IN_MINOR)[0] == "B minor"


@pytest.mark.parametrize("cents", [30.0, -30.0])
def test_a_detuned_song_keeps_its_key(cents):
    assert key_of(IN_MAJOR, cents=cents)[0] == "D major"


def test_a_chord_from_elsewhere_does_not_move_the_key():
    assert key_of([*IN_MAJOR[:3], "Bb:maj", "C:maj", *IN_MAJOR[-2:]])[0] == "D major"
