"""Weather: rain, thunder, wind, waves, a stream, a fire. Gains are by ear."""

import numpy as np

from studio.audio.samples import RATE, Samples
from studio.engine.sounding.colours import burst, glide, hiss, hump, sparks, swell
from studio.engine.sounding.scene import Scene
from studio.engine.writing.chance import Rng

WAVE_SECONDS = 6.5
THUNDER_SECONDS = 9.0
_BREAKS_AT = 0.3
"""Of its time a wave runs up; the rest it falls back."""


def rain(scene: Scene, rng: Rng) -> Samples:
    """Let it rain: a wide hiss, and drops near by."""
    frames = scene.frames
    sound = 0.5 * hiss(rng, frames, 500, 11_000, slope_db=-2.5) * swell(rng, frames, 3.0, 3.0)
    sound += 0.12 * hiss(rng, frames, 90, 400)
    sound += 0.32 * sparks(rng, frames, 900, 1_800, 7_500)
    return sound + 0.16 * sparks(rng, frames, 25, 700, 2_400, spread=0.7)


def thunder(scene: Scene, rng: Rng) -> Samples:
    """Let it thunder: a crack that rolls away."""
    sound = scene.empty()
    for number, at in scene.evenly(THUNDER_SECONDS):
        late = 0.15 if number == 0 else float(rng.uniform(0.0, 0.15 * THUNDER_SECONDS))
        far = float(rng.uniform(0.5, 1.0))
        crack = burst(rng, 0.9, 120, 3_500)
        scene.lay(sound, crack, at + late, gain=0.55 * far, pan=float(rng.uniform(-0.4, 0.4)))
        for _ in range(9):
            roll = burst(rng, float(rng.uniform(2.0, 4.5)), 30, float(rng.uniform(130, 420)))
            # What rolls grows before it dies.
            roll *= np.minimum(1.0, np.arange(len(roll)) / (0.12 * RATE)).astype(np.float32)
            after = late + float(rng.exponential(0.7))
            pan = float(rng.uniform(-0.7, 0.7))
            scene.lay(sound, roll, at + after, gain=far * float(rng.uniform(0.3, 0.9)), pan=pan)
    return scene.in_a_room(sound, 3.5, 0.4, int(rng.integers(1_000)))


def wind(scene: Scene, rng: Rng) -> Samples:
    """Let the wind blow: gusts, and what whistles in them."""
    frames = scene.frames
    gusts = swell(rng, frames, 2.2, 9.0)
    sound = 0.6 * hiss(rng, frames, 70, 900, slope_db=-4.0) * gusts
    for hertz in (380.0, 560.0, 830.0):
        tone = hertz * float(rng.uniform(0.9, 1.1))
        whistle = hiss(rng, frames, tone * 0.96, tone * 1.04)
        sound += 0.13 * whistle * gusts**1.5 * swell(rng, frames, 1.3, 12.0)
    return np.asarray(sound, np.float32)


def waves(scene: Scene, rng: Rng) -> Samples:
    """Let waves run up a beach and fall back."""
    count = max(1, round(scene.seconds / WAVE_SECONDS))
    low = hiss(rng, scene.frames, 60, 500, slope_db=-3.0)
    high = hiss(rng, scene.frames, 700, 9_000, slope_db=-3.0)
    along = np.arange(scene.frames) * (count / scene.frames)
    number, share = np.floor(along).astype(int) % count, along % 1.0
    size = rng.uniform(0.6, 1.0, count)
    # The foam comes late and stays.
    swelling = np.sin(np.pi * share**0.7) ** 2
    foam = np.where(
        share < _BREAKS_AT, (share / _BREAKS_AT) ** 3, np.exp(-(share - _BREAKS_AT) * 3.2)
    )
    foam *= np.minimum(1.0, (1.0 - share) / 0.08)
    here = size[number]
    sound = low * (0.22 + 0.5 * here * swelling) + high * (0.05 + 0.55 * here * foam)
    return np.asarray(sound, np.float32)


def stream(scene: Scene, rng: Rng) -> Samples:
    """Let water run over stones: bubbles, each a short tone that rises."""
    sound = 0.07 * hiss(rng, scene.frames, 500, 6_000, slope_db=-3.0)
    for at in scene.often(1 / 55, rng):
        hertz = float(rng.lognormal(np.log(850), 0.5))
        seconds = float(rng.uniform(0.02, 0.07))
        bubble = glide(hertz, hertz * rng.uniform(1.1, 1.6), seconds, edge_seconds=0.006)
        gain, pan = float(rng.exponential(0.14)), float(rng.uniform(-0.8, 0.8))
        scene.lay(sound, bubble * hump(len(bubble), 0.3, 0.35), at, gain=min(gain, 0.6), pan=pan)
    return scene.in_a_room(sound, 0.5, 0.15, 3)


def drops(scene: Scene, rng: Rng) -> Samples:
    """Let water drip in a cave."""
    sound = scene.empty()
    for at in (0.03, *scene.often(0.8, rng)):
        hertz = float(rng.uniform(700, 1_900))
        drop = glide(hertz, hertz * 1.7, 0.09, bend=2.0, edge_seconds=0.004)
        pan = float(rng.uniform(-0.6, 0.6))
        scene.lay(sound, drop * hump(len(drop), 0.1, 0.4), at, gain=rng.uniform(0.3, 0.8), pan=pan)
    return scene.in_a_room(sound, 2.6, 0.35, 5)


def fire(scene: Scene, rng: Rng) -> Samples:
    """Let a fire burn: a low roar, crackles, and here and there a pop."""
    frames = scene.frames
    sound = 0.22 * hiss(rng, frames, 40, 350, slope_db=-3.0) * swell(rng, frames, 0.5, 6.0)
    sound += 0.035 * hiss(rng, frames, 800, 6_000) * swell(rng, frames, 0.4, 8.0)
    sound += 0.10 * sparks(rng, frames, 22, 1_400, 9_000, spread=1.3)
    for at in scene.often(0.9, rng):
        pop = burst(rng, float(rng.uniform(0.01, 0.05)), 500, 6_000)
        pan = float(rng.uniform(-0.6, 0.6))
        scene.lay(sound, pop, at, gain=min(0.8, float(rng.exponential(0.4))), pan=pan)
    return sound
