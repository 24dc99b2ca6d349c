"""Musicians: who comes along for a song; the style's own band, with guests and without some.

A guest is an instrument that was asked for: it takes the place of a player of its family, or
joins. Guests are data too, in `players.toml`.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from pydantic import Field, TypeAdapter

from studio.engine.writing.style import Bassist, Comper, Drummer, Frozen, Patterns, Soloist, Style

LAST_LEAD = ("gm:75", "synth:lead:square")
"""Who leads when every lead of the style was left out."""


class Guest(Frozen):
    """An instrument that can be asked for."""

    like: tuple[str, ...] = Field(min_length=1)
    """Sounds that are taken for it: `gm:24-31`, or the beginning of a synthesizer's name."""
    family: tuple[str, ...]
    """Names of players whose place it takes; the first is its own name when it joins."""
    instruments: tuple[str, ...]
    leads: bool = False
    """Whether it plays tunes rather than chords."""
    reach: tuple[int, int]
    gain_db: float = 0.0
    pan: float = 0.2
    reverb: float = 0.3
    voices: int = 3
    patterns: Patterns = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lineup:
    """Everybody who plays on a song."""

    drums: Drummer | None
    bass: Bassist | None
    chords: tuple[Comper, ...]
    lead: Soloist


@lru_cache
def guests() -> dict[str, Guest]:
    """Return every guest by name."""
    text = files("studio.engine.writing").joinpath("players.toml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Guest]).validate_python(tomllib.loads(text))


def line_up(style: Style, wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> Lineup:
    """Return the band of `style` with `wanted` instruments, and without `unwanted` ones."""
    lineup = Lineup(style.drums, style.bass, style.chords, style.lead)
    for name in wanted:
        if name in guests():
            lineup = _joined(lineup, guests()[name], style)
    for name in unwanted:
        lineup = _left(lineup, name)
    return lineup


def _joined(lineup: Lineup, guest: Guest, style: Style) -> Lineup:
    if guest.leads:
        lead = lineup.lead.model_copy(
            update={"instruments": guest.instruments, "reach": guest.reach}
        )
        return Lineup(lineup.drums, lineup.bass, lineup.chords, lead)
    known = next((p for p in lineup.chords if p.name in guest.family), None)
    if known is not None:
        played = known.model_copy(
            update={"instruments": guest.instruments, "gain_db": known.gain_db + 1.5}
        )
        chords = tuple(played if p is known else p for p in lineup.chords)
        return Lineup(lineup.drums, lineup.bass, chords, lineup.lead)
    new = Comper(
        name=guest.family[0],
        instruments=guest.instruments,
        gain_db=guest.gain_db,
        pan=guest.pan,
        reverb=guest.reverb,
        reach=guest.reach,
        voices=guest.voices,
        patterns=_fitting(guest.patterns, style.beats_per_bar),
    )
    return Lineup(lineup.drums, lineup.bass, (*lineup.chords, new), lineup.lead)


def _fitting(patterns: Patterns, beats_per_bar: int) -> Patterns:
    """Cut patterns of four beats to bars of another length."""
    return {
        level: tuple(
            "|".join("".join(bar.split())[: beats_per_bar * 4] for bar in way.split("|"))
            for way in ways
        )
        for level, ways in patterns.items()
    }


def _left(lineup: Lineup, name: str) -> Lineup:
    """Let an instrument go, from whoever plays it; a lead always stays, on another one."""
    guest = guests().get(name)
    chords = tuple(
        player.model_copy(update={"instruments": other})
        for player in lineup.chords
        if player.name.rstrip(" 2") != name and (other := _without(player.instruments, guest)) != ()
    )
    instruments = _without(lineup.lead.instruments, guest) or LAST_LEAD
    return Lineup(
        drums=None if name == "drums" else lineup.drums,
        bass=None if name == "bass" else lineup.bass,
        chords=chords,
        lead=lineup.lead.model_copy(update={"instruments": instruments}),
    )


def _without(instruments: tuple[str, ...], guest: Guest | None) -> tuple[str, ...]:
    if guest is None:
        return instruments
    return tuple(
        name for name in instruments if not any(_is_like(name, sound) for sound in guest.like)
    )


def _is_like(instrument: str, sound: str) -> bool:
    """Tell whether `gm:27` is among `gm:24-31`, or `synth:pad:warm` is a `synth:pad`."""
    if not sound.startswith("gm:"):
        return instrument.startswith(sound)
    first, _, last = sound.removeprefix("gm:").partition("-")
    number = instrument.removeprefix("gm:")
    return number.isdecimal() and int(first) <= int(number) <= int(last or first)
