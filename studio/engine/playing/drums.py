"""Drums: kits made of sines and noise, for the styles that a drum machine suits better.

Every sound is built once for each of a few strokes; the song only decides which stroke falls when.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np

from studio.audio.samples import RATE, Samples
from studio.audio.shaping.eq import equalise, high_pass, low_pass
from studio.engine.playing.cues import Cue
from studio.engine.playing.tones import Wave, add, fade, seconds

_STROKES = 3
_SHADES = 4
_CHOKE_FRAMES = round(0.015 * RATE)
# The six square waves of the classic drum machine's cymbals, in hertz.
_METAL_HZ = (205.3, 304.4, 369.6, 522.7, 540.0, 800.0)


@dataclass(frozen=True, slots=True)
class Kit:
    """How the drums of a style are tuned; lengths are time constants in seconds."""

    kick_hz: float
    kick_seconds: float
    kick_click: float
    kick_drive: float
    snare_hz: float
    snare_seconds: float
    snare_noise: float
    hat_seconds: float
    hat_hz: float
    """Where the hats begin."""
    dust_hz: float
    """Where the top end of the whole kit ends."""


KITS = {
    "house": Kit(49.0, 0.19, 0.5, 2.2, 190.0, 0.11, 0.9, 0.045, 7_500.0, 18_000.0),
    "hiphop": Kit(43.0, 0.34, 0.35, 2.8, 175.0, 0.14, 0.8, 0.035, 7_000.0, 15_000.0),
    "lofi": Kit(52.0, 0.16, 0.25, 1.6, 185.0, 0.13, 0.65, 0.04, 5_500.0, 8_500.0),
    "pop": Kit(55.0, 0.17, 0.6, 1.8, 200.0, 0.13, 0.8, 0.05, 7_000.0, 18_000.0),
}


def play_kit(name: str, cues: Sequence[Cue], frames: int, rng: np.random.Generator) -> Samples:
    """Play General MIDI drum keys on one of `KITS`, `float32 (2, frames)`."""
    sound = np.zeros((2, frames), dtype=np.float32)
    closes = _closes(cues)
    for number, (cue, stroke) in enumerate(
        zip(cues, rng.integers(_STROKES, size=len(cues)), strict=True)
    ):
        hit = _hit(name, _family(cue.pitch), int(stroke), cue.velocity * _SHADES // 128, cue.pitch)
        if number in closes:
            hit = _choked(hit, closes[number])
        add(sound, hit, cue.frame, (cue.velocity / 127) ** 1.5)
    return sound


@cache
def _hit(name: str, family: str, stroke: int, shade: int, pitch: int) -> Samples:
    """Return one stroke in stereo, with its place in the room and its brightness."""
    kit = KITS[name]
    rng = np.random.default_rng([crc32(f"{name} {family} {pitch}".encode()), stroke])
    make, level, pan = _SOUNDS[family]
    wave = make(kit, pitch, rng)
    edge = kit.dust_hz * (0.55 + 0.45 * (shade + 1) / _SHADES)
    mono = equalise(wave[None], low_pass(edge))
    angle = (pan + 1) * np.pi / 4
    sides = np.array([[np.cos(angle)], [np.sin(angle)]], dtype=np.float32)
    return np.asarray(mono * sides * (level * np.sqrt(2)), np.float32)


def _kick(kit: Kit, _pitch: int, rng: np.random.Generator) -> Wave:
    frames = round(kit.kick_seconds * 5 * RATE)
    time = seconds(frames)
    # The pitch falls in two steps: a fast one that knocks, a slow one that thumps.
    hertz = kit.kick_hz * (1 + 5.5 * np.exp(-time / 0.012) + 0.9 * np.exp(-time / 0.06))
    body = np.sin(2 * np.pi * np.cumsum(hertz) / RATE) * fade(frames, kit.kick_seconds)
    click = _noise(rng, frames, low=1_800.0) * fade(frames, 0.004) * kit.kick_click
    wave = np.tanh((body + click) * kit.kick_drive) / np.tanh(kit.kick_drive)
    return _softened(wave, 0.0008)


def _snare(kit: Kit, _pitch: int, rng: np.random.Generator) -> Wave:
    frames = round(kit.snare_seconds * 6 * RATE)
    time = seconds(frames)
    hertz = kit.snare_hz * (1 + 0.6 * np.exp(-time / 0.012)) * (1 + 0.01 * rng.standard_normal())
    turns = 2 * np.pi * np.cumsum(hertz) / RATE
    body = np.sin(turns) * fade(frames, 0.07) + 0.5 * np.sin(turns * 1.78) * fade(frames, 0.045)
    wires = _noise(rng, frames, low=1_400.0) * fade(frames, kit.snare_seconds)
    crack = _noise(rng, frames, low=3_500.0) * fade(frames, 0.012)
    wave = 0.75 * body + kit.snare_noise * (0.8 * wires + 0.9 * crack)
    return _softened(np.tanh(1.4 * wave), 0.0006)


def _clap(kit: Kit, _pitch: int, rng: np.random.Generator) -> Wave:
    frames = round(0.45 * RATE)
    hands = _noise(rng, frames, low=900.0, high=5_500.0)
    curve = np.zeros(frames, dtype=np.float32)
    for delay in (0.0, 0.0105, 0.0205, 0.031):
        start = round((delay + 0.001 * rng.random()) * RATE)
        length = 0.006 if delay < 0.03 else kit.snare_seconds * 0.75  # noqa: PLR2004 - the last one rings
        curve[start:] = np.maximum(curve[start:], fade(frames - start, length))
    return _softened(hands * curve * 1.3, 0.0005)


def _hat(seconds_open: float) -> Callable[[Kit, int, np.random.Generator], Wave]:
    def make(kit: Kit, _pitch: int, rng: np.random.Generator) -> Wave:
        length = kit.hat_seconds * seconds_open
        frames = round(length * 7 * RATE)
        wave = _metal(frames, 1.35, kit.hat_hz) + 0.8 * _noise(rng, frames, low=kit.hat_hz)
        return _softened(wave * fade(frames, length), 0.0004)

    return make


def _tom(kit: Kit, pitch: int, rng: np.random.Generator) -> Wave:
    frames = round(1.0 * RATE)
    time = seconds(frames)
    hertz = 78.0 * 2 ** ((pitch - 41) / 12) * (1 + 0.55 * np.exp(-time / 0.035))
    body = np.sin(2 * np.pi * np.cumsum(hertz) / RATE) * fade(frames, 0.2)
    skin = _noise(rng, frames, low=400.0, high=4_000.0) * fade(frames, 0.03) * 0.25
    return _softened(np.tanh((body + skin) * kit.kick_drive * 0.7), 0.0008)


def _crash(_kit: Kit, _pitch: int, rng: np.random.Generator) -> Wave:
    frames = round(2.6 * RATE)
    wash = _noise(rng, frames, low=3_200.0) * (
        0.75 * fade(frames, 0.55) + 0.25 * fade(frames, 0.08)
    )
    return _softened(wash + 0.35 * _metal(frames, 2.1, 4_000.0) * fade(frames, 0.4), 0.001)


def _ride(_kit: Kit, _pitch: int, rng: np.random.Generator) -> Wave:
    frames = round(1.6 * RATE)
    ping = _metal(frames, 1.9, 4_200.0) * (fade(frames, 0.35) + fade(frames, 0.02))
    return _softened(
        0.7 * ping + 0.3 * _noise(rng, frames, low=6_000.0) * fade(frames, 0.25), 0.0005
    )


def _shaker(_kit: Kit, _pitch: int, rng: np.random.Generator) -> Wave:
    frames = round(0.16 * RATE)
    rise = np.minimum(1, seconds(frames) / np.float32(0.02))
    hiss = _noise(rng, frames, low=5_500.0, high=12_000.0)
    return np.asarray(1.5 * hiss * rise * fade(frames, 0.03), np.float32)


def _rim(_kit: Kit, pitch: int, rng: np.random.Generator) -> Wave:
    frames = round(0.12 * RATE)
    time = seconds(frames)
    pitched = 1_000.0 if pitch == 37 else 300.0 * 2 ** ((pitch - 60) / 12)  # noqa: PLR2004 - GM side stick
    tone = np.sin(2 * np.pi * pitched * time) + 0.6 * np.sin(2 * np.pi * 1.62 * pitched * time)
    knock = _noise(rng, frames, low=1_500.0) * fade(frames, 0.004)
    return _softened(0.6 * tone * fade(frames, 0.02) + 0.6 * knock, 0.0004)


_SOUNDS: dict[str, tuple[Callable[[Kit, int, np.random.Generator], Wave], float, float]] = {
    # sound: who makes it, level, pan
    "kick": (_kick, 1.0, 0.0),
    "snare": (_snare, 0.8, 0.0),
    "clap": (_clap, 0.7, 0.05),
    "closed hat": (_hat(1.0), 0.28, 0.3),
    "open hat": (_hat(6.0), 0.25, 0.3),
    "tom": (_tom, 0.6, -0.2),
    "crash": (_crash, 0.34, -0.3),
    "ride": (_ride, 0.22, 0.35),
    "shaker": (_shaker, 0.28, -0.35),
    "rim": (_rim, 0.4, 0.15),
}

_KEYS = {
    **dict.fromkeys((35, 36), "kick"),
    **dict.fromkeys((38, 40), "snare"),
    39: "clap",
    **dict.fromkeys((42, 44), "closed hat"),
    46: "open hat",
    **dict.fromkeys((41, 43, 45, 47, 48, 50), "tom"),
    **dict.fromkeys((49, 52, 55, 57), "crash"),
    **dict.fromkeys((51, 53, 59), "ride"),
    **dict.fromkeys((54, 69, 70, 82), "shaker"),
}


def _family(key: int) -> str:
    return _KEYS.get(key, "rim")


def _closes(cues: Sequence[Cue]) -> dict[int, int]:
    """Say after how many frames an open hat is closed by the next one, by its number."""
    closes: dict[int, int] = {}
    last: int | None = None
    for number, cue in enumerate(cues):
        if "hat" in _family(cue.pitch):
            if last is not None and _family(cues[last].pitch) == "open hat":
                closes[last] = cue.frame - cues[last].frame
            last = number
    return closes


def _choked(hit: Samples, frames: int) -> Samples:
    end = min(frames + _CHOKE_FRAMES, hit.shape[1])
    start = min(frames, end)
    short = hit[:, :end].copy()
    short[:, start:] *= np.linspace(1, 0, end - start, dtype=np.float32)
    return short


def _noise(rng: np.random.Generator, frames: int, *, low: float, high: float | None = None) -> Wave:
    edges = [high_pass(low)] + ([low_pass(high)] if high else [])
    white = rng.standard_normal((1, frames), dtype=np.float32) * np.float32(0.5)
    noise: Wave = equalise(white, *edges)[0]
    return noise


def _metal(frames: int, scale: float, low: float) -> Wave:
    time = seconds(frames)
    squares = sum(np.sign(np.sin(2 * np.pi * scale * hertz * time)) for hertz in _METAL_HZ)
    ring = np.asarray(squares, dtype=np.float32)[None] / np.float32(len(_METAL_HZ))
    bright: Wave = equalise(ring, high_pass(low), high_pass(low))[0]
    return bright


def _softened(wave: Wave, attack_seconds: float) -> Wave:
    """Take the click off the start and the step off the end."""
    start = round(attack_seconds * RATE)
    end = len(wave) // 8
    soft = np.array(wave, np.float32)
    soft[:start] *= np.linspace(0, 1, start, dtype=np.float32)
    soft[-end:] *= np.linspace(1, 0, end, dtype=np.float32)
    return soft
