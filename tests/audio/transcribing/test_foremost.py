"""Laws of the one tune that stands out above a band."""

import numpy as np
import pytest

from studio.audio.samples import RATE
from studio.audio.transcribing.foremost import foremost

TUNE = (62, 64, 66, 67, 69, 67, 66, 62)


def tone(pitch, seconds, loud, *, overtones=8):
    time = np.arange(round(seconds * RATE)) / RATE
    hertz = 440 * 2 ** ((pitch - 69) / 12)
    wave = sum(np.sin(2 * np.pi * hertz * k * time) / k for k in range(1, overtones + 1))
    edges = np.minimum(1, np.minimum(time, time[::-1]) / 0.02)
    return (loud * wave * edges).astype(np.float32)


@pytest.fixture(scope="module")
def tune_over_chords():
    tune = np.concatenate([tone(pitch, 0.4, 0.2) for pitch in TUNE])
    chord = sum(tone(pitch, len(tune) / RATE, 0.02) for pitch in (50, 57, 66))
    return np.stack([tune + chord] * 2)


def test_the_tune_is_heard_and_not_the_chords(tune_over_chords):
    notes = foremost(tune_over_chords)
    at = 0.4 * np.arange(len(TUNE)) + 0.2
    found = [
        next((n.pitch for n in notes if n.start_seconds <= t < n.start_seconds + n.seconds), None)
        for t in at
    ]
    assert sum(a == b for a, b in zip(found, TUNE, strict=True)) >= len(TUNE) - 1


def test_no_two_notes_overlap(tune_over_chords):
    notes = foremost(tune_over_chords)
    ends = [note.start_seconds + note.seconds for note in notes]
    assert all(b.start_seconds >= end - 1e-6 for b, end in zip(notes[1:], ends, strict=False))


def test_silence_has_no_tune():
    assert foremost(np.zeros((2, 3 * RATE), np.float32)) == ()
