"""Synths: bass, leads, keys and pluck, each a function that makes one note."""

import numpy as np
import soxr

from studio.audio.samples import RATE, Samples
from studio.engine.playing.tones import (
    envelope,
    fade,
    harmonics,
    hertz_of,
    look_up,
    opening,
    phases,
    seconds,
    sweep,
    vibrato,
    wave_table,
)

_EDGES_HZ = tuple(90.0 * 2**octave for octave in range(9))
_FIRST_EDGE_HZ = _EDGES_HZ[0]


def sub_bass(pitch: int, velocity: float, held: int, _rng: np.random.Generator) -> Samples:
    """Make a round sine bass with just enough overtones to be heard on small speakers."""
    volume = envelope(held, attack=0.006, decay=0.5, sustain=0.75, release=0.12)
    cycles = phases(hertz_of(pitch), len(volume))
    pure = np.sin(2 * np.pi * cycles)
    warm = np.tanh((1.4 + 1.2 * velocity) * pure)
    return np.asarray(0.75 * warm * volume, np.float32)[None]


def saw_bass(pitch: int, velocity: float, held: int, rng: np.random.Generator) -> Samples:
    """Make a sawtooth bass whose filter snaps open and closes again."""
    volume = envelope(held, attack=0.004, decay=0.6, sustain=0.7, release=0.09)
    edge = 350 + 2_600 * velocity * fade(len(volume), 0.14) + 350 * velocity
    saw = _swept_saw(hertz_of(pitch), edge.astype(np.float32), detunes=(0.0, 7.0), rng=rng)
    sub = np.sin(2 * np.pi * phases(hertz_of(pitch), len(volume)))
    return np.asarray((0.5 * saw + 0.5 * sub) * volume, np.float32)[None]


def pluck_bass(pitch: int, velocity: float, held: int, rng: np.random.Generator) -> Samples:
    """Make a short, woody bass: a square-ish wave that darkens at once."""
    volume = envelope(held, attack=0.003, decay=0.28, sustain=0.12, release=0.1)
    edge = 180 + (900 + 2_400 * velocity) * fade(len(volume), 0.06)
    saw = _swept_saw(hertz_of(pitch), edge.astype(np.float32), detunes=(0.0,), rng=rng)
    sub = np.sin(2 * np.pi * phases(hertz_of(pitch), len(volume)))
    return np.asarray((0.6 * saw + 0.65 * sub) * volume, np.float32)[None]


def saw_lead(pitch: int, velocity: float, held: int, rng: np.random.Generator) -> Samples:
    """Make a wide lead of detuned sawtooths with a late vibrato."""
    volume = envelope(held, attack=0.012, decay=0.5, sustain=0.75, release=0.25)
    edge = (1_400 + 3_800 * velocity * (0.4 + 0.6 * fade(len(volume), 0.3))).astype(np.float32)
    bend = vibrato(len(volume), semitones=0.18, hertz=5.4, delay=0.28)
    sides = [
        _swept_saw(hertz_of(pitch), edge, detunes=cents, rng=rng, bend=bend)
        for cents in ((-9.0, 0.0, 6.0), (9.0, 0.0, -6.0))
    ]
    return np.array(sides) * volume * np.float32(0.42)


def square_lead(pitch: int, velocity: float, held: int, rng: np.random.Generator) -> Samples:
    """Make a hollow, mellow lead."""
    volume = envelope(held, attack=0.01, decay=0.4, sustain=0.8, release=0.16)
    hertz = hertz_of(pitch)
    order = harmonics(hertz)
    odd = np.where(order % 2 == 1, 1 / order, 0.12 / order)
    edge = 1_200.0 + 3_500.0 * velocity
    table = wave_table(odd / np.sqrt(1 + (order * hertz / edge) ** 4))
    bend = vibrato(len(volume), semitones=0.2, hertz=5.2, delay=0.25)
    start = float(rng.random())
    sides = [
        look_up(table, phases(hertz * cents, len(volume), start=start, bend=bend))
        for cents in (0.9985, 1.0015)
    ]
    return np.array(sides) * volume * np.float32(0.6)


def bell(pitch: int, velocity: float, held: int, rng: np.random.Generator) -> Samples:
    """Make a bell: partials of a struck bar, the high ones short."""
    frames = max(held, round(0.6 * RATE)) + round(0.7 * RATE)
    time = seconds(frames)
    sides = np.zeros((2, frames), dtype=np.float32)
    for ratio, level, length in (
        (1.0, 1.0, 1.1),
        (2.0, 0.45, 0.8),
        (3.01, 0.3 * velocity, 0.45),
        (4.2, 0.35 * velocity, 0.3),
        (6.8, 0.25 * velocity, 0.14),
    ):
        hertz = hertz_of(pitch) * ratio
        if hertz > 0.4 * RATE:
            continue
        shift = rng.random()
        # The sides beat against each other, slowly.
        beats = hertz + ratio * np.array([[-0.07], [0.07]])
        sides += (
            np.float32(level) * np.sin(2 * np.pi * (beats * time + shift)) * fade(frames, length)
        )
    strike = np.minimum(1, time / np.float32(0.002))
    curve = strike * _let_go(frames, round(0.3 * RATE))
    return np.asarray(0.4 * sides * curve, np.float32)


def electric_keys(pitch: int, velocity: float, held: int, rng: np.random.Generator) -> Samples:
    """Make an electric piano by frequency modulation: a mellow tone and a tine that is struck."""
    volume = envelope(held, attack=0.003, decay=1.1, sustain=0.12, release=0.22)
    time = seconds(len(volume))
    base = np.float32(2 * np.pi * hertz_of(pitch)) * time
    bark = (0.25 + 1.6 * velocity**2) * fade(len(volume), 0.35)
    tine = 0.22 * velocity * fade(len(volume), 0.06) * np.sin(np.float32(14.0) * base)
    tone = np.sin(base + bark * np.sin(base) + tine) + 0.2 * np.sin(2 * base) * fade(
        len(volume), 0.4
    )
    # A slow tremolo from side to side, as the suitcase models have it.
    sway = 0.16 * np.sin(2 * np.pi * (4.6 * time + rng.random()))
    return np.array([tone * (1 + sway), tone * (1 - sway)], dtype=np.float32) * volume * 0.5


def plucked_string(pitch: int, velocity: float, held: int, rng: np.random.Generator) -> Samples:
    """Make a plucked string, after Karplus and Strong, in closed form.

    Their loop filters one period of noise again with every turn; in the frequency domain the turn
    number is an exponent, so that all turns are computed at once.
    """
    hertz = hertz_of(pitch)
    tail = round(0.25 * RATE)
    period = max(16, round(RATE / hertz))
    turns = max(2, round((held + tail) * hertz / RATE) + 2)
    order = np.arange(period // 2 + 1)
    place = np.abs(np.sin(np.pi * order * 0.18)) / np.maximum(order, 1) ** (1.1 - 0.4 * velocity)
    pick = place * np.exp(2j * np.pi * rng.random(order.size))
    pick[0] = 0
    loss = np.cos(np.pi * order / period) ** 0.9 * 10 ** (-3 / (hertz * 2.6))
    cycles = np.fft.irfft(pick * np.abs(loss) ** np.arange(turns)[:, None], n=period)
    raw = cycles.reshape(-1).astype(np.float32)
    raw *= np.float32(0.5 / max(float(np.abs(raw).max()), 1e-9))
    wave = soxr.resample(raw, RATE, RATE * RATE / hertz / period, "HQ")[: held + tail]
    wave[:40] *= np.linspace(0, 1, 40, dtype=np.float32)
    return np.asarray(wave * _let_go(len(wave), min(tail, len(wave))), np.float32)[None]


def _swept_saw(
    hertz: float,
    edge_hz: Samples,
    *,
    detunes: tuple[float, ...],
    rng: np.random.Generator,
    bend: Samples | None = None,
) -> Samples:
    """Return detuned sawtooths (cents) through a low-pass that moves frame by frame."""
    tables = opening(1 / harmonics(hertz), hertz, _EDGES_HZ)
    rows = np.log2(edge_hz / np.float32(_FIRST_EDGE_HZ))
    total = np.zeros(len(edge_hz), dtype=np.float32)
    for cents in detunes:
        start = float(rng.random()) if len(detunes) > 1 else 0.0
        cycles = phases(hertz * 2 ** (cents / 1_200), len(edge_hz), start=start, bend=bend)
        total += sweep(tables, cycles, rows)
    return total / np.float32(np.sqrt(len(detunes)))


def _let_go(frames: int, tail: int) -> Samples:
    curve = np.ones(frames, dtype=np.float32)
    curve[-tail:] = np.linspace(1, 0, tail, dtype=np.float32) ** 2
    return curve
