"""Wanted: which noises and which players the words of a person ask for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from studio.engine.brief import Brief
from studio.engine.sounding.catalogue import noises
from studio.engine.writing.musicians import guests
from studio.engine.writing.reading import place_of, read_brief, without_refusals
from studio.engine.writing.style import styles

DRUMS, BASS, CHORDS, LEAD, ARPEGGIO, BAND, PAD = (
    "drums",
    "bass",
    "chords",
    "lead",
    "arpeggio",
    "band",
    "pad",
)
PLAYERS: Mapping[str, tuple[str, ...]] = {
    DRUMS: (
        "breakbeat",
        "break",
        "hi-hat",
        "hi-hats",
        "hats",
        "snare",
        "kick",
        "four on the floor",
    ),
    BASS: ("bass line", "sub bass", "808"),
    CHORDS: ("chords", "chord", "chord progression", "progression", "stabs", "comping"),
    ARPEGGIO: ("arpeggio", "arpeggios", "arpeggiated", "arp", "arps", "sequence", "琶音"),
    LEAD: ("melody", "lead", "riff", "hook", "tune", "solo", "旋律"),
}
"""Words for players, beside the names of instruments that the band knows anyway."""
GENERAL = frozenset({"ambience", "atmosphere", "night", "nature", "noise", "water", "space"})
"""Words for noises that are only a ground when a noise is named more exactly."""
WHOLE_BAND = ("loop", "groove", "jam", "music", "band", "jingle", "theme", "backing track", "音乐")
"""Words that ask for everybody, where nobody is named."""
COLOURS = ("cinematic", "orchestral", "synth", "synthesizer", "deep bass", "beat")
"""Words that say how a noise is, rather than who plays along with it."""

NOBODY_KNOWS = (
    "The description names no noise and no instrument that the band knows, so that it plays a pad "
    "in the mood of the words."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be heard."""

    noises: tuple[str, ...]
    """By the names of the catalogue, in its order."""
    players: tuple[str, ...]
    """Of `PLAYERS`, `BAND`, or instruments by the names of `players.toml`."""
    note: str = ""


def wanted_in(description: str) -> Wanted:
    """Return what the words ask for; what nobody knows is a pad, and said so."""
    text = without_refusals(description.casefold())
    found, rest = _noises_in(text)
    if found:
        rest = _without(rest, COLOURS)
    players = _players_in(rest)
    if found or players:
        return Wanted(found, players)
    asks_for_music = any(place_of(word, text) >= 0 for word in WHOLE_BAND)
    if asks_for_music or read_brief(Brief(style=text)).named:
        return Wanted((), (BAND,))
    return Wanted((), (PAD,), NOBODY_KNOWS)


def _noises_in(text: str) -> tuple[tuple[str, ...], str]:
    """Return the noises that are named, and the text without their names."""
    # “New wave” is a style and no sea.
    rest = _without(text, [word for style in styles() for word in style.words if " " in word])
    known = {word for noise in noises().values() for word in noise.words}
    asked: set[str] = set()
    for word in [*sorted(known - GENERAL, key=len, reverse=True), *sorted(GENERAL)]:
        if place_of(word, rest) >= 0 and not (asked and word in GENERAL):
            asked |= {name for name, noise in noises().items() if word in noise.words}
            rest = _without(rest, (word,))
    if not asked:
        rest = text
    return tuple(name for name in noises() if name in asked), rest


def _players_in(text: str) -> tuple[str, ...]:
    """Return who is asked to play."""
    named = [name for name, words in PLAYERS.items() if any(place_of(w, text) >= 0 for w in words)]
    wish = read_brief(Brief(style=text))
    instruments = [
        LEAD if name in guests() and guests()[name].leads else name for name in wish.wanted
    ]
    if any(name not in {DRUMS, BASS, LEAD} for name in instruments):
        # “Piano chords” are the piano's alone.
        named = [name for name in named if name != CHORDS]
    return tuple(dict.fromkeys([*named, *instruments]))


def _without(text: str, words: Iterable[str]) -> str:
    for word in words:
        at = place_of(word, text)
        while at >= 0:
            # What is written with a hyphen or without is as long.
            text = text[:at] + " , " + text[at + _length(word, text[at:]) :]
            at = place_of(word, text)
    return text


def _length(word: str, text: str) -> int:
    loose = re.match(re.escape(word).replace(r"\ ", r"[\s-]?").replace(r"\-", r"[\s-]?"), text)
    return loose.end() if loose else len(word)
