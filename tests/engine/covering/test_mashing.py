"""Laws of the voice of one song over the music of another."""

import pytest

from studio.engine.continuing.ground import ground_of
from studio.engine.covering.mashing import (
    FURTHEST_SEMITONES,
    fitted,
    lines_of,
    shared_key,
    vocal_over,
)
from studio.engine.score import Key
from studio.engine.writing.swing import swing_of
from studio.engine.writing.theory import scale_over

KEYS = [Key(tonic, mode) for tonic in range(12) for mode in ("major", "minor")]


def over(voice, music):
    fit = fitted(ground_of(voice), ground_of(music), sung=tuple(lines_of(voice.vocal).values()))
    return fit, *vocal_over(voice.vocal, fit, ground_of(music), swing_of(voice))


@pytest.mark.parametrize("key", KEYS, ids=str)
def test_any_two_keys_share_all_tones_but_one_within_three_semitones(key):
    semitones, other_tones = shared_key(Key(0, "major"), key)
    assert abs(semitones) <= FURTHEST_SEMITONES
    assert other_tones <= 1


def test_relative_keys_need_no_shift():
    assert shared_key(Key(9, "minor"), Key(0, "major")) == (0, 0)


@pytest.mark.parametrize(("slow", "fast"), [(70.0, 140.0), (100.0, 112.0), (66.0, 124.0)])
def test_tempi_meet_without_much_stretching(songs, slow, fast):
    voice, music = songs("ballad", tempo_bpm=slow), songs("house", tempo_bpm=fast)
    fit = fitted(ground_of(voice), ground_of(music))
    assert 1 / 1.15 <= fit.stretch <= 1.15
    assert fit.stretch_music == pytest.approx(1.0)


def test_the_voice_begins_at_a_bar_line_and_stays_inside_the_music(songs):
    music = songs("house")
    fit, vocal, lost = over(songs("pop"), music)
    assert fit.offset % music.beats_per_bar == 0
    assert lost <= len(songs("pop").vocal.lines) // 2
    assert all(n.start >= 0 and n.start + n.beats <= music.beats + 0.1 for n in vocal.notes)


def test_every_note_is_in_the_harmony_that_it_is_sung_over(songs):
    music = songs("house")
    _, vocal, _ = over(songs("rock"), music)
    inside = []
    for note in vocal.notes:
        chord = [c for c in music.chords if c.start <= note.start + 1e-3][-1]
        inside.append(note.pitch % 12 in scale_over(music.key, chord.root, chord.quality))
    assert sum(inside) >= 0.95 * len(inside)
