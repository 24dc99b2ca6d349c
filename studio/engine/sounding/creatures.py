"""Creatures: birds, crickets, hearts, feet and hands."""

import numpy as np

from studio.audio.samples import Samples
from studio.engine.sounding.colours import burst, glide, hiss, hump, ping, sparks, swell
from studio.engine.sounding.scene import Scene
from studio.engine.writing.chance import Rng

HEART_SECONDS, STEP_SECONDS = 0.86, 0.55


def birds(scene: Scene, rng: Rng) -> Samples:
    """Let a few birds sing, each its own phrase."""
    sound = 0.012 * hiss(rng, scene.frames, 300, 5_000, slope_db=-4.0)
    for bird in range(4):
        hertz, pan = float(rng.uniform(2_300, 4_600)), float(rng.uniform(-0.8, 0.8))
        count, near = int(rng.integers(3, 7)), float(rng.uniform(0.12, 0.5))
        steps = rng.uniform(0.8, 1.25, (count, 2))
        for at in scene.often(3.2 + bird, rng):
            for number, (start, end) in enumerate(steps):
                seconds = 0.05 + 0.06 * ((number * 7 + bird) % 3) / 2
                chirp = glide(hertz * start, hertz * end, seconds, bend=1.5)
                when = at + number * 0.13
                scene.lay(sound, chirp * hump(len(chirp), 0.5, 0.3), when, gain=near, pan=pan)
    return scene.in_a_room(sound, 1.3, 0.16, 11)


def crickets(scene: Scene, rng: Rng) -> Samples:
    """Let crickets sing in the grass: trains of short pulses, each at a pace of its own."""
    sound = 0.008 * hiss(rng, scene.frames, 200, 3_000, slope_db=-3.0)
    for _ in range(5):
        hertz, pan = float(rng.uniform(4_100, 5_000)), float(rng.uniform(-0.9, 0.9))
        near, pulses = float(rng.uniform(0.15, 0.5)), int(rng.integers(3, 5))
        pace = float(rng.uniform(0.38, 0.75))
        count = max(1, round(scene.seconds / pace))
        pulse = glide(hertz, hertz * 1.01, 0.018, edge_seconds=0.006)
        for number in range(count):
            at = (number + float(rng.uniform(0.0, 0.12))) * scene.seconds / count
            for stroke in range(pulses):
                scene.lay(sound, pulse, at + 0.031 * stroke, gain=near, pan=pan)
    return sound


def heartbeat(scene: Scene, rng: Rng) -> Samples:
    """Let a heart beat: two low strokes, the second shorter, with overtones for small speakers."""
    sound = scene.empty()
    for _, at in scene.evenly(HEART_SECONDS):
        for late, hertz, gain in ((0.02, 52.0, 1.0), (0.31, 62.0, 0.65)):
            beat = glide(hertz * 1.5, hertz, 0.2, bend=0.4, edge_seconds=0.012)
            beat = beat * hump(len(beat), 0.15, 0.4)
            firm = np.tanh(2.5 * beat).astype(np.float32)
            scene.lay(sound, firm, at + late, gain=gain * float(rng.uniform(0.92, 1.0)))
    return sound


def footsteps(scene: Scene, rng: Rng) -> Samples:
    """Let somebody walk: heel and toe, left and right."""
    sound = scene.empty()
    for number, at in scene.evenly(STEP_SECONDS):
        side = 0.18 if number % 2 else -0.18
        heel = ping(float(rng.uniform(85, 110)), 0.09)
        scene.lay(sound, heel, at + 0.02, gain=0.8, pan=side)
        scene.lay(sound, burst(rng, 0.05, 700, 4_500), at + 0.02, gain=0.35, pan=side)
        toe = burst(rng, 0.10, 1_200, 7_000)
        scene.lay(sound, toe, at + 0.12, gain=float(rng.uniform(0.12, 0.22)), pan=side)
    return scene.in_a_room(sound, 0.6, 0.2, 7)


def applause(scene: Scene, rng: Rng) -> Samples:
    """Let many hands clap, the near ones heard one by one."""
    frames = scene.frames
    sound = 0.5 * sparks(rng, frames, 700, 700, 3_800, spread=0.6)
    sound += 0.25 * hiss(rng, frames, 600, 6_000, slope_db=-3.0)
    sound *= swell(rng, frames, 1.2, 3.0)
    for at in scene.often(1 / 14, rng):
        clap = burst(rng, 0.03, 800, 4_500)
        pan = float(rng.uniform(-0.8, 0.8))
        scene.lay(sound, clap, at, gain=float(rng.uniform(0.5, 1.3)), pan=pan)
    return scene.in_a_room(sound, 1.0, 0.3, 13)
