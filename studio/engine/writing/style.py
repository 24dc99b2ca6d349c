"""Style: how a kind of music goes, as data; one TOML file for each.

A new style is a file in `studio/engine/styles` and a word in `STYLES`. The model is strict, so
that a slip in a file is told in a sentence and not heard as a strange song.
"""

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from studio.engine.writing.steps import STEPS_PER_BEAT, steps_in
from studio.errors import ToolUnfit

STYLES = (
    "pop",
    "rock",
    "jazz",
    "lo-fi",
    "house",
    "hip-hop",
    "ballad",
    "folk",
    "soul",
    "synthwave",
    "reggae",
    "bossa",
    "country",
    "metal",
    "ambient",
    "waltz",
)
"""Every style that the band knows."""

Level = Literal["soft", "main", "full"]
SectionKind = Literal["intro", "verse", "pre-chorus", "chorus", "bridge", "solo", "outro"]
Share = Annotated[float, Field(ge=0, le=1)]
Patterns = dict[Level, tuple[str, ...]]
"""Ways to play at each level of energy; a level that is missing is silent."""


class Frozen(BaseModel):
    """Data that does not change, and that knows all of its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Player(Frozen):
    """Who plays: an instrument and its place in the room."""

    name: str
    """Also the name of the stem."""
    instruments: tuple[str, ...] = Field(min_length=1)
    """One of these is taken for a take."""
    gain_db: float = 0.0
    pan: float = Field(default=0.0, ge=-1, le=1)
    reverb: Share = 0.2
    late_ms: float = 0.0
    """Where this player sits against the beat; negative is ahead of it."""
    loose_ms: float = Field(default=3.0, ge=0, le=20)
    """How far single notes stray from that place."""
    reach: tuple[int, int] = (48, 76)
    """Lowest and highest pitch."""


class Comper(Player):
    """A player of chords. Patterns: `X x o` strike the chord, `1`..`6` one voice of it."""

    voices: int = Field(default=4, ge=2, le=6)
    strum_ms: float = 0.0
    """From the first to the last note of a struck chord."""
    patterns: Patterns


class Bassist(Player):
    """A player of bass lines. Patterns: `R 3 5 7 8` chord tones, `a` leads to the next root."""

    reach: tuple[int, int] = (28, 50)
    patterns: Patterns


class Groove(Frozen):
    """One way to drum; lanes are named in `studio.engine.writing.drums`."""

    soft: dict[str, str] = {}
    main: dict[str, str]
    full: dict[str, str]


class Drummer(Player):
    """A player of drums. A fill shorter than a bar takes the end of it."""

    lanes_late_ms: dict[str, float] = {}
    """Where single drums sit against the beat."""
    grooves: tuple[Groove, ...] = Field(min_length=1)
    fills: tuple[dict[str, str], ...] = ()
    crash: bool = True
    ghosts: Share = 0.12
    """How often a soft stroke is added, for each place where one may be."""
    drop: bool = False
    """Leave the kick out just before a chorus."""
    build: bool = False
    """Roll into a chorus."""


class Soloist(Player):
    """A player of tunes: hooks, answers to the singer, solos; the whole tune without one."""

    reach: tuple[int, int] = (64, 84)
    plays: tuple[Literal["intro", "answers", "solo", "outro"], ...] = ("intro", "answers", "solo")


class Melody(Frozen):
    """How the tune goes."""

    syllables_per_second: float = 3.0
    """Comfortable; half as many again is the limit."""
    syncopation: Share = 0.3
    leaps: Share = 0.35
    """Share of lines with a leap wider than a fifth."""
    melisma: Share = 0.2
    speech: Share = 0.0
    """1 is rap: sixteenths on few pitches."""


class Harmony(Frozen):
    """Progressions as Roman numerals, bars parted by `|`, for each kind of section."""

    verse: tuple[str, ...] = Field(min_length=1)
    chorus: tuple[str, ...] = Field(min_length=1)
    bridge: tuple[str, ...] = Field(min_length=1)
    lift: tuple[str, ...] = Field(min_length=1)
    """Before a chorus."""
    before_ending: str = "V"
    ending: str
    """What the last bar holds."""


class RoomSound(Frozen):
    """Values of `studio.engine.score.Room`."""

    reverb_seconds: float = 1.4
    drive: Share = 0.0
    lowpass_hz: float | None = None
    vinyl: Share = 0.0
    width: float = 1.0
    duck_db: float = 0.0


class Style(Frozen):
    """A kind of music."""

    name: str
    words: tuple[str, ...]
    """What people call it; the first is how we show it."""
    tempo: tuple[float, float]
    swing: tuple[float, float] = (0.5, 0.5)
    swung: Literal["eighths", "sixteenths"] = "eighths"
    beats_per_bar: int = Field(default=4, ge=2, le=6)
    minor: Share = 0.4
    """Share of songs in minor."""
    seconds: float = 125.0
    """Natural length."""
    forms: tuple[str, ...] = Field(min_length=1)
    """Orders of sections for songs whose words the band writes."""
    energy: dict[SectionKind, Share] = {}
    borrowed: Share = 0.2
    """How often a chord from outside leads into a chorus."""
    melody: Melody = Melody()
    major_harmony: Harmony
    minor_harmony: Harmony
    drums: Drummer | None = None
    bass: Bassist | None = None
    chords: tuple[Comper, ...] = Field(min_length=1)
    lead: Soloist
    room: RoomSound = RoomSound()

    @model_validator(mode="after")
    def _bars_are_whole(self) -> Self:
        steps = self.beats_per_bar * STEPS_PER_BEAT
        for owner, pattern in self._patterns():
            if any(count != steps for count in steps_in(pattern)):
                raise ValueError(
                    f"the {owner} pattern {pattern!r} has {steps_in(pattern)} steps in its bars "
                    f"instead of {steps}."
                )
        return self

    def _patterns(self) -> list[tuple[str, str]]:
        players = [player for player in (*self.chords, self.bass) if player]
        played = [
            (player.name, pattern)
            for player in players
            for ways in player.patterns.values()
            for pattern in ways
        ]
        grooves = self.drums.grooves if self.drums else ()
        lanes = [(g.soft | g.main | g.full, (g.soft, g.main, g.full)) for g in grooves]
        return played + [
            (lane, level[lane]) for _, levels in lanes for level in levels for lane in level
        ]


@lru_cache
def load_style(name: str) -> Style:
    """Return the style called `name`, which is one of `STYLES`.

    Raises
    ------
    ValueError
        If its file does not say what a style must say.
    """
    text = files("studio.engine").joinpath("styles", f"{name}.toml").read_text(encoding="utf-8")
    return parse_style(name, text)


def parse_style(name: str, text: str) -> Style:
    """Return the style that a TOML `text` describes; see `load_style`."""
    try:
        return Style.model_validate({"name": name} | tomllib.loads(text))
    except tomllib.TOMLDecodeError as problem:
        raise ValueError(f"The style {name} is not readable as TOML: {problem}.") from problem
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "as a whole"
        raise ValueError(f"The style {name} is not playable, {place}: {first['msg']}") from problem


def style_named(text: str) -> str | None:
    """Return the name of the style that somebody typed, `None` if nothing was typed.

    Raises
    ------
    ToolUnfit
        If the band has no such style.
    """
    name = text.strip().casefold()
    if name and name not in STYLES:
        raise ToolUnfit(f"The band has no style “{text.strip()}”. It plays {', '.join(STYLES)}.")
    return name or None


def styles() -> tuple[Style, ...]:
    """Return every style, in the order of `STYLES`."""
    return tuple(load_style(name) for name in STYLES)
