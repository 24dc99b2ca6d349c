"""Instruments: every name that a part may carry, and who plays it.

A new instrument is one line here.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np

from studio.audio.samples import Samples
from studio.engine.playing import drums, guitar, pads, soundfont, synths
from studio.engine.playing.bank import the_bank
from studio.engine.playing.cues import Cue
from studio.engine.playing.tones import play_tones

Player: TypeAlias = Callable[[Sequence[Cue], int, np.random.Generator], Samples]
"""Plays cues into so many frames of stereo."""

SYNTHS: dict[str, Player] = {
    "synth:drums:house": partial(drums.play_kit, "house"),
    "synth:drums:hiphop": partial(drums.play_kit, "hiphop"),
    "synth:drums:lofi": partial(drums.play_kit, "lofi"),
    "synth:drums:pop": partial(drums.play_kit, "pop"),
    "synth:bass:sub": partial(play_tones, synths.sub_bass, legato=True),
    "synth:bass:saw": partial(play_tones, synths.saw_bass, legato=True),
    "synth:bass:pluck": partial(play_tones, synths.pluck_bass, legato=True),
    "synth:pad:warm": partial(play_tones, pads.pad("warm")),
    "synth:pad:strings": partial(play_tones, pads.pad("strings")),
    "synth:lead:saw": partial(play_tones, synths.saw_lead, legato=True),
    "synth:lead:square": partial(play_tones, synths.square_lead, legato=True),
    "synth:lead:bell": partial(play_tones, synths.bell),
    "synth:keys:electric": partial(play_tones, synths.electric_keys),
    "synth:pluck": partial(play_tones, synths.plucked_string),
}

_PROGRAMS = 128


def player_of(instrument: str) -> Player:
    """Return who plays `instrument`: `gm:0`..`gm:127`, `gm:drums:0`.. or one of `SYNTHS`.

    Raises
    ------
    ValueError
        If nobody plays it.
    """
    if instrument in SYNTHS:
        return SYNTHS[instrument]
    match instrument.split(":"):
        case ["gm", "drums", number] if _is_program(number):
            return partial(_play_sampled, int(number), sampled_drums=True)
        case ["gm", number] if _is_program(number):
            return partial(_play_sampled, int(number))
    raise ValueError(
        f"Nobody in the band plays {instrument!r}. Use gm:0 to gm:127, gm:drums:0, or one of "
        f"{', '.join(SYNTHS)}."
    )


def _is_program(number: str) -> bool:
    return number.isdecimal() and int(number) < _PROGRAMS


def _play_sampled(
    program: int,
    cues: Sequence[Cue],
    frames: int,
    rng: np.random.Generator,
    *,
    sampled_drums: bool = False,
) -> Samples:
    if program in guitar.AMPLIFIERS and not sampled_drums:
        return guitar.play_guitar(the_bank(), program, cues, frames, rng)
    return soundfont.play_preset(the_bank(), program, cues, frames, rng, drums=sampled_drums)
