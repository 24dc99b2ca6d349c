"""Effects: what films and games are cut with: risers, impacts, whooshes, lasers, drones."""

import numpy as np

from studio.audio.samples import RATE, Samples
from studio.engine.sounding.colours import burst, glide, hiss, hump, swell
from studio.engine.sounding.scene import Scene
from studio.engine.writing.chance import Rng

IMPACT_SECONDS, WHOOSH_SECONDS, LASER_SECONDS = 4.0, 1.7, 0.6
_STEPS = 7
"""Bands through which a sweep goes."""
_LAST_SECONDS = 0.02


def riser(scene: Scene, rng: Rng) -> Samples:
    """Rise to where something is to happen."""
    along = np.arange(scene.frames, dtype=np.float32) / scene.frames
    sound = scene.empty()
    for step in range(_STEPS):
        low = 250.0 * 1.75**step
        noise = hiss(rng, scene.frames, low, low * 1.75)
        sound += 0.3 * noise * hump(scene.frames, (step + 1) / _STEPS, 0.22)
    for number, factor in enumerate((1.0, 1.006, 1.5)):
        tone = glide(scene.root_hz * factor, scene.root_hz * 8 * factor, scene.seconds, bend=1.6)
        voice = np.tanh(3 * tone[: scene.frames])
        scene.lay(sound, voice, 0.0, gain=0.13, pan=(-0.5, 0.5, 0.0)[number])
    ending = np.minimum(1.0, (1 - along) * scene.seconds / _LAST_SECONDS)
    return np.asarray(sound * along**1.8 * ending, np.float32)


def fall(scene: Scene, rng: Rng) -> Samples:
    """Fall away from where something has happened."""
    return np.ascontiguousarray(riser(scene, rng)[:, ::-1])


def impact(scene: Scene, rng: Rng) -> Samples:
    """Hit hard: a stroke, a body that sinks, and dust that settles."""
    sound = scene.empty()
    for _, at in scene.evenly(IMPACT_SECONDS):
        body = glide(95.0, 34.0, 1.8, bend=0.35, edge_seconds=0.004)
        body *= np.exp(-3.4 * np.arange(len(body)) / RATE).astype(np.float32)
        scene.lay(sound, np.tanh(2.2 * body), at + 0.01, gain=0.75)
        scene.lay(sound, burst(rng, 0.12, 200, 7_000), at + 0.01, gain=0.5)
        scene.lay(sound, burst(rng, 2.2, 60, 900), at + 0.012, gain=0.4, pan=0.2)
        scene.lay(sound, burst(rng, 1.4, 900, 6_000), at + 0.02, gain=0.1, pan=-0.3)
    return scene.in_a_room(sound, 3.0, 0.3, 31)


def whoosh(scene: Scene, rng: Rng) -> Samples:
    """Let something fly past, from left to right."""
    sound = scene.empty()
    frames = round(WHOOSH_SECONDS * RATE)
    for _, at in scene.evenly(2 * WHOOSH_SECONDS):
        for step in range(_STEPS):
            low = 180.0 * 1.7**step
            middle = 0.15 + 0.4 * step / _STEPS
            passing = hiss(rng, frames, low, low * 1.7)[0] * hump(frames, middle, 0.16)
            scene.lay(sound, passing, at, gain=0.3, pan=-0.6 + 0.15 * step)
        leaving = hiss(rng, frames, 150, 900, slope_db=-3.0)[0] * hump(frames, 0.72, 0.14)
        scene.lay(sound, leaving, at, gain=0.35, pan=0.6)
    return sound


def laser(scene: Scene, rng: Rng) -> Samples:
    """Shoot: tones that fall fast."""
    sound = scene.empty()
    for number, at in scene.evenly(LASER_SECONDS):
        high = float(rng.uniform(2_600, 4_200))
        shot = glide(high, 180.0, 0.32, bend=0.55, edge_seconds=0.003)
        shot = np.tanh(2.5 * shot) * np.exp(-7 * np.arange(len(shot)) / RATE)
        scene.lay(sound, shot, at + 0.01, gain=0.5, pan=-0.3 if number % 2 else 0.3)
    return scene.in_a_room(sound, 0.9, 0.2, 37)


def drone(scene: Scene, rng: Rng) -> Samples:
    """Hold a dark chord whose overtones come and go."""
    sound, along = scene.empty(), np.arange(scene.frames) / RATE
    third = 3 if scene.is_minor else 4
    for semitones, gain in ((-12, 1.0), (0, 0.9), (7, 0.5), (12, 0.35), (12 + third, 0.16)):
        root = scene.root_hz * 2 ** (semitones / 12)
        for side, apart in enumerate((-0.35, 0.35)):
            tone = np.zeros(scene.frames, np.float32)
            for harmonic in range(1, 7):
                hertz = scene.whole_cycles(root * harmonic + apart)
                phase = float(rng.uniform(0, 2 * np.pi))
                size = np.float32(0.22 * gain / harmonic**1.3)
                tone += size * np.sin(2 * np.pi * hertz * along + phase).astype(np.float32)
            sound[side] += tone * swell(rng, scene.frames, 3.0, 5.0)
    sound += 0.02 * hiss(rng, scene.frames, 150, 2_500, slope_db=-4.0)
    return scene.in_a_room(sound, 3.5, 0.25, 41)
