"""Plucks: sounds that the band did not make, of which everything is known.

A few strings, a bass and two drums, made from decaying sines and noise: enough to be music, and
free of every habit of the band.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.audio.samples import RATE, Samples

NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")

_PARTIALS = 8
_STRUM_SECONDS = 0.012


@dataclass(frozen=True, slots=True)
class Plucked:
    """A sound and the truth about it."""

    samples: Samples
    beats: tuple[float, ...]
    """Seconds."""
    beats_per_bar: int
    chords: tuple[tuple[float, float, str], ...]
    """Start and end in seconds, and the name: `Eb:min`."""


def plucked(
    tempo_bpm: float,
    chords: Sequence[str],
    *,
    beats_per_bar: int = 4,
    bars: int = 16,
    broken: bool = False,
    drums: bool = True,
    cents: float = 0.0,
    seed: int = 0,
) -> Plucked:
    """Play `chords`, one a bar and again from the first, such as `C:maj` or `A:min`.

    Parameters
    ----------
    tempo_bpm
        Quarter notes per minute.
    broken
        One string after the other on eighths, instead of all together on each beat.
    cents
        How far above A = 440 Hz everything is tuned.
    seed
        Of the noise in the drums and of how hard each string is plucked.
    """
    rng = np.random.default_rng(seed)
    beat, concert = 60 / tempo_bpm, 2 ** (cents / 1200)
    sound = np.zeros(round((bars * beats_per_bar * beat + 1.5) * RATE), np.float32)
    truth = []
    for bar in range(bars):
        name = chords[bar % len(chords)]
        start = bar * beats_per_bar * beat
        truth.append((start, start + beats_per_bar * beat, name))
        notes = _notes(name)
        _add(sound, start, _string(notes[0] - 12, 1.2 * beat, concert))
        for at, strings in _picked(notes, beats_per_bar, broken=broken):
            for number, note in enumerate(strings):
                hard = np.float32(rng.uniform(0.5, 0.7))
                late = start + at * beat + number * _STRUM_SECONDS
                _add(sound, late, hard * _string(note, 1.5 * beat, concert))
        if drums:
            _drum(sound, start, beat, beats_per_bar, rng)
    samples = np.repeat(sound[None] * np.float32(0.2), 2, axis=0)
    beats = tuple(float(number * beat) for number in range(bars * beats_per_bar))
    return Plucked(samples, beats, beats_per_bar, tuple(truth))


def _notes(name: str) -> list[int]:
    """Return a chord from the octave under middle C, root first."""
    root, quality = name.split(":")
    low = 48 + NAMES.index(root)
    third = 3 if quality == "min" else 4
    return [low, low + 7, low + 12, low + 12 + third, low + 19]


def _picked(notes: list[int], beats_per_bar: int, *, broken: bool) -> list[tuple[float, list[int]]]:
    if not broken:
        return [(float(at), notes) for at in range(beats_per_bar)]
    order = [0, 2, 3, 4, 3, 2, 1, 3]
    return [(at / 2, [notes[order[at % 8]]]) for at in range(2 * beats_per_bar)]


def _string(pitch: int, seconds: float, concert: float) -> NDArray[np.float32]:
    time = np.arange(round(seconds * RATE), dtype=np.float32) / RATE
    hertz = 440 * concert * 2 ** ((pitch - 69) / 12)
    tone = sum(
        np.sin(2 * np.pi * hertz * k * time) * np.exp(-(1.5 + k) * time) / k
        for k in range(1, _PARTIALS + 1)
        if hertz * k < RATE / 2
    )
    return np.asarray(tone, np.float32)


def _drum(
    sound: Samples, start: float, beat: float, beats_per_bar: int, rng: np.random.Generator
) -> None:
    time = np.arange(RATE // 8, dtype=np.float32) / RATE
    kick = np.sin(2 * np.pi * 55 * time) * np.exp(-30 * time)
    snare = rng.normal(0, 0.4, len(time)).astype(np.float32) * np.exp(-40 * time)
    for at in range(beats_per_bar):
        off = at % 2 == 1 or (beats_per_bar == 3 and at > 0)
        _add(sound, start + at * beat, snare if off else 2 * kick)


def _add(sound: Samples, start: float, what: NDArray[np.float32]) -> None:
    at = round(start * RATE)
    end = min(len(sound), at + len(what))
    sound[at:end] += what[: end - at]
