"""Pitches: which notes sound when, from the peaks of the spectrum.

Peaks alone are looked at, because between two bins they tell the pitch to a few cents even where
semitones are narrower than bins, and because drums have few of them. What a note's overtones add
to other notes is taken away by fitting notes with overtones to what is heard (Mauch and Dixon
2010, "Approximate note transcription for the improved identification of difficult chords").
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from studio.audio.ear.spectrum import HEARING_RATE, magnitudes
from studio.audio.work import UNWATCHED, Work

SIZE = 8192
HOP = 2048
HOP_SECONDS = HOP / HEARING_RATE
LOWEST = 28
"""MIDI number of the lowest note that is looked for, the low E of a bass guitar."""
HIGHEST = 96

BASS_TOP = 52
TREBLE_FROM = 40
TREBLE_TOP = 76

_NOTHING = np.float32(1e-6)
_FLOOR = 1e-4
_OVERTONES = (0, 12, 19, 24, 28, 31, 34, 36)
_OVERTONE_DECAY = 0.7
_ROUNDS = 30
_COMPRESSION = 0.4
_EXACTNESS = 6
_EVENING = 0.5
_EVENING_SEMITONES = 13


@dataclass(frozen=True, slots=True)
class Peaks:
    """All peaks of all windows, in order of time."""

    frames: NDArray[np.int32]
    """`[peaks]`, the number of the window."""
    pitches: NDArray[np.float32]
    """`[peaks]`, in semitones as MIDI counts them, at A = 440 Hz."""
    strengths: NDArray[np.float32]
    """`[peaks]`, magnitude."""
    count: int
    """How many windows there are."""


def find_peaks(mono: NDArray[np.float32], *, work: Work = UNWATCHED) -> Peaks:
    """Find the peaks of every window of `mono`, `[frames]` at `HEARING_RATE`."""
    bottom = int(440 * 2 ** ((LOWEST - 1 - 69) / 12) * SIZE / HEARING_RATE)
    top = int(440 * 2 ** ((HIGHEST + 13 - 69) / 12) * SIZE / HEARING_RATE)
    frames, bins, strengths, count = [], [], [], 0
    for block in magnitudes(mono, SIZE, HOP, work=work):
        rows, places, loud = _peaks_of(np.ascontiguousarray(block[:, bottom - 1 : top + 2]))
        frames.append((rows + count).astype(np.int32))
        bins.append(places + bottom - 1)
        strengths.append(loud)
        count += len(block)
    hertz = np.concatenate(bins) * HEARING_RATE / SIZE
    pitches = (69 + 12 * np.log2(hertz / 440)).astype(np.float32)
    return Peaks(np.concatenate(frames), pitches, np.concatenate(strengths), count)


def _peaks_of(
    block: NDArray[np.float32],
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    """Return row, exact bin and height of each local maximum."""
    middle = block[:, 1:-1]
    high = (middle > block[:, :-2]) & (middle >= block[:, 2:]) & (middle > _FLOOR)
    rows, places = np.nonzero(high)
    left, here, right = (np.log(block[rows, places + step] + 1e-9) for step in range(3))
    # A Hann window's peak is close to a parabola in logarithms.
    shift = 0.5 * (left - right) / (left - 2 * here + right - 1e-9)
    height = np.exp(here - 0.25 * (left - right) * shift)
    return rows, (places + 1 + shift).astype(np.float32), height.astype(np.float32)


def tuning_of(peaks: Peaks) -> float:
    """Return how many semitones above A = 440 Hz the sound is tuned, -0.5 to 0.5."""
    clear = (peaks.pitches > 48) & (peaks.pitches < 88)  # noqa: PLR2004 - where peaks are exact
    weights = np.sqrt(peaks.strengths[clear])
    turns = np.exp(2j * np.pi * peaks.pitches[clear])
    return float(np.angle(np.sum(weights * turns)) / (2 * np.pi)) if clear.any() else 0.0


def notes_heard(peaks: Peaks, tuning: float) -> NDArray[np.float32]:
    """Return how strongly each semitone sounds in each window.

    Returns
    -------
    `[windows, HIGHEST - LOWEST + 1]`, overtones still in it, in compressed magnitudes.
    """
    semitones = peaks.pitches - tuning
    nearest = np.rint(semitones)
    off = semitones - nearest
    kept = (nearest >= LOWEST) & (nearest <= HIGHEST)
    width = HIGHEST - LOWEST + 1
    place = peaks.frames[kept] * width + (nearest[kept].astype(np.int64) - LOWEST)
    # Between two semitones lies what belongs to neither: drums and glides.
    between = np.cos(np.pi * off[kept]) ** _EXACTNESS
    weight = peaks.strengths[kept] ** _COMPRESSION * between
    total = np.bincount(place, weights=weight, minlength=peaks.count * width)
    return np.asarray(total.reshape(peaks.count, width), np.float32)


def without_overtones(heard: NDArray[np.float32]) -> NDArray[np.float32]:
    """Explain `heard`, `[spans, notes]`, by notes with overtones; return the notes, same shape."""
    notes = heard.shape[1]
    tones = np.zeros((notes, notes), np.float32)
    for number, step in enumerate(_OVERTONES):
        tones += _OVERTONE_DECAY**number * np.eye(notes, k=step, dtype=np.float32)
    level = uniform_filter1d(heard, _EVENING_SEMITONES, axis=1)
    clear = np.maximum(0, heard - _EVENING * level)
    wanted = clear @ tones.T
    mixing = tones @ tones.T
    found = wanted.copy()
    for _ in range(_ROUNDS):
        # Lee and Seung's rule: stays at or above zero, and never fits worse than before.
        found *= wanted / (found @ mixing + 1e-9)
    return np.asarray(found, np.float32)


def folded(notes: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Add up the octaves of the treble, and of the bass.

    Returns
    -------
    Twice `[spans, 12]`, C first: the treble with each row of length 1, the bass with each row of
    sum 1; zeros where nothing sounds.
    """
    treble = _octaves_added(notes, TREBLE_FROM, TREBLE_TOP)
    bass = _octaves_added(notes, LOWEST, BASS_TOP)
    length = np.sqrt(np.square(treble).sum(axis=1, keepdims=True))
    total = bass.sum(axis=1, keepdims=True)
    return treble / np.maximum(length, _NOTHING), bass / np.maximum(total, _NOTHING)


def _octaves_added(notes: NDArray[np.float32], low: int, high: int) -> NDArray[np.float32]:
    added = np.zeros((len(notes), 12), np.float32)
    for pitch in range(low, high):
        added[:, pitch % 12] += notes[:, pitch - LOWEST]
    return added
