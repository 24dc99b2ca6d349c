"""SoundFont: plays General MIDI instruments from sampled sounds.

Notes that are alike but for length and loudness share one wave, which is what makes it fast.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from studio.audio.samples import RATE, Samples
from studio.audio.shaping.eq import equalise, high_pass
from studio.engine.playing.cues import Cue
from studio.engine.playing.sf2 import SoundFont, Zone
from studio.engine.playing.strokes import (
    SHADES,
    STROKES,
    Stroke,
    envelope_of,
    gains_of,
    release_of,
    swayed,
    wave_of,
)
from studio.engine.playing.tones import Wave, add

Sway: TypeAlias = Callable[[Wave, int], Wave]

DRUM_BANK = 128

SOLOISTS = frozenset({40, 41, 42, 56, 57, 59, 64, 65, 66, 67, 68, 70, 72, 73, 74, 75, 77})
"""Programs of strings and winds that are played with vibrato."""

_ONE_SHOT_SECONDS = 4.0
_SWAY_SECONDS = 0.35  # Shorter notes are over before a vibrato begins.
_SWAY_HZ = (4.9, 5.7)


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
    strokes: dict[Stroke, list[Cue]] = defaultdict(list)
    for cue, stroke in zip(cues, rng.integers(STROKES, size=len(cues)), strict=True):
        shade = cue.velocity * SHADES // 128
        for number, zone in enumerate(zones):
            if zone.sounds_for(cue.pitch, cue.velocity):
                strokes[Stroke(number, cue.pitch, int(stroke), shade)].append(cue)
    sound = np.zeros((2, frames), dtype=np.float32)
    cuts = _cuts(zones, cues) if drums else {}
    sway = _sway(rng, solo=program in SOLOISTS and not drums)
    for stroke, struck in strokes.items():
        zone, held = zones[stroke.zone], _held(struck, cuts, drums)
        longest = max(length for _, length in held) + len(release_of(zone))
        wave = wave_of(bank, zone, stroke, longest)
        _play_stroke(sound, wave, zone, held, sway)
    # Some banks' loops carry direct current.
    return equalise(sound, high_pass(20.0))


def _sway(rng: np.random.Generator, *, solo: bool) -> Sway:
    """Return what gives a note of so many frames its vibrato, if it has any."""

    def sway(wave: Wave, held: int) -> Wave:
        if not solo or held < _SWAY_SECONDS * RATE:
            return wave
        return swayed(wave, float(rng.uniform(*_SWAY_HZ)))

    return sway


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
    sound: Samples,
    wave: Wave,
    zone: Zone,
    held: Sequence[tuple[Cue, int]],
    sway: Sway,
) -> None:
    """Add every note of one stroke to `sound`."""
    release = release_of(zone)
    envelope = envelope_of(zone, held[0][0].pitch, len(wave))
    gains = np.array(gains_of(zone), dtype=np.float32)[:, None]
    for cue, length in held:
        raw = sway(wave[: length + len(release)], length)
        note = raw * envelope[: len(raw)]
        if (tail := len(note) - length) > 0:
            note[length:] = raw[length:] * envelope[length] * release[:tail]
        # Velocity to attenuation is a square law (section 8.4.1).
        add(sound, note * gains, cue.frame, (cue.velocity / 127) ** 2)
