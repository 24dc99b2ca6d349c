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


class Guest(Frozen):
    """An instrument that can be asked for."""

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
        lineup = _left(lineup, name, {name, *(guests()[name].family if name in guests() else ())})
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


def _left(lineup: Lineup, name: str, family: set[str]) -> Lineup:
    """Let a player go; somebody always stays to play the harmony, and one for the tune."""
    staying = tuple(player for player in lineup.chords if player.name not in family)
    return Lineup(
        drums=None if name == "drums" else lineup.drums,
        bass=None if name == "bass" else lineup.bass,
        chords=staying,
        lead=lineup.lead,
    )
