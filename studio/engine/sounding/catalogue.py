"""The catalogue: every noise that can be had, the words that ask for it, and how it is made.

A new noise is a function and a line here, and its words in `noises.toml`.
"""

import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from studio.audio.samples import Samples
from studio.engine.sounding import creatures, effects, things, weather
from studio.engine.sounding.scene import Scene
from studio.engine.writing.chance import Rng

Maker: TypeAlias = Callable[[Scene, Rng], Samples]
"""Fills a scene, `float32 (2, frames)`; the level is the mixer's work."""

MAKERS: dict[str, Maker] = {
    "rain": weather.rain,
    "thunder": weather.thunder,
    "wind": weather.wind,
    "waves": weather.waves,
    "stream": weather.stream,
    "drops": weather.drops,
    "fire": weather.fire,
    "birds": creatures.birds,
    "crickets": creatures.crickets,
    "heartbeat": creatures.heartbeat,
    "footsteps": creatures.footsteps,
    "applause": creatures.applause,
    "clock": things.clock,
    "bell": things.bell,
    "chimes": things.chimes,
    "beep": things.beep,
    "siren": things.siren,
    "engine": things.engine,
    "vinyl": things.vinyl,
    "static": things.static,
    "riser": effects.riser,
    "fall": effects.fall,
    "impact": effects.impact,
    "whoosh": effects.whoosh,
    "laser": effects.laser,
    "drone": effects.drone,
}
"""By name."""


class Noise(BaseModel):
    """What is known of a noise."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: tuple[str, ...] = Field(min_length=1)
    """In small letters; a word may ask for several noises."""
    seconds: float = Field(default=12.0, ge=2, le=22)
    """How long it lasts when nobody says."""
    lufs: float = -20.0
    """How loud it is among others."""
    is_event: bool = False
    """Whether it begins at once and dies away by itself, rather than going on."""
    has_pitch: bool = False
    """Whether the key is heard in it."""


@lru_cache
def noises() -> Mapping[str, Noise]:
    """Return every noise by name."""
    text = files("studio.engine.sounding").joinpath("noises.toml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Noise]).validate_python(tomllib.loads(text))
