"""What was asked for, in words: every field of a request that somebody filled in."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from studio.errors import NotFound
from studio.songs import SongRequest
from studio.ui.abilities import ABILITIES
from studio.ui.opened import studio
from studio.ui.song.titles import titles_of
from studio.ui.words import clock, plain, shortened

LETTERS = 300


def _persona(told: Any) -> str:
    try:
        return studio().persona(str(told)).name
    except NotFound:
        return "a persona that is gone"


def _window(told: Any) -> str:
    return f"{clock(told['start'])} to {clock(told['end'])}"


def _share(told: Any) -> str:
    return f"{told:.0%}"


def _tempo(told: Any) -> str:
    return f"{told} bpm"


def _form(told: Any) -> str:
    return ", ".join(f"{part['name']} {part['seconds']:g} s" for part in told)


def _choices(told: Any) -> str:
    return "; ".join(f"{name}: {', '.join(chosen)}" for name, chosen in told.items())


def _yes(told: Any) -> str:
    return "yes" if told else "no"


def _text(told: Any) -> str:
    return shortened(str(told), letters=LETTERS)


FIELDS: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "name": ("Name", _text),
    "title": ("Title", _text),
    "description": ("Described as", _text),
    "style": ("Style", _text),
    "lyrics": ("Words", _text),
    "instrumental": ("Without singing", _yes),
    "voice": ("Voice", _text),
    "persona": ("Sung by", _persona),
    "length": ("Length", clock),
    "window": ("Where", _window),
    "at": ("Goes on from", clock),
    "joined": ("The whole, too", _yes),
    "audio_weight": ("Kept of the original", _share),
    "variation": ("How different", _text),
    "detail": ("How fine", _text),
    "instrument": ("Which instrument", _text),
    "tempo_bpm": ("Tempo", _tempo),
    "key": ("Key", _text),
    "loop": ("A loop", _yes),
    "language": ("Language", _text),
    "skill": ("How well they sing", _text),
    "author": ("Name in the film", _text),
    "site": ("Address in the film", _text),
    "formats": ("Formats", ", ".join),
    "sections": ("Form", _form),
    "choices": ("Chosen", _choices),
    "exclude": ("Left out", _text),
    "style_weight": ("Follows the style", _share),
    "lyrics_weight": ("Follows the words", _share),
    "weirdness": ("Weirdness", _share),
    "variety": ("How much takes differ", lambda told: f"{told} of 4"),
    "seed": ("Seed", str),
    "model": ("Model", _text),
}
"""How each field is said, in the order in which one would tell it."""


def lines_of(request: SongRequest) -> Sequence[tuple[str, str]]:
    """Say `request` field by field: the name of each that was filled in, and what was."""
    filled = request.model_dump(mode="json", exclude_defaults=True)
    lines = [("Asked for", ABILITIES[request.ability].title)]
    if request.sources:
        lines.append(("Made from", titles_of(request.sources)))
    return lines + [
        (name, say(filled[field])) for field, (name, say) in FIELDS.items() if field in filled
    ]


def show_asked(request: SongRequest) -> None:
    """Show what was asked for: in words first, then folded as it was sent."""
    st.markdown("\n".join(f"- {name}: {plain(text)}" for name, text in lines_of(request)))
    with st.expander("As it is stored"):
        st.code(
            request.model_dump_json(indent=1, exclude_defaults=True),
            language=None,
            wrap_lines=True,
        )
