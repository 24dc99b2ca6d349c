"""Tags: a few words about a sound, made into a rich description that means the same to the band."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from studio.engine.brief import Brief
from studio.engine.writing.chance import Rng, stream
from studio.engine.writing.reading import Decision, Wish, decide, read_brief

SOUNDS = 3
"""Instruments that are named."""
MOODS, PRODUCTIONS = 2, 2
CALM, WILD = -0.1, 0.1


class Sound(BaseModel):
    """What is said of a style."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sounds: tuple[str, ...]
    production: tuple[str, ...]


class Phrases(BaseModel):
    """What there is to say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    moods: Mapping[str, tuple[str, ...]]
    voices: Mapping[str, tuple[str, ...]]
    styles: Mapping[str, Sound]


@lru_cache
def phrases() -> Phrases:
    """Return all phrases."""
    text = files("studio.engine.writing").joinpath("tags.toml").read_text(encoding="utf-8")
    return Phrases.model_validate(tomllib.loads(text))


def upsampled(tags: str, seed: int, *, most: int) -> tuple[str, str]:
    """Return two rich descriptions of a sound.

    Parameters
    ----------
    tags
        A few words, which stay as they are and come first; not longer than `most`.
    seed
        Another number, other words.
    most
        Characters of a result.
    """
    one, other = (_grown(tags, seed, version, most) for version in (0, 1))
    return one, other


def meaning(wish: Wish, asked: Wish) -> tuple[object, ...]:
    """Return what of a reading may not change when words are added to what was asked."""
    return (
        wish.style.name,
        wish.mode,
        wish.key,
        (wish.energy > 0) - (wish.energy < 0),
        wish.instrumental,
        wish.unwanted,
        asked.voice and wish.voice,
        asked.tempo_bpm and wish.tempo_bpm,
        not set(asked.wanted) - set(wish.wanted),
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """A description that grows."""

    tags: tuple[str, ...]
    asked: Wish
    most: int

    def plus(self, phrase: str) -> "_Text":
        """Return the text with a phrase, or as it is if that would be too long or mean more."""
        longer = replace(self, tags=(*self.tags, phrase))
        if phrase.casefold() in str(self).casefold() or len(str(longer)) > self.most:
            return self
        if set(read_brief(Brief(style=phrase)).wanted) & set(self.asked.unwanted):
            return self
        wish = read_brief(Brief(style=str(longer)))
        return longer if meaning(wish, self.asked) == meaning(self.asked, self.asked) else self

    def __str__(self) -> str:
        return ", ".join(self.tags)


def _grown(tags: str, seed: int, version: int, most: int) -> str:
    asked = read_brief(Brief(style=tags))
    decision = decide(asked, Brief(style=tags), seed + version)
    kept = tuple(part for part in (tags.strip().rstrip(","),) if part)
    text = _Text(kept, asked, most)
    for group, wanted in _groups(asked, decision, version):
        rng = stream(seed, f"tags {group[0]}")
        text = _with(text, _from(group, rng, version * wanted), wanted)
    return str(text)


def _groups(asked: Wish, decision: Decision, version: int) -> Iterator[tuple[Sequence[str], int]]:
    """Give what can be said, in order, and how many things of it."""
    known, sound = phrases(), phrases().styles[decision.style.name]
    yield (decision.style.words[0],), 1
    leanings = {"minor": "dark", "major": "bright"}
    if asked.mode:
        yield known.moods[leanings[asked.mode]], 1
    if not CALM <= asked.energy <= WILD:
        yield known.moods["calm" if asked.energy < 0 else "wild"], 1
    if not asked.tempo_bpm:
        yield (f"{round(decision.tempo_bpm)} bpm",), 1
    yield sound.sounds, SOUNDS
    if not asked.instrumental and not asked.voice:
        yield known.voices[("female", "male")[(decision.voice == "male") ^ bool(version)]], 1
    yield sound.production, PRODUCTIONS
    yield known.moods["any"], 1


def _from(group: Sequence[str], rng: Rng, first: int) -> Sequence[str]:
    """Return the phrases in a drawn order, from a later one for a later version."""
    drawn = [group[int(index)] for index in rng.permutation(len(group))]
    first %= len(drawn)
    return [*drawn[first:], *drawn[:first]]


def _with(text: _Text, group: Sequence[str], wanted: int) -> _Text:
    for phrase in group:
        if not wanted:
            break
        longer = text.plus(phrase)
        wanted -= longer is not text
        text = longer
    return text
