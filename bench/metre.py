"""Metre: fit what speaks for a reading of beat and bar to songs of the band.

Prints weights as they stand in `studio/audio/ear/metre.py` (fitted to 64 songs like these),
and how well they choose among the readings of songs that they were fitted to, and of songs in a
style that was left out of the fit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import mir_eval
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.testset import Truth, songs
from studio.audio.ear.metre import Reading, read_all
from studio.audio.ear.onsets import find_onsets
from studio.audio.ear.spectrum import heard_mono
from studio.audio.ear.turns import find_turns
from studio.audio.transcribing.pitches import find_peaks, tuning_of
from studio.engine.brief import Brief

STYLES = ("ambient", "ballad", "bossa", "country", "folk", "hip hop", "house", "jazz", "lo-fi")
STYLES += ("metal", "pop", "reggae", "rock", "soul", "synthwave", "waltz")
ROUNDS = 4
REGULARITY = 0.03
RIGHT_TEMPO = 0.04


@dataclass(frozen=True, slots=True)
class Choice:
    """All readings of a song, and which of them are right."""

    style: str
    features: NDArray[np.float64]
    """`[readings, features]`."""
    right: NDArray[np.bool_]
    """`[readings]`."""
    beat_f: NDArray[np.float64]
    """`[readings]`."""


def main() -> None:
    """Fit, and tell what the fit is worth."""
    choices = [choice_of(truth) for truth in songs(list(briefs()))]
    weights = fitted(choices)
    print(np.array2string(weights.round(2), separator=", ", max_line_width=60))
    print("| fitted to | beat F | right reading |\n|-|-|-|")
    print("| all |", " | ".join(f"{worth:.3f}" for worth in worth_of(weights, choices)), "|")
    left_out = np.mean([_without(style, choices) for style in STYLES], axis=0)
    print("| all but its style |", " | ".join(f"{worth:.3f}" for worth in left_out), "|")


def briefs() -> Iterator[tuple[Brief, int]]:
    """Order songs of every style, at tempi around those it likes."""
    for number in range(ROUNDS):
        for index, style in enumerate(STYLES):
            seed = 1000 + 100 * number + index
            yield Brief(style=style, length_seconds=45.0, instrumental=number == 1), seed


def choice_of(truth: Truth) -> Choice:
    """Read a song in every way, and compare with its score."""
    score, mono = truth.score, heard_mono(np.asarray(truth.mix))
    peaks = find_peaks(mono)
    readings = list(read_all(find_onsets(mono), find_turns(peaks, tuning_of(peaks))))
    beats = np.arange(round(score.beats)) * score.seconds_per_beat
    bars = np.array([_f(beats[:: score.beats_per_bar], _bars(one)) for one in readings])
    ratios = np.array([one.bpm for one in readings]) / score.tempo_bpm
    count = np.array([one.beats_per_bar for one in readings]) == score.beats_per_bar
    right = (np.abs(ratios - 1) < RIGHT_TEMPO) & count & (bars >= 0.9 * bars.max())
    beat_f = np.array([_f(beats, one.times) for one in readings])
    return Choice(score.style, np.array([one.features for one in readings]), right, beat_f)


def fitted(choices: Sequence[Choice]) -> NDArray[np.float64]:
    """Return the weights under which the right readings are likeliest."""
    scale = np.concatenate([choice.features for choice in choices]).std(axis=0) + 1e-6

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = REGULARITY * weights @ weights, 2 * REGULARITY * weights
        for choice in choices:
            features = choice.features / scale
            score = np.exp(features @ weights - (features @ weights).max())
            among, share = score / score.sum(), score * choice.right / score[choice.right].sum()
            total -= np.log(among[choice.right].sum()) / len(choices)
            slope = slope + features.T @ (among - share) / len(choices)
        return float(total), slope

    start = np.zeros(choices[0].features.shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x / scale)


def worth_of(weights: NDArray[np.float64], choices: Sequence[Choice]) -> tuple[float, float]:
    """Return the mean beat F of what the weights choose, and how often that is right."""
    chosen = [(choice, int((choice.features @ weights).argmax())) for choice in choices]
    beat_f = float(np.mean([choice.beat_f[at] for choice, at in chosen]))
    return beat_f, float(np.mean([choice.right[at] for choice, at in chosen]))


def _without(style: str, choices: Sequence[Choice]) -> tuple[float, float]:
    named = style.replace(" ", "-")
    weights = fitted([choice for choice in choices if choice.style != named])
    return worth_of(weights, [choice for choice in choices if choice.style == named])


def _bars(reading: Reading) -> NDArray[np.float64]:
    return reading.times[reading.phase :: reading.beats_per_bar]


def _f(truth: NDArray[np.float64], found: NDArray[np.float64]) -> float:
    trim = mir_eval.beat.trim_beats
    return float(mir_eval.beat.f_measure(trim(truth), trim(found)))


if __name__ == "__main__":
    main()
