"""Laws of where a tune lies for a voice."""

import pytest

from studio.engine.covering.singable import lying_well, moved_score, nearest_way
from studio.engine.score import Key
from studio.engine.writing.tune import VOICES


@pytest.mark.parametrize("voice", ["female", "male"])
@pytest.mark.parametrize("first", [40, 52, 63, 71])
def test_any_tune_of_a_tenth_is_brought_into_the_compass_of_a_voice(voice, first):
    tune = range(first, first + 15)
    moved = [pitch + sum(lying_well(tune, voice)) for pitch in tune]
    assert min(moved) >= min(compass.low for compass in VOICES[voice].values()) - 1
    assert max(moved) <= max(compass.high for compass in VOICES[voice].values()) + 1


def test_a_song_that_must_stay_in_its_key_moves_by_octaves_only():
    key, octaves = lying_well(range(60, 72), "male", keys=(0,))
    assert (key, octaves) == (0, -12)


def test_relative_keys_are_no_way_apart():
    assert nearest_way(Key(0, "major"), Key(9, "minor")) == 0
    assert nearest_way(Key(0, "major"), Key(11, "major")) == -1


def test_drums_stay_where_they_are_when_a_song_moves(songs):
    song = songs("rock")
    moved = moved_score(song, 3)
    before, after = ({p.name: p.notes for p in s.parts} for s in (song, moved))
    assert after["drums"] == before["drums"]
    assert [n.pitch - 3 for n in after["bass"]] == [n.pitch for n in before["bass"]]
