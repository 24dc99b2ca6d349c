"""Things: clocks, bells, machines, records, signals."""

import numpy as np

from studio.audio.samples import RATE, Samples
from studio.engine.sounding.colours import burst, glide, hiss, ping, sparks, swell
from studio.engine.sounding.scene import Scene
from studio.engine.writing.chance import Rng

TICK_SECONDS, BELL_SECONDS, BEEP_SECONDS = 0.5, 4.0, 0.8
RECORD_SECONDS = 1.8
"""A turn of a record."""
_BELL = (
    (0.5, 1.0, 0.5),
    (1.0, 0.8, 1.0),
    (1.19, 0.6, 0.7),
    (1.5, 0.5, 0.5),
    (2.0, 0.45, 0.8),
    (2.74, 0.25, 0.4),
    (3.76, 0.15, 0.3),
    (5.2, 0.1, 0.2),
)
"""Partials of a bell: factor on its pitch, how long it rings, how loud."""
_PENTATONIC = (0, 2, 4, 7, 9, 12, 14, 16)
_HARMONICS = 24


def clock(scene: Scene, rng: Rng) -> Samples:
    """Let a clock tick, and tock."""
    sound = scene.empty()
    wood = burst(rng, 0.02, 900, 6_000)
    for number, at in scene.evenly(TICK_SECONDS):
        hertz = 2_500.0 if number % 2 == 0 else 1_950.0
        scene.lay(sound, ping(hertz, 0.05), at + 0.005, gain=0.5)
        scene.lay(sound, ping(hertz * 1.63, 0.03), at + 0.005, gain=0.25)
        scene.lay(sound, wood, at + 0.005, gain=0.4)
    return scene.in_a_room(sound, 0.4, 0.12, 17)


def bell(scene: Scene, rng: Rng) -> Samples:
    """Strike a bell."""
    sound, strike = scene.empty(), burst(rng, 0.03, 1_500, 9_000)
    hertz = scene.root_hz * 4
    every = BELL_SECONDS if scene.beat_seconds is None else 4 * scene.beat_seconds
    count = max(1, round(scene.seconds / every))
    for number in range(count):
        at = number * scene.seconds / count + 0.01
        scene.lay(sound, strike, at, gain=0.15)
        for factor, ring, gain in _BELL:
            tone = ping(hertz * factor, 7.0 * ring)
            scene.lay(sound, tone, at, gain=0.3 * gain)
    return scene.in_a_room(sound, 2.5, 0.2, 19)


def chimes(scene: Scene, rng: Rng) -> Samples:
    """Let the wind play on chimes."""
    sound = scene.empty()
    for at in (0.05, *scene.often(0.33, rng)):
        step = _PENTATONIC[int(rng.integers(len(_PENTATONIC)))]
        hertz = scene.root_hz * 8 * 2 ** (step / 12)
        gain, pan = float(rng.uniform(0.1, 0.5)), float(rng.uniform(-0.7, 0.7))
        for factor, ring in ((1.0, 2.6), (2.76, 1.0), (5.4, 0.4)):
            scene.lay(sound, ping(hertz * factor, ring), at, gain=gain / factor, pan=pan)
    return scene.in_a_room(sound, 2.0, 0.25, 23)


def beep(scene: Scene, _: Rng) -> Samples:
    """Beep, and beep again."""
    sound = scene.empty()
    hertz = scene.root_hz * 8
    for _number, at in scene.evenly(BEEP_SECONDS):
        scene.lay(sound, glide(hertz, hertz, 0.14, edge_seconds=0.008), at + 0.01, gain=0.5)
    return sound


def siren(scene: Scene, _: Rng) -> Samples:
    """Let a siren rise and fall."""
    turns = max(1, round(scene.seconds / 2.4))
    along = np.arange(scene.frames) / scene.frames
    bend = 0.35 * np.cos(2 * np.pi * turns * along)
    hertz = 820.0 * np.exp(-bend)
    # A whole number of cycles in all, so that its end meets its beginning.
    cycles = hertz.sum() / RATE
    phase = 2 * np.pi * np.cumsum(hertz) / RATE * (round(cycles) / cycles)
    tone = np.sin(phase) + 0.3 * np.sin(2 * phase) + 0.15 * np.sin(3 * phase)
    sound = np.stack([tone, tone]).astype(np.float32) * np.float32(0.4)
    return scene.in_a_room(sound, 1.2, 0.2, 29)


def engine(scene: Scene, rng: Rng) -> Samples:
    """Let an engine run: its strokes, and the air around it."""
    frames, hertz = scene.frames, scene.whole_cycles(43.0)
    along = 2 * np.pi * hertz * np.arange(frames) / RATE
    tone = np.zeros(frames)
    for harmonic in range(1, _HARMONICS):
        phase = float(rng.uniform(0, 2 * np.pi))
        tone += np.sin(harmonic * along + phase) / harmonic**0.9 * float(rng.uniform(0.4, 1.0))
    strokes = (0.4 + 0.6 * (0.5 + 0.5 * np.cos(along)) ** 3).astype(np.float32)
    sound = 0.25 * tone.astype(np.float32) * swell(rng, frames, 0.25, 1.5)
    air = hiss(rng, frames, 150, 2_500, slope_db=-5.0) * strokes
    return np.asarray(sound + 0.25 * air, np.float32)


def vinyl(scene: Scene, rng: Rng) -> Samples:
    """Let the needle run in an empty groove: hiss, crackle, and a scratch that comes round."""
    frames = scene.frames
    sound = 0.10 * hiss(rng, frames, 200, 9_000, slope_db=-2.0)
    sound += 0.14 * sparks(rng, frames, 26, 900, 6_500, spread=1.2)
    sound += 0.05 * hiss(rng, frames, 25, 90)
    scratch = burst(rng, 0.012, 700, 5_000)
    turns = max(1, round(scene.seconds / RECORD_SECONDS))
    for number in range(turns):
        at = (number + 0.4) * scene.seconds / turns
        scene.lay(sound, scratch, at, gain=0.5, pan=0.2)
    return sound


def static(scene: Scene, rng: Rng) -> Samples:
    """Let a radio find no station."""
    frames = scene.frames
    sound = 0.4 * hiss(rng, frames, 350, 5_500) * swell(rng, frames, 0.2, 4.0)
    return sound + 0.15 * sparks(rng, frames, 40, 500, 5_000, spread=1.5)
