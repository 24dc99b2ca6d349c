"""Listening: all that can be measured of a sound, at once."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from studio.audio.ear.beats import tempi_of
from studio.audio.ear.chords import Harmony, chords_of, find_harmony, leaning
from studio.audio.ear.grid import lay_grid
from studio.audio.ear.keys import belonging, find_key
from studio.audio.ear.metre import Metre, find_metre
from studio.audio.ear.onsets import STEPS_PER_SECOND, Onsets, find_onsets
from studio.audio.ear.sections import Bars, find_sections
from studio.audio.ear.spectrum import HEARING_RATE, heard_mono
from studio.audio.ear.turns import find_turns
from studio.audio.hearing import Heard
from studio.audio.levels import SILENCE_DB, loudness, true_peak_db
from studio.audio.samples import RATE, Samples
from studio.audio.transcribing.pitches import find_peaks, tuning_of
from studio.audio.work import UNWATCHED, Work

_PEAK_FRAMES = 1 << 21
_PEAK_OVERLAP_FRAMES = 1 << 10


def hear(samples: Samples, *, work: Work = UNWATCHED) -> Heard:
    """Measure tempo, beats, bars, key, chords, sections and levels.

    Parameters
    ----------
    samples
        `float32 (channels, frames)` at `RATE`, one or two channels.
    work
        Told of the progress.

    Returns
    -------
    What was heard. Where nothing pulses there are no beats, where nothing sounds no chords; what
    is doubtful has a low confidence. Nothing is raised, however odd the sound.
    """
    length = samples.shape[1] / RATE
    whole = max(1.0, length)
    mono = _long_enough(heard_mono(samples, work=work.part(0.0, 0.1, "listening")))
    onsets = find_onsets(mono, work=work.part(0.1, 0.3, "finding the beat"))
    peaks = find_peaks(mono, work=work.part(0.3, 0.45, "finding the notes"))
    del mono
    tuning = tuning_of(peaks)
    turns = find_turns(peaks, tuning, work=work.part(0.45, 0.5, "finding the notes"))
    metre = find_metre(onsets, turns, work=work.part(0.5, 0.8, "finding the beat"))
    harmony = find_harmony(peaks, tuning, lay_grid(metre, whole))
    harmony = leaning(harmony, belonging(find_key(harmony)))
    key = find_key(harmony)
    work.at(0.85, "measuring levels")
    tempo, slowest, fastest = tempi_of(metre.times)
    return Heard(
        length_seconds=length,
        tempo_bpm=tempo,
        slowest_bpm=slowest,
        fastest_bpm=fastest,
        beats=tuple(float(time) for time in metre.times),
        downbeats=metre.downbeats,
        beats_per_bar=metre.beats_per_bar,
        beat_confidence=metre.confidence,
        key=key.key,
        key_confidence=key.confidence,
        tuning_cents=100 * tuning,
        chords=chords_of(harmony),
        sections=find_sections(_bars(metre, onsets, harmony, whole)),
        loudness_lufs=loudness(samples, RATE) if samples.size else SILENCE_DB,
        true_peak_db=_true_peak_db(samples, work.part(0.9, 1.0, "measuring levels")),
    )


def _long_enough(mono: NDArray[np.float32]) -> NDArray[np.float32]:
    """Let silence follow what is too short to be cut into windows."""
    return np.pad(mono, (0, max(0, HEARING_RATE - len(mono))))


def _bars(metre: Metre, onsets: Onsets, harmony: Harmony, length: float) -> Bars:
    """Describe each bar; where nothing pulses, every two seconds."""
    starts = metre.times[list(metre.downbeats)] if metre.downbeats else np.arange(0, length, 2.0)
    inside = starts[(starts > 1.0) & (starts < length - 1.0)]
    edges = np.concatenate([[0.0], inside, [length]])
    steps = np.clip((edges * STEPS_PER_SECOND).astype(np.int64), 0, len(onsets.bands) - 1)
    colour = [onsets.bands[a : max(b, a + 1)].mean(axis=0) for a, b in pairwise(steps)]
    middles = (harmony.grid.edges[:-1] + harmony.grid.edges[1:]) / 2
    places = np.searchsorted(middles, edges)
    notes = np.stack([harmony.treble[a:b].sum(axis=0) for a, b in pairwise(places)])
    notes /= np.linalg.norm(notes, axis=1, keepdims=True) + 1e-9
    return Bars(edges, np.stack(colour), notes, np.expm1(np.stack(colour)).mean(axis=1))


def _true_peak_db(samples: Samples, work: Work) -> float:
    """Return the true peak, looked for piece by piece so that it can be stopped."""
    frames, highest = samples.shape[1], SILENCE_DB
    for start in range(0, frames, _PEAK_FRAMES):
        work.at(start / frames)
        piece = samples[:, start : start + _PEAK_FRAMES + _PEAK_OVERLAP_FRAMES]
        highest = max(highest, true_peak_db(piece, RATE))
    return highest
