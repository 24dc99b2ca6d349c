"""Recording: one brief and one seed are one song, however it is recorded."""

from dataclasses import replace

import numpy as np
import pytest

from studio.audio.levels import loudness, rms_db
from studio.audio.samples import RATE
from studio.engine.brief import Brief
from studio.engine.recording import compose, joined, perform, voice_pieces
from studio.engine.score import Line, SungNote, Vocal
from tests.engine.playing.songs import song

BRIEF = Brief(
    style="pop", lyrics="[Verse]\nsing it low\nsing it low\nday by day", length_seconds=15
)


@pytest.fixture(scope="module")
def recording():
    return compose(BRIEF, 11)


def sung(*texts):
    lines = tuple(Line(text, tuple(text.split()), (1,), 0) for text in texts)
    notes = tuple(SungNote(2.0 * n, 1.0, 60, 90, n, 0, 0) for n in range(len(texts)))
    return replace(song(), vocal=Vocal("female", "en", lines, notes))


def test_a_song_has_all_its_stems_at_one_length(recording):
    names = {part.name for part in recording.score.parts}
    assert names | {"vocals"} <= set(recording.stems)
    frames = round(15.0 * RATE)
    assert {stem.shape for stem in recording.stems.values()} == {(2, frames)}
    assert recording.mix.shape == (2, frames)


def test_a_song_is_at_the_loudness_of_records(recording):
    assert loudness(recording.mix, RATE) == pytest.approx(-14, abs=0.3)


def test_a_song_rings_to_its_end_and_dies_away(recording):
    last_second = recording.mix[:, -RATE:]
    assert rms_db(last_second[:, : RATE // 2]) > -50
    assert rms_db(last_second[:, -RATE // 20 :]) < -45
    assert np.abs(last_second[:, -20:]).max() < 10 ** (-60 / 20)


def test_a_song_begins_at_once(recording):
    assert np.abs(recording.mix[:, : round(0.15 * RATE)]).max() > 10 ** (-40 / 20)


def test_the_same_brief_and_seed_are_the_same_samples(recording):
    assert (compose(BRIEF, 11).mix == recording.mix).all()


def test_another_seed_is_another_song(recording):
    other = compose(BRIEF, 12)
    frames = min(other.mix.shape[1], recording.mix.shape[1])
    assert not np.allclose(other.mix[:, :frames], recording.mix[:, :frames], atol=0.1)


def test_without_a_voice_only_instruments_are_recorded():
    score = song()
    recording = perform(score)
    assert list(recording.stems) == [part.name for part in score.parts]
    assert voice_pieces(score) == ()


def test_every_line_is_in_one_piece_of_the_voice():
    pieces = voice_pieces(sung("one", "two", "three", "one", "four", "five", "two"))
    lines = [[note.line for note in piece.vocal.notes] for piece in pieces]
    assert sorted(line for piece in lines for line in piece) == list(range(7))
    assert max(map(len, lines)) - min(map(len, lines)) <= 1


def test_lines_of_the_same_words_are_sung_by_the_same_worker():
    pieces = voice_pieces(sung("one", "two", "one", "three", "one"))
    homes = [{note.line for note in piece.vocal.notes} for piece in pieces]
    assert {0, 2, 4} in homes


def test_a_voice_of_one_line_is_one_piece():
    assert len(voice_pieces(sung("one"))) == 1


def test_pieces_are_added_up_by_name():
    one, two = np.ones((2, 3), np.float32), np.full((2, 3), 2, np.float32)
    whole = joined([{"vocals": one}, {"vocals": two, "backing": one}])
    assert (whole["vocals"] == 3).all()
    assert (whole["backing"] == 1).all()
