"""SoundFont: plays General MIDI instruments from sampled sounds.

A static filter and the volume envelope, as the bank asks for them; on top, what makes samples feel
played: softer notes are darker, and no two strokes in a row start and sound quite alike.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import soxr  # type: ignore[import-untyped]  # it ships no types
from numpy.typing import NDArray

from studio.audio.eq import equalise, high_pass, low_pass
from studio.audio.samples import RATE, Samples
from studio.engine.playing.cues import Cue
from studio.engine.playing.sf2 import SoundFont, Zone

DRUM_BANK = 128

_STROKES = 2  # Different ways to strike the same note.
_STROKE_CENTS = 2.0
_STROKE_START_SECONDS = 0.0012
_SHADES = 6  # Brightnesses by velocity.
_SHADE_CENTS = 3_200.0
_OPEN_CENTS = 13_500
_WIDE_OPEN_CENTS = 14_800  # Where shading starts from in a zone without a filter.
_STEADY_CENTS = 100.0
# Cubic. Better quality takes away the images above the band of low-rate samples, which are the
# brilliance that banks were made to have.
_INTERPOLATION = "QQ"
_NO_TIME = -12_000  # Timecents that mean at once.
_ONE_SHOT_SECONDS = 4.0
_LONGEST_RELEASE_SECONDS = 2.0
_CHOKE_SECONDS = 0.03
# Creative's chips, for which banks are made, attenuate by 0.4 of what the file says.
_ATTENUATION = 0.04

Wave = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Stroke:
    """All that decides how a note sounds, apart from its length and loudness."""

    zone: int
    pitch: int
    stroke: int
    shade: int


def play_preset(
    bank: SoundFont,
    program: int,
    cues: Sequence[Cue],
    frames: int,
    rng: np.random.Generator,
    *,
    drums: bool = False,
) -> Samples:
    """Play `cues` on one preset.

    Parameters
    ----------
    bank
        Where the sounds are.
    program
        0 to 127. A program that the bank lacks is played on the nearest below it.
    cues
        In rising order.
    frames
        Length of the result.
    rng
        Which strokes are taken.
    drums
        Whether `program` is a drum kit; its sounds ring out by themselves.

    Returns
    -------
    `float32 (2, frames)`.
    """
    zones = _zones(bank, program, DRUM_BANK if drums else 0)
    strokes: dict[_Stroke, list[Cue]] = defaultdict(list)
    for cue, stroke in zip(cues, rng.integers(_STROKES, size=len(cues)), strict=True):
        shade = cue.velocity * _SHADES // 128
        for number, zone in enumerate(zones):
            if zone.sounds_for(cue.pitch, cue.velocity):
                strokes[_Stroke(number, cue.pitch, int(stroke), shade)].append(cue)
    sound = np.zeros((2, frames), dtype=np.float32)
    cuts = _cuts(zones, cues) if drums else {}
    for stroke, struck in strokes.items():
        _play_stroke(sound, bank, zones[stroke.zone], stroke, _held(struck, cuts, drums))
    # Some banks' loops carry direct current.
    return equalise(sound, high_pass(20.0))


def _zones(bank: SoundFont, program: int, number: int) -> tuple[Zone, ...]:
    if found := bank.presets.get((number, program)):
        return found
    below = [place for place in bank.presets if place[0] == number and place[1] <= program]
    return bank.presets[max(below)] if below else next(iter(bank.presets.values()))


def _cuts(zones: Sequence[Zone], cues: Sequence[Cue]) -> dict[Cue, int]:
    """Say which open cymbals are closed by a later stroke, and when."""
    classes = {
        cue: zone.amount(57)
        for cue in cues
        for zone in zones
        if zone.amount(57) and zone.sounds_for(cue.pitch, cue.velocity)
    }
    cuts, following = {}, dict[int, int]()
    for cue in reversed(cues):
        if group := classes.get(cue):
            if group in following:
                cuts[cue] = following[group] - cue.frame
            following[group] = cue.frame
    return cuts


def _held(struck: Sequence[Cue], cuts: dict[Cue, int], drums: bool) -> list[tuple[Cue, int]]:
    if not drums:
        return [(cue, cue.frames) for cue in struck]
    return [(cue, cuts.get(cue, round(_ONE_SHOT_SECONDS * RATE))) for cue in struck]


def _play_stroke(
    sound: Samples, bank: SoundFont, zone: Zone, stroke: _Stroke, held: Sequence[tuple[Cue, int]]
) -> None:
    """Add every note of one stroke to `sound`."""
    release = _release(zone)
    wave = _wave(bank, zone, stroke, max(length for _, length in held) + len(release))
    envelope = _envelope(zone, stroke.pitch, len(wave))
    gains = _gains(zone)
    for cue, length in held:
        note = wave[: length + len(release)] * envelope[: length + len(release)]
        if (tail := len(note) - length) > 0:
            note[length:] = wave[length : length + tail] * envelope[length] * release[:tail]
        # Velocity to attenuation is a square law (section 8.4.1).
        level = (cue.velocity / 127) ** 2
        end = min(cue.frame + len(note), sound.shape[1])
        for side, gain in zip(sound, gains, strict=True):
            side[cue.frame : end] += note[: end - cue.frame] * np.float32(gain * level)


def _wave(bank: SoundFont, zone: Zone, stroke: _Stroke, frames: int) -> Wave:
    """Return the sample at the pitch of a note, looped to `frames` or as long as it lasts."""
    cents = (stroke.pitch - zone.root) * zone.amount(56) + zone.tune_cents
    cents += _STROKE_CENTS * (2 * stroke.stroke / (_STROKES - 1) - 1)
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
    softness = 1 - (shade + 1) / _SHADES
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
    time = np.arange(frames, dtype=np.float32) / np.float32(RATE)
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


def _envelope(zone: Zone, pitch: int, frames: int) -> Wave:
    """Return the volume while the key is held: delay, attack, hold, decay, sustain."""
    delay, attack = _seconds(zone.amount(33)), max(_seconds(zone.amount(34)), 0.001)
    hold = _seconds(zone.amount(35) + zone.amount(39) * (60 - pitch))
    decay = _seconds(zone.amount(36) + zone.amount(40) * (60 - pitch))
    sustain_db = -min(max(zone.amount(37), 0), 1_000) / 10
    time = np.arange(frames, dtype=np.float32) / np.float32(RATE) - np.float32(delay)
    rise = np.clip(time / np.float32(attack), 0, 1)
    fall_db = np.maximum((time - (attack + hold)) * (-100 / max(decay, 0.001)), sustain_db)
    envelope: Wave = rise * np.exp(np.minimum(fall_db, 0) * np.float32(np.log(10) / 20))
    return envelope.astype(np.float32)


def _release(zone: Zone) -> Wave:
    seconds = min(max(_seconds(zone.amount(38)), _CHOKE_SECONDS), _LONGEST_RELEASE_SECONDS)
    # 100 dB in that time; after 60 nobody hears the rest.
    time = np.linspace(0, 0.7, round(0.7 * seconds * RATE), dtype=np.float32)
    fade: Wave = np.exp(time * np.float32(-100 * np.log(10) / 20))
    return fade


def _gains(zone: Zone) -> tuple[float, float]:
    level = 10 ** (-zone.amount(48) * _ATTENUATION / 20)
    angle = (min(max(zone.amount(17) / 1_000, -0.5), 0.5) + 0.5) * np.pi / 2
    return level * float(np.cos(angle)), level * float(np.sin(angle))


def _seconds(timecents: int) -> float:
    return float(2 ** (timecents / 1_200)) if timecents > _NO_TIME else 0.0
