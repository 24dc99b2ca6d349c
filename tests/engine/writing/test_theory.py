"""Laws of chords, scales, voicings, steps and swing."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.score import Chord, Key
from studio.engine.writing.steps import Step, read_steps
from studio.engine.writing.swing import swung
from studio.engine.writing.theory import (
    INTERVALS,
    chord_tones,
    key_name,
    read_numeral,
    scale,
    scale_over,
)
from studio.engine.writing.voicing import lead_voices

C_MAJOR, A_MINOR = Key(0, "major"), Key(9, "minor")
KEYS = st.builds(Key, st.integers(0, 11), st.sampled_from(["major", "minor"]))


@pytest.mark.parametrize(
    ("numeral", "key", "root", "quality", "bass"),
    [
        ("I", C_MAJOR, 0, "maj", 0),
        ("vi7", C_MAJOR, 9, "min7", 9),
        ("V7/vi", C_MAJOR, 4, "dom7", 4),
        ("IV/3", C_MAJOR, 5, "maj", 9),
        ("I/5", C_MAJOR, 0, "maj", 7),
        ("bVII", C_MAJOR, 10, "maj", 10),
        ("iih", A_MINOR, 11, "m7b5", 11),
        ("VImaj7", A_MINOR, 5, "maj7", 5),
        ("V", A_MINOR, 4, "maj", 4),
        ("Vsus4", C_MAJOR, 7, "sus4", 7),
    ],
)
def test_numerals_name_chords(numeral, key, root, quality, bass):
    chord = read_numeral(numeral, key)
    assert (chord.root, chord.quality, chord.bass) == (root, quality, bass)


@pytest.mark.parametrize("numeral", ["H", "I13b9", "", "VV7"])
def test_what_is_no_numeral_is_told(numeral):
    with pytest.raises(ValueError, match=r"numeral|quality"):
        read_numeral(numeral, C_MAJOR)


@given(KEYS, st.integers(0, 11), st.sampled_from(sorted(INTERVALS)))
def test_the_scale_over_a_chord_holds_its_tones(key, root, quality):
    heard = scale_over(key, root, quality)
    assert {(root + i) % 12 for i in INTERVALS[quality]} <= set(heard)
    assert len(set(heard)) == len(heard) <= 9


def test_keys_have_names_and_seven_tones():
    assert key_name(Key(3, "minor")) == "Eb minor"
    assert scale(C_MAJOR) == (0, 2, 4, 5, 7, 9, 11)


def test_voices_move_little_and_say_the_whole_chord():
    chords = [
        read_numeral(n, C_MAJOR, start=i * 4.0) for i, n in enumerate(["I", "vi", "ii7", "V7"])
    ]
    voiced = lead_voices(chords, reach=(52, 76), voices=4)
    for chord, pitches in zip(chords, voiced, strict=True):
        assert {p % 12 for p in pitches} == set(chord_tones(chord))
    for before, after in pairwise(voiced):
        assert max(min(abs(p - q) for q in before) for p in after) <= 5


@given(st.integers(0, 11), st.sampled_from(sorted(INTERVALS)), st.integers(2, 5))
def test_voicings_stay_in_reach(root, quality, voices):
    chord = Chord(0.0, 4.0, root, quality, root)
    (pitches,) = lead_voices([chord], reach=(50, 72), voices=voices)
    assert all(50 <= pitch <= 72 for pitch in pitches)
    assert list(pitches) == sorted(set(pitches))


def test_steps_strike_hold_and_rest():
    assert read_steps("X--. ..o-|x...") == (
        (Step(0.0, 0.75, "X"), Step(1.5, 0.5, "o")),
        (Step(0.0, 0.25, "x"),),
    )


@given(st.floats(0, 100), st.floats(0.5, 0.67), st.sampled_from([0.5, 1.0]))
def test_swing_keeps_order_and_whole_beats(beat, ratio, unit):
    assert swung(float(int(beat)), ratio, unit) == pytest.approx(int(beat))
    assert swung(beat, ratio, unit) <= swung(beat + 0.1, ratio, unit) + 1e-9


def test_swing_moves_the_middle_of_its_unit():
    assert swung(2.5, 0.66, 1.0) == pytest.approx(2.66)
    assert swung(2.25, 0.6, 0.5) == pytest.approx(2.3)
