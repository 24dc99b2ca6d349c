"""Tones: what the synthesisers are made of, and the loop that plays notes on them.

Everything is whole-array arithmetic: band-limited wave tables, envelopes as curves, and notes that
are alike made once.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from studio.audio.samples import RATE, Samples
from studio.engine.playing.cues import Cue

Wave: TypeAlias = NDArray[np.float32]
"""One channel, `[frames]`."""

Voice: TypeAlias = Callable[[int, float, int, np.random.Generator], Samples]
"""Makes one whole note, `(1 or 2, frames)`, of a pitch, a velocity in 0..1 and the frames held."""

TABLE_FRAMES = 4_096
_HIGHEST_HZ = 17_000.0
_SHADES = 8
_TAKES = 2
_LENGTH_STEP = RATE // 100


def play_tones(
    voice: Voice,
    cues: Sequence[Cue],
    frames: int,
    rng: np.random.Generator,
    *,
    legato: bool = False,
) -> Samples:
    """Play `cues` on a synthesiser, `float32 (2, frames)`.

    Notes of one pitch, length and shade come in two takes, so that repetition stays alive and
    costs little. With `legato` a note ends where the next begins.
    """
    alike: dict[tuple[int, int, int, int], list[Cue]] = defaultdict(list)
    ends = _ends(cues) if legato else [cue.frames for cue in cues]
    for cue, held, take in zip(cues, ends, rng.integers(_TAKES, size=len(cues)), strict=True):
        length = max(1, round(held / _LENGTH_STEP)) * _LENGTH_STEP
        alike[cue.pitch, length, cue.velocity * _SHADES // 128, int(take)].append(cue)
    sound = np.zeros((2, frames), dtype=np.float32)
    for (pitch, length, shade, take), group in alike.items():
        chance = np.random.default_rng([pitch, length, shade, take])
        note = voice(pitch, (shade + 0.5) / _SHADES, length, chance)
        for cue in group:
            add(sound, note, cue.frame, (cue.velocity / 127) ** 1.6)
    return sound


def add(sound: Samples, note: Samples, frame: int, gain: float) -> None:
    """Add a mono or stereo note to `sound` at a frame; what is beyond the end is cut."""
    end = min(frame + note.shape[1], sound.shape[1])
    if end > frame:
        sound[:, frame:end] += note[:, : end - frame] * np.float32(gain)


def hertz_of(pitch: float) -> float:
    """Return the frequency of a MIDI number, 440 Hz at 69."""
    return float(440.0 * 2 ** ((pitch - 69) / 12))


def seconds(frames: int) -> Wave:
    """Return the time of each frame in seconds."""
    return np.arange(frames, dtype=np.float32) / np.float32(RATE)


def fade(frames: int, time_constant: float) -> Wave:
    """Return an exponential decay from 1."""
    return np.asarray(np.exp(seconds(frames) * np.float32(-1 / time_constant)), np.float32)


def envelope(held: int, *, attack: float, decay: float, sustain: float, release: float) -> Wave:
    """Return a note's volume: rise, fall to `sustain` while held, then let go; times in seconds.

    The attack is a straight line, the rest exponential, `release` being the time to -60 dB.
    """
    rise = max(2, round(attack * RATE))
    tail = max(2, round(release * RATE))
    curve = sustain + (1 - sustain) * fade(held, max(decay, 1e-3))
    ramp = np.minimum(1, np.arange(held, dtype=np.float32) / rise)
    curve *= ramp
    return np.concatenate([curve, curve[-1] * fade(tail, release / 6.9) * _closing(tail)])


def wave_table(amplitudes: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return one cycle with these harmonics (the first is the fundamental), or a row for each."""
    spectrum = np.zeros((*amplitudes.shape[:-1], TABLE_FRAMES // 2 + 1), dtype=np.complex64)
    spectrum[..., 1 : amplitudes.shape[-1] + 1] = amplitudes * (-0.5j * TABLE_FRAMES)
    table: NDArray[np.float32] = np.fft.irfft(spectrum, n=TABLE_FRAMES, axis=-1).astype(np.float32)
    return table


def harmonics(hertz: float) -> NDArray[np.float64]:
    """Return the numbers 1, 2, ... of the harmonics of `hertz` that can be heard."""
    count = int(min(_HIGHEST_HZ / hertz, TABLE_FRAMES // 2 - 1))
    return np.arange(1, max(2, count + 1), dtype=np.float64)


def phases(hertz: float, frames: int, *, start: float = 0.0, bend: Wave | None = None) -> Wave:
    """Return the phase of an oscillator in cycles, `[frames]`, kept below 1.

    `bend` is its pitch in semitones away from `hertz`, frame by frame.
    """
    if bend is None:
        cycles = start + np.arange(frames) * (hertz / RATE)
    else:
        speeds = np.exp2(bend.astype(np.float64) / 12) * (hertz / RATE)
        cycles = start + np.cumsum(speeds) - speeds[:1]
    return (cycles % 1.0).astype(np.float32)


def look_up(table: NDArray[np.float32], cycles: Wave) -> Wave:
    """Read one cycle of a wave table at these phases."""
    found: Wave = table[(cycles * TABLE_FRAMES).astype(np.int32) % TABLE_FRAMES]
    return found


def sweep(tables: NDArray[np.float32], cycles: Wave, rows: Wave) -> Wave:
    """Read wave tables, `[rows, TABLE_FRAMES]`, moving between them: a filter that opens."""
    places = (cycles * TABLE_FRAMES).astype(np.int32) % TABLE_FRAMES
    low = np.clip(rows.astype(np.int32), 0, len(tables) - 2)
    part = rows - low
    flat = tables.reshape(-1)
    index = low * TABLE_FRAMES + places
    found: Wave = flat[index] * (1 - part) + flat[index + TABLE_FRAMES] * part
    return found


def opening(amplitudes: NDArray[np.float64], hertz: float, edges_hz: Sequence[float]) -> Samples:
    """Return wave tables of one sound through a low-pass (24 dB an octave) at each edge."""
    order = np.arange(1, len(amplitudes) + 1) * hertz
    rows = [amplitudes / np.sqrt(1 + (order / edge) ** 8) for edge in edges_hz]
    return wave_table(np.array(rows))


def vibrato(frames: int, *, semitones: float, hertz: float, delay: float) -> Wave:
    """Return a vibrato, in semitones, that sets in after `delay` seconds."""
    time = seconds(frames)
    depth = np.clip((time - delay) / 0.3, 0, 1) * np.float32(semitones)
    bend: Wave = depth * np.sin(np.float32(2 * np.pi * hertz) * time)
    return bend


def _ends(cues: Sequence[Cue]) -> list[int]:
    nexts = [*(cue.frame for cue in cues[1:]), None][: len(cues)]
    gaps = [c.frames if n is None else n - c.frame for c, n in zip(cues, nexts, strict=True)]
    return [max(1, min(c.frames, gap)) for c, gap in zip(cues, gaps, strict=True)]


def _closing(frames: int) -> Wave:
    # An exponential never ends; its last tenth is drawn to nothing.
    last = max(1, frames // 10)
    return np.concatenate(
        [np.ones(frames - last, np.float32), np.linspace(1, 0, last, dtype=np.float32)]
    )
