"""Laws of a tune that was heard."""

from dataclasses import replace

import numpy as np
import pytest

from studio.audio.hearing import HeardNote
from studio.engine.continuing.ground import ground_of
from studio.engine.covering.borrowed import borrowed_song, borrowed_tune


def heard(song, *, late=0.02, wrong=()):
    beat = song.seconds_per_beat
    return [
        HeardNote(n.start * beat + late, n.beats * beat, n.pitch + 12 * (i in wrong), n.velocity)
        for i, n in enumerate(song.vocal.notes)
    ]


def test_a_tune_that_was_heard_a_little_late_is_the_tune(songs):
    song = songs("rock")
    tune = borrowed_tune(ground_of(song), heard(song))
    wanted = {(round(n.start * 4) / 4, n.pitch) for n in song.vocal.notes}
    assert {(n.start, n.pitch) for n in tune.notes} >= wanted - {(0.0, 0)}
    assert tune.voice == song.vocal.voice


def test_a_note_in_the_wrong_octave_comes_home(songs):
    song = songs("rock")
    tune = borrowed_tune(ground_of(song), heard(song, wrong={5, 17}))
    assert [n.pitch for n in tune.notes] == [n.pitch for n in song.vocal.notes]


def test_lines_have_breaths_between_them_and_a_word_for_every_note(songs):
    song = songs("ballad")
    tune = borrowed_tune(ground_of(song), heard(song))
    assert len(tune.lines) >= 2
    assert sum(len(line.words) for line in tune.lines) == len(tune.notes)


def test_where_nothing_was_sung_there_is_a_song_without_a_tune(songs):
    ground = ground_of(songs("rock"))
    assert borrowed_song(ground, (), title="", style="rock").vocal is None
    before = [HeardNote(-3.0, 1.0, 60, 80)]
    assert borrowed_tune(ground, before) is None


def test_beats_that_drift_are_counted_as_beats(songs):
    song = songs("rock")
    ground = ground_of(song)
    slower = tuple((np.array(ground.beat_seconds) ** 1.05).tolist())
    late = [
        replace(note, start_seconds=max(0.0, note.start_seconds) ** 1.05)
        for note in heard(song, late=0.0)
    ]
    tune = borrowed_tune(replace(ground, beat_seconds=slower), late)
    assert [n.start for n in tune.notes] == pytest.approx(
        [round(n.start * 4) / 4 for n in song.vocal.notes]
    )
