"""Families: which of the twelve stems that listeners know an instrument of the band belongs to."""

from studio.engine.balance import BACKING, VOCALS
from studio.engine.mixing import VINYL
from studio.engine.score import Part, Score

SINGER, CHOIR, FX = "vocals", "backing vocals", "fx"
FAMILIES = (
    SINGER,
    CHOIR,
    "drums",
    "bass",
    "guitar",
    "keyboard",
    "percussion",
    "strings",
    "synth",
    FX,
    "brass",
    "woodwinds",
)
"""In the order in which they are shown."""

# By the first program of each run of General MIDI. What is plucked and fretted counts as guitar, a
# harmonica as a wind, a sampled choir as a synthesiser: nobody sings its words.
_PROGRAMS = (
    (0, "keyboard"),
    (8, "percussion"),
    (15, "guitar"),
    (16, "keyboard"),
    (22, "woodwinds"),
    (23, "keyboard"),
    (24, "guitar"),
    (32, "bass"),
    (40, "strings"),
    (47, "percussion"),
    (48, "strings"),
    (52, "synth"),
    (55, FX),
    (56, "brass"),
    (64, "woodwinds"),
    (80, "synth"),
    (96, FX),
    (104, "guitar"),
    (108, "percussion"),
    (109, "woodwinds"),
    (110, "strings"),
    (111, "woodwinds"),
    (112, "percussion"),
    (120, FX),
)
_SYNTHS = {"drums": "drums", "bass": "bass", "keys": "keyboard"}
_PERCUSSION, _GUITAR = "percussion", "guitar"


def sources_of(score: Score) -> dict[str, str]:
    """Return the family of each stem that the band plays, by the stem's name."""
    found = {part.name: family_of(part.name, part) for part in score.parts}
    if score.vocal is not None and score.vocal.notes:
        found[VOCALS] = SINGER
        if score.vocal.harmony:
            found[BACKING] = CHOIR
    if score.room.vinyl > 0:
        found[VINYL] = FX
    return found


def family_of(name: str, part: Part) -> str:
    """Return one of `FAMILIES`.

    Parameters
    ----------
    name
        Of the stem.
    part
        What it plays.
    """
    if name.startswith(_PERCUSSION):
        return _PERCUSSION
    match part.instrument.split(":"):
        case ["gm", "drums", _]:
            return "drums"
        case ["gm", number]:
            return next(family for first, family in reversed(_PROGRAMS) if first <= int(number))
        # A synthesised plucked string, played by whoever plays the guitar.
        case ["synth", "pluck"] if name.startswith(_GUITAR):
            return _GUITAR
        case ["synth", kind, *_]:
            return _SYNTHS.get(kind, "synth")
    return FX
