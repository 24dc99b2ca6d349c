"""Misfits: one rule for each way in which a request may not fit whom it is meant for.

Each returns a sentence with what does not fit and what would, or nothing. None knows a vendor: all
is asked of the limits that it declares.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from studio.providers.limits import Limits
from studio.songs import Persona, Song, SongRequest, Window

TEXTS = ("description", "style", "lyrics", "title", "exclude", "name")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and what it meets."""

    request: SongRequest
    limits: Limits
    who: str
    """Who would take it, for sentences."""
    connection: str
    songs: tuple[Song, ...]
    persona: Persona | None

    def wish(self, name: str) -> Any:
        """Return what is asked for under `name`; `None` where nothing can be."""
        return getattr(self.request, name, None)


def _texts(asked: Asked) -> str:
    for name in TEXTS:
        length, most = len(asked.request.text(name)), getattr(asked.limits, name)
        if length and most == 0:
            return f"{asked.who} takes no {name} for this. Leave it empty."
        if most is not None and length > most:
            return (
                f"{asked.who} takes at most {most} characters of {name}, this has {length}. "
                f"Leave out {length - most}."
            )
    return ""


def _needs(asked: Asked) -> str:
    for name in sorted(asked.limits.needs):
        wish = asked.wish(name)
        is_there = wish.strip() if isinstance(wish, str) else wish not in (None, (), {})
        silent = name == "lyrics" and asked.wish("instrumental")
        if not is_there and not silent:
            return f"{asked.who} needs {name.replace('_', ' ')} for this. Fill it in."
    return ""


def _carried(asked: Asked) -> str:
    missing = [
        name for name in sorted(asked.limits.carried) if not asked.request.text(name).strip()
    ]
    for name in () if asked.wish("instrumental") else missing:
        for song in asked.songs:
            if not getattr(song, name).strip():
                return (
                    f"{asked.who} needs the {name} of {song.title!r} for this, and the studio does "
                    "not know them. Write them down."
                )
    return ""


def _length(asked: Asked) -> str:
    length, limits = asked.wish("length"), asked.limits
    if length is None:
        return ""
    if limits.longest is None:
        return f"{asked.who} does not let one choose the length. Leave it open."
    if limits.shortest <= length <= limits.longest:
        return ""
    return (
        f"{asked.who} makes songs of {limits.shortest:g} to {limits.longest:g} seconds, "
        f"not {length:g}."
    )


def _voice(asked: Asked) -> str:
    if asked.wish("instrumental"):
        if asked.limits.instrumental:
            return ""
        return f"{asked.who} cannot leave the singing out. Let it sing, or choose another model."
    if asked.wish("voice") and not asked.limits.voice:
        return f"{asked.who} does not let one choose who sings."
    return ""


def _weights(asked: Asked) -> str:
    known = {
        "style_weight": asked.limits.weights,
        "weirdness": asked.limits.weights,
        "lyrics_weight": asked.limits.lyrics_weight,
        "audio_weight": asked.limits.audio_weight,
    }
    strange = [
        name for name, is_known in known.items() if not is_known and asked.wish(name) is not None
    ]
    if not strange:
        return ""
    if not any(known.values()):
        return f"{asked.who} knows no weights. Leave them as they are."
    return f"{asked.who} does not know {strange[0].replace('_', ' ')}. Leave it as it is."


def _seed(asked: Asked) -> str:
    if asked.wish("seed") is None or asked.limits.seed:
        return ""
    return f"{asked.who} cannot repeat a seed. Leave it empty."


def _persona(asked: Asked) -> str:
    if not asked.wish("persona"):
        return ""
    if not asked.limits.persona:
        return f"{asked.who} cannot let a persona sing this. Choose another model, or none."
    if asked.persona is not None and asked.persona.connection != asked.connection:
        return (
            f"{asked.persona.name} is known at {asked.persona.connection} only. Choose that "
            "connection, or another persona."
        )
    return ""


def _form(asked: Asked) -> str:
    names = asked.limits.sections
    strange = [part.name for part in asked.wish("sections") or () if part.name not in names]
    if not strange:
        return ""
    if not names:
        return f"{asked.who} does not let one choose the form. Leave the sections out."
    return f"{asked.who} has no section {strange[0]!r}. It has: {', '.join(names)}."


def _choices(asked: Asked) -> str:
    for name, chosen in (asked.wish("choices") or {}).items():
        choice = asked.limits.choices.get(name)
        if choice is None:
            return f"{asked.who} does not let one choose {name}. Leave it out."
        strange = [option for option in chosen if option not in choice.options]
        if strange:
            return f"{asked.who} has no {name} {strange[0]!r}. Choose one from its list."
        if len(chosen) > choice.most:
            return f"{asked.who} takes at most {choice.most} of {name}, this has {len(chosen)}."
    return ""


def _variation(asked: Asked) -> str:
    variation, known = asked.wish("variation"), asked.limits.variations
    if variation is None or variation in known:
        return ""
    if not known:
        return f"{asked.who} does not let one choose a variation. Leave it open."
    return f"{asked.who} has no variation {variation!r}. It has: {', '.join(known)}."


def _formats(asked: Asked) -> str:
    known = asked.limits.formats
    strange = [one for one in asked.wish("formats") or () if known and one not in known]
    if not strange:
        return ""
    return f"{asked.who} does not give {strange[0]} files. It gives: {', '.join(known)}."


def _source(asked: Asked) -> str:
    longest = asked.limits.longest_source
    for song in asked.songs:
        if (song.length or 0) > longest:
            return (
                f"{song.title!r} lasts {song.length:.0f} s; {asked.who} takes at most "
                f"{longest:g}. Trim it first."
            )
    return ""


def _window(asked: Asked) -> str:
    window, limits = asked.wish("window"), asked.limits
    if not isinstance(window, Window):
        return ""
    length = window.end - window.start
    if length < limits.shortest_window:
        return f"{asked.who} needs a window of at least {limits.shortest_window:g} s. Widen it."
    if limits.longest_window is not None and length > limits.longest_window:
        return f"{asked.who} takes a window of at most {limits.longest_window:g} s. Narrow it."
    return _inside(asked, window.end, "The window ends")


def _point(asked: Asked) -> str:
    at = asked.wish("at")
    return _inside(asked, at, "The point is") if isinstance(at, int | float) else ""


def _inside(asked: Asked, moment: float, what: str) -> str:
    """Say if a moment is after the end of the song; a tenth of a second is a matter of rounding."""
    song = asked.songs[0] if asked.songs else None
    if song is None or song.length is None or moment <= song.length + 0.1:
        return ""
    return (
        f"{what} at {moment:.1f} s, but {song.title!r} lasts {song.length:.1f} s. Move it to the "
        "left."
    )


RULES: tuple[Callable[[Asked], str], ...] = (
    _texts,
    _needs,
    _carried,
    _length,
    _voice,
    _weights,
    _seed,
    _persona,
    _form,
    _choices,
    _variation,
    _formats,
    _source,
    _window,
    _point,
)
"""Each returns a sentence about what does not fit, or nothing."""
