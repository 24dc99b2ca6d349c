"""The brief: what the band is asked to play."""

from dataclasses import dataclass
from typing import Literal

from studio.engine.persona import Persona


@dataclass(frozen=True, slots=True)
class Brief:
    """What the band is asked to play; what is `None` or empty is the band's choice."""

    style: str = ""
    """Genre, mood and instruments, in free text."""
    lyrics: str = ""
    """Words with `[Section]` marks."""
    description: str = ""
    """What the song is about, when no words are given."""
    title: str = ""
    instrumental: bool = False
    voice: Literal["female", "male"] | None = None
    length_seconds: float | None = None
    """15 to 240."""
    key: str | None = None
    """For example `C minor`."""
    tempo_bpm: float | None = None
    exclude: str = ""
    """Instruments or qualities to leave out, in free text."""
    style_weight: float | None = None
    """0 to 1: 0 draws freely around the style's own values, 1 stays on them."""
    weirdness: float | None = None
    """0 to 1: how often the less usual chord, rhythm or leap is taken."""
    persona: Persona | None = None
    """Who sings; its voice goes before `voice`."""
    sections: tuple[tuple[str, float], ...] = ()
    """For music without words: `intro`, `verse`, `chorus`, `bridge`, `solo` or `outro`, and how
    many seconds each lasts, in place of `lyrics` and `length_seconds`."""
