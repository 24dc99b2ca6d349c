"""Strokes: one note of a SoundFont zone as a wave, and the curves of its loudness.

A static filter (or its passage from bright to dark) and the volume envelope, as the bank asks for
them; on top, what makes samples feel played: softer notes are darker, and no two strokes in a row
start and sound quite alike.
"""

from dataclasses import dataclass

import numpy as np
import soxr

from studio.audio.samples import RATE
from studio.audio.shaping.eq import equalise, low_pass
from studio.engine.playing.sf2 import SoundFont, Zone
from studio.engine.playing.tones import Wave, seconds, vibrato

STROKES = 2
"""Different ways to strike the same note."""

SHADES = 6
"""Brightnesses by velocity."""

_STROKE_CENTS = 2.0
_STROKE_START_SECONDS = 0.0012
_SHADE_CENTS = 3_200.0
_OPEN_CENTS = 13_500
_WIDE_OPEN_CENTS = 14_800  # Where shading starts from in a zone without a filter.
_STEADY_CENTS = 100.0
_NO_TIME = -12_000  # Timecents that mean at once.
# Cubic. Better quality takes away the images above the band of low-rate samples, which are the
# brilliance that banks were made to have.
_INTERPOLATION = "QQ"
_SHORTEST_RELEASE_SECONDS = 0.03
_LONGEST_RELEASE_SECONDS = 2.0
# Creative's chips, for which banks are made, attenuate by 0.4 of what the file says.
_ATTENUATION = 0.04
_VIBRATO_SEMITONES = 0.14


@dataclass(frozen=True, slots=True)
class Stroke:
    """All that decides how a note sounds, apart from its length and loudness."""

    zone: int
    pitch: int
    stroke: int
    """Below `STROKES`."""
    shade: int
    """Below `SHADES`."""


def wave_of(bank: SoundFont, zone: Zone, stroke: Stroke, frames: int) -> Wave:
    """Return the sample at the pitch of a note, looped to `frames` or as long as it lasts."""
    cents = (stroke.pitch - zone.root) * zone.amount(56) + zone.tune_cents
    cents += _STROKE_CENTS * (2 * stroke.stroke / (STROKES - 1) - 1)
    speed = zone.rate / RATE * 2 ** (cents / 1_200)
    skip = round(stroke.stroke * _STROKE_START_SECONDS * zone.rate) if zone.loop else 0
    raw = _looped(bank, zone, skip, round(frames * speed) + 64)
    wave: Wave = soxr.resample(raw, RATE * speed, RATE, _INTERPOLATION)[:frames]
    ramp = min(16, len(wave))
    if skip:
        wave[:ramp] *= np.linspace(0, 1, ramp, dtype=np.float32)
    return _filtered(zone, wave, stroke.shade)


def _filtered(zone: Zone, wave: Wave, shade: int) -> Wave:
    """Send a wave through the zone's low-pass, darker for softer shades.

    A filter that moves is drawn as a passage from its bright to its dark end.
    """
    softness = 1 - (shade + 1) / SHADES
    cutoff, sweep = zone.amount(8), zone.amount(11)
    base = (cutoff if cutoff < _OPEN_CENTS else _WIDE_OPEN_CENTS) - _SHADE_CENTS * softness
    if sweep == 0:
        return _low_passed(zone, wave, base)
    course = _modulation(zone, len(wave))
    start, end = base + sweep * float(course.max()), base + sweep * float(course[-1])
    bright = _low_passed(zone, wave, start)
    if abs(start - end) < _STEADY_CENTS:
        return bright
    part = np.clip((course - course[-1]) / (course.max() - course[-1]), 0, 1)
    # Mixed in level, but to be heard as moving in pitch.
    part = part ** np.float32(0.6)
    return np.asarray(bright * part + _low_passed(zone, wave, end) * (1 - part), np.float32)


def _low_passed(zone: Zone, wave: Wave, cutoff_cents: float) -> Wave:
    if cutoff_cents >= _OPEN_CENTS:
        return wave
    # Cents count from 8.176 Hz, Q in tenths of a decibel above a flat knee.
    q = 0.7071 * 10 ** (min(zone.amount(9), 200) / 200)
    darker: Wave = equalise(wave[None], low_pass(8.176 * 2 ** (cutoff_cents / 1_200), q=q))[0]
    return darker


def _modulation(zone: Zone, frames: int) -> Wave:
    """Return the modulation envelope, 0 to 1: what the filter follows."""
    attack, hold = _seconds(zone.amount(26)), _seconds(zone.amount(27))
    decay, sustain = _seconds(zone.amount(28)), 1 - min(max(zone.amount(29), 0), 1_000) / 1_000
    time = seconds(frames)
    rise = np.clip((time + 1e-4) / max(attack, 1e-4), 0, 1)
    fall = np.clip(1 - (time - attack - hold) / max(decay, 1e-3), sustain, 1)
    return np.asarray(rise * fall, np.float32)


def _looped(bank: SoundFont, zone: Zone, skip: int, frames: int) -> Wave:
    """Return `frames` of the sample as recorded, going round its loop as often as need be."""
    if zone.loop is None:
        raw = bank.samples[zone.start : min(zone.end, zone.start + frames)]
    else:
        start, end = zone.loop
        head = bank.samples[zone.start + skip : end]
        turns = max(0, -(-(frames - len(head)) // (end - start)))
        raw = np.concatenate([head, np.tile(bank.samples[start:end], turns)])[:frames]
    return np.asarray(raw, np.float32) * np.float32(1 / 32_768)


def envelope_of(zone: Zone, pitch: int, frames: int) -> Wave:
    """Return the volume while the key is held: delay, attack, hold, decay, sustain."""
    delay, attack = _seconds(zone.amount(33)), max(_seconds(zone.amount(34)), 0.001)
    hold = _seconds(zone.amount(35) + zone.amount(39) * (60 - pitch))
    decay = _seconds(zone.amount(36) + zone.amount(40) * (60 - pitch))
    sustain_db = -min(max(zone.amount(37), 0), 1_000) / 10
    time = seconds(frames) - np.float32(delay)
    rise = np.clip(time / np.float32(attack), 0, 1)
    fall_db = np.maximum((time - (attack + hold)) * (-100 / max(decay, 0.001)), sustain_db)
    envelope: Wave = rise * np.exp(np.minimum(fall_db, 0) * np.float32(np.log(10) / 20))
    return envelope.astype(np.float32)


def release_of(zone: Zone) -> Wave:
    """Return how a note dies away once the key is let go, from 1."""
    length = min(
        max(_seconds(zone.amount(38)), _SHORTEST_RELEASE_SECONDS), _LONGEST_RELEASE_SECONDS
    )
    # 100 dB in that time; after 60 nobody hears the rest.
    time = np.linspace(0, 0.7, round(0.7 * length * RATE), dtype=np.float32)
    fade: Wave = np.exp(time * np.float32(-100 * np.log(10) / 20))
    return fade


def gains_of(zone: Zone) -> tuple[float, float]:
    """Return the gains of the two sides, by attenuation and pan."""
    level = 10 ** (-zone.amount(48) * _ATTENUATION / 20)
    angle = (min(max(zone.amount(17) / 1_000, -0.5), 0.5) + 0.5) * np.pi / 2
    return level * float(np.cos(angle)), level * float(np.sin(angle))


def _seconds(timecents: int) -> float:
    return float(2 ** (timecents / 1_200)) if timecents > _NO_TIME else 0.0


def swayed(wave: Wave, hertz: float) -> Wave:
    """Return a held note with a vibrato, as players of strings and winds let it bloom."""
    bend = vibrato(len(wave), semitones=_VIBRATO_SEMITONES, hertz=hertz, delay=0.22)
    places = np.cumsum(np.exp2(bend / np.float32(12)), dtype=np.float64)
    places = np.minimum(places - places[0], len(wave) - 2)
    whole = places.astype(np.int32)
    part = (places - whole).astype(np.float32)
    return np.asarray(wave[whole] * (1 - part) + wave[whole + 1] * part, np.float32)
