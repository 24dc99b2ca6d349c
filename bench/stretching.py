"""Stretching: how near it comes to the same score played at another tempo, or in another key.

Also how well a voice keeps its colour, how exactly beats are warped on rough sounds, and what
remastering does to records and to what people bring.
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from bench.ground import machine, report
from bench.testset import HELD_OUT, Truth, songs
from studio.audio.levels import loudness, true_peak_db
from studio.audio.samples import RATE, Samples
from studio.audio.shaping.eq import equalise, high_pass, low_pass
from studio.audio.shaping.remastering import Level, remaster
from studio.audio.shaping.stretching import shift, stretch, warp
from studio.audio.shaping.tone_balance import CENTRES_HZ, tone_balance, usual_balance
from studio.engine.mixing import treat
from studio.engine.recording import joined, perform, voice_pieces
from studio.engine.score import Score
from studio.engine.singing import sing

SONGS = 6
LEVELS: tuple[Level, ...] = ("subtle", "normal", "high")
CHANGES: dict[str, tuple[Callable[[Score], Score], Callable[[Samples], Samples]]] = {
    "0.85 x as long": (lambda score: slower(score, 0.85), lambda sound: stretch(sound, 0.85)),
    "1.15 x as long": (lambda score: slower(score, 1.15), lambda sound: stretch(sound, 1.15)),
    "+3 semitones": (lambda score: transposed(score, 3), lambda sound: shift(sound, 3)),
    "-4 semitones": (lambda score: transposed(score, -4), lambda sound: shift(sound, -4)),
}


def main() -> None:
    """Measure, and print the tables."""
    print(machine())
    count = int(sys.argv[1]) if len(sys.argv) > 1 else SONGS
    truths = list(islice(songs(HELD_OUT), count))
    compare_with_playing_anew(truths)
    compare_voices([truth for truth in truths if truth.score.vocal][:2])
    warp_rough_sounds()
    master_again(truths[:3])


def compare_with_playing_anew(truths: list[Truth]) -> None:
    """Compare a changed record with the changed score, played."""
    rows = []
    for name, (changed, change) in CHANGES.items():
        found = []
        for truth in truths:
            sound = np.array(truth.mix)
            start = time.process_time()
            ours = change(sound)
            cost = (time.process_time() - start) / (sound.shape[1] / RATE)
            theirs = perform(changed(truth.score)).mix
            raised_db = 20 * np.log10(np.abs(ours).max() / np.abs(sound).max())
            found.append(
                (
                    spectral_distance(theirs, ours),
                    onset_likeness(theirs, ours),
                    lag_ms(theirs, ours),
                    ours.shape[1] - theirs.shape[1],
                    raised_db,
                    cost,
                )
            )
        rows.append((name, *(f"{value:.3g}" for value in np.mean(found, axis=0))))
    head = ("", "LSD, dB", "onset correlation", "lag, ms", "frames too many", "peak, dB", "CPU s/s")
    report(f"Against playing anew, {len(truths)} songs", head, rows)


def compare_voices(truths: list[Truth]) -> None:
    """Compare a shifted voice with the voice singing higher or lower."""
    rows = []
    for semitones in (-7, -4, 4, 7):
        found = []
        for truth in truths:
            voice, theirs = sung(truth.score), sung(transposed(truth.score, semitones))
            found.append(
                [
                    spectral_distance(theirs, shift(voice, semitones, keep_formants=kept))
                    for kept in (False, True)
                ]
            )
        rows.append((semitones, *(f"{value:.2f}" for value in np.mean(found, axis=0))))
    head = ("semitones", "LSD plain, dB", "LSD with formants kept, dB")
    report(f"A voice alone, {len(truths)} songs", head, rows)


def warp_rough_sounds() -> None:
    """Lay drifting clicks in noise and over a drone onto an even grid."""
    rng = np.random.default_rng(1)
    rows = []
    for drift in (0.0, 0.03, 0.08):
        beats = np.cumsum(0.5 * (1 + drift * np.sin(np.arange(100) / 6)))
        grid = 0.3 + 0.47 * np.arange(100)
        frames = round((beats[-1] + 1) * RATE)
        sound = rng.standard_normal((1, frames)).astype(np.float32) * np.float32(0.01)
        for beat in (beats * RATE).astype(int):
            sound[0, beat : beat + 300] += rng.standard_normal(300) * np.exp(-np.arange(300) / 60)
        late = late_ms(warp(sound, list(beats), list(grid)), grid)
        rows.append((f"{drift:.0%}", f"{np.median(late):.2f}", f"{late.max():.2f}"))
    report("Clicks in noise, warped", ("tempo drift", "median error, ms", "largest, ms"), rows)


def master_again(truths: list[Truth]) -> None:
    """Remaster records, and what was made of one by rough hands."""
    rows = []
    for name, sound in [*((t.name, np.array(t.mix)) for t in truths), *rough(truths[0])]:
        rows.append((name, "as it came", *measured(sound), ""))
        for level in LEVELS:
            start = time.process_time()
            record = remaster(sound, level).samples
            cost = (time.process_time() - start) / (sound.shape[1] / RATE)
            rows.append(("", level, *measured(record), f"{cost:.3f}"))
    head = ("sound", "", "LUFS", "dBTP", "peak to loudness", "away from usual tone, dB", "CPU s/s")
    report("Remastered", head, rows)


def rough(truth: Truth) -> Iterator[tuple[str, Samples]]:
    """Give a record as people bring it."""
    sound = np.array(truth.mix)
    seconds = np.arange(sound.shape[1]) / RATE
    hum = 0.01 * np.sin(2 * np.pi * 50 * seconds) + 0.005 * np.sin(2 * np.pi * 150 * seconds)
    noise = np.random.default_rng(2).standard_normal(sound.shape) * 5e-4
    yield "quiet, with hum, noise and DC", (sound * 0.1 + hum + noise + 0.02).astype(np.float32)
    yield "clipped at +12 dB", np.clip(sound * 4, -1, 1)
    yield "dull", equalise(sound, low_pass(3_000.0))
    yield "thin", equalise(sound, high_pass(400.0))


def measured(sound: Samples) -> tuple[str, ...]:
    """Return loudness, true peak, their distance, and how far the tone is from the usual."""
    lufs, peak, tone = loudness(sound, RATE), true_peak_db(sound, RATE), tone_balance(sound)
    hertz = CENTRES_HZ
    judged = (hertz > 60) & (hertz < 12_000)
    away = 0.0 if tone is None else np.sqrt(np.mean((tone - usual_balance())[judged] ** 2))
    return f"{lufs:.2f}", f"{peak:.2f}", f"{peak - lufs:.1f}", f"{away:.2f}"


def slower(score: Score, factor: float) -> Score:
    """Return a score that lasts so much longer."""
    ring_out = score.ring_out_seconds * factor
    return replace(score, tempo_bpm=score.tempo_bpm / factor, ring_out_seconds=ring_out)


def transposed(score: Score, semitones: int) -> Score:
    """Return a score so much higher, but for the drums."""
    parts = tuple(
        part
        if "drums" in part.instrument or part.name in {"drums", "percussion"}
        else replace(part, notes=tuple(replace(n, pitch=n.pitch + semitones) for n in part.notes))
        for part in score.parts
    )
    vocal = score.vocal
    if vocal:
        vocal = replace(
            vocal,
            notes=tuple(replace(n, pitch=n.pitch + semitones) for n in vocal.notes),
            harmony=tuple(replace(n, pitch=n.pitch + semitones) for n in vocal.harmony),
        )
    return replace(score, parts=parts, vocal=vocal)


def sung(score: Score) -> Samples:
    """Return the voice of a score as it goes into the mix."""
    return treat("vocals", joined(sing(piece) for piece in voice_pieces(score))["vocals"], score)


def spectral_distance(one: Samples, other: Samples) -> float:
    """Return the log-spectral distance of third octaves in windows of 93 ms, in dB."""
    a, b = third_octaves(one), third_octaves(other)
    count, floor = min(len(a), len(b)), max(a.max(), b.max()) - 70
    a, b = np.maximum(a[:count], floor), np.maximum(b[:count], floor)
    return float(np.sqrt(np.square(a - b).mean(axis=1)).mean())


def third_octaves(sound: Samples) -> NDArray[np.float64]:
    """Return levels in dB, `[windows, bands]`."""
    power = np.square(np.abs(windows(sound, 4096, 1024)))
    edges = np.unique((50 * 2 ** (np.arange(26) / 3) / RATE * 4096).astype(int))
    return np.asarray(10 * np.log10(np.add.reduceat(power, edges, axis=1)[:, :-1] + 1e-7))


def onset_likeness(one: Samples, other: Samples) -> float:
    """Return the correlation of how much sets in every 10 ms."""
    a, b = onsets(one, 441), onsets(other, 441)
    count = min(len(a), len(b))
    return float(np.corrcoef(a[:count], b[:count])[0, 1])


def lag_ms(one: Samples, other: Samples) -> float:
    """Return by how much the second comes later, to a millisecond."""
    a, b = onsets(one, 44), onsets(other, 44)
    count = min(len(a), len(b))
    a, b = a[:count] - a[:count].mean(), b[:count] - b[:count].mean()
    alike = [float(a[60:-60] @ np.roll(b, -late)[60:-60]) for late in range(-40, 41)]
    return float(np.argmax(alike) - 40)


def onsets(sound: Samples, hop: int) -> NDArray[np.float64]:
    """Return how much every part of the spectrum grew, summed."""
    bands = np.log1p(100 * np.abs(windows(sound, 1024, hop)))[:, :400]
    bands = bands.reshape(len(bands), 40, 10).mean(axis=2)
    return np.asarray(np.maximum(0, np.diff(bands, axis=0)).sum(axis=1))


def windows(sound: Samples, size: int, hop: int) -> NDArray[np.complex128]:
    """Return the spectra of windows."""
    pieces = np.lib.stride_tricks.sliding_window_view(sound.mean(axis=0), size)[::hop]
    return np.asarray(np.fft.rfft(pieces * np.hanning(size)))


def late_ms(sound: Samples, grid: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far from each grid line half of a click's energy has passed."""
    late = []
    for line in grid:
        first = max(0, round((line - 0.05) * RATE))
        energy = np.cumsum(np.square(sound[0, first : round((line + 0.05) * RATE)]))
        middle = first + int(np.searchsorted(energy, energy[-1] / 2))
        late.append(abs(middle / RATE - line) * 1000)
    return np.array(late)


if __name__ == "__main__":
    main()
