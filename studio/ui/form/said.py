"""What is said in a form, and within what: read by `wishes`, field by field.

What was chosen for another connection or model and cannot be chosen now stays in the form, unsaid.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studio.errors import RequestUnfit
from studio.providers.limits import Limits
from studio.songs import Section, Song, Voice, Window
from studio.ui.form.blanks import DESCRIBE, KEPT_WORDS, OPEN, WRITE

PERSONA = "persona:"
"""Before the id of a persona, where it stands among the voices."""
WEIGHTS = ("style_weight", "weirdness")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said in a form, and within what it may be said."""

    fields: Mapping[str, Any]
    limits: Limits
    source: Song | None = None
    """The song that is to be worked on."""

    def open(self, field: str) -> Any:
        """Give what was chosen in `field`; `None` leaves it to the provider."""
        chosen = self.fields.get(field, OPEN)
        return None if chosen == OPEN else chosen

    def text(self, field: str) -> str:
        """Give what is written in `field`, without the air around it."""
        return str(self.fields.get(field) or "").strip()

    @property
    def source_id(self) -> str:
        """Id of the song that is to be worked on; without one, nothing else is of interest."""
        if self.source is None:
            raise RequestUnfit("Choose a song to work on first.")
        return self.source.id

    def wish(self) -> dict[str, Any]:
        """Say what all music has in common, as far as the limits let one."""
        limits = self.limits
        instrumental = bool(self.fields["instrumental"]) and limits.instrumental
        wish: dict[str, Any] = {
            "model": self.open("model"),
            "instrumental": instrumental,
            "lyrics": "" if instrumental or not limits.lyrics else self.text("lyrics"),
            "style": self.text("style") if limits.style else "",
            "title": self.text("title") if limits.title else "",
            "exclude": self.text("exclude") if limits.exclude != 0 else "",
            "length": self.open("length") if limits.longest is not None else None,
            "seed": self.fields["seed"] if limits.seed else None,
            "variety": self.open("variety") if limits.variety is not None else None,
            "lyrics_weight": self.open("lyrics_weight") if limits.lyrics_weight else None,
            **{weight: self.open(weight) if limits.weights else None for weight in WEIGHTS},
        }
        return wish if instrumental else wish | self._singer()

    def _singer(self) -> dict[str, Any]:
        singer = str(self.open("singer") or "")
        if singer.startswith(PERSONA):
            return {"persona": singer.removeprefix(PERSONA)} if self.limits.persona else {}
        known = self.limits.voice and singer in set(Voice)
        return {"voice": Voice(singer)} if known else {}

    def audio_weight(self) -> dict[str, Any]:
        """Say how close to the original it is to be, where that can be said."""
        return {"audio_weight": self.open("audio_weight") if self.limits.audio_weight else None}

    def words(self) -> dict[str, str]:
        """Give the words of the song itself, where they are to be kept; else those in the box."""
        if self.fields["instrumental"] and self.limits.instrumental:
            return {"lyrics": ""}
        kept = self.fields["words"] == KEPT_WORDS and self.kept_words()
        return {"lyrics": kept or self.text("lyrics") if self.limits.lyrics else ""}

    def kept_words(self) -> str:
        """Give the words of the song itself, where words can be sung at all."""
        return self.source.lyrics.strip() if self.source and self.limits.lyrics else ""

    def window(self, missing: str) -> Window:
        """Give the chosen window; `missing` says what to do where there is none."""
        start, end = self.fields["start"], self.fields["end"]
        if start is None or end is None:
            raise RequestUnfit(missing)
        return Window(start=start, end=end)

    def window_if_wanted(self) -> Window | None:
        """Give the chosen window, or `None` for the whole song."""
        if self.fields["everywhere"] or not takes_window(self.limits):
            return None
        return self.window("Say on the waveform where.")

    def choices(self) -> dict[str, tuple[str, ...]]:
        """Give what was chosen from the lists that the model has."""
        chosen = self.fields["choices"] or {}
        lists = self.limits.choices
        kept = {
            name: tuple(o for o in chosen.get(name, ()) if o in lists[name].options)
            for name in lists
        }
        return {name: options for name, options in kept.items() if options}

    def sections(self) -> tuple[Section, ...]:
        """Give the form, as far as the model knows its parts."""
        return tuple(
            Section(name=name, seconds=seconds)
            for name, seconds in self.fields["sections"] or ()
            if name in self.limits.sections
        )


def ways_of(limits: Limits) -> tuple[str, ...]:
    """Name the ways in which a new song can be asked for."""
    describe = (DESCRIBE,) if limits.description else ()
    return (*describe, WRITE) if limits.style or limits.lyrics or not describe else describe


def is_described(way: str, limits: Limits) -> bool:
    """Tell whether a new song is described as a whole, rather than written."""
    ways = ways_of(limits)
    return (way if way in ways else ways[0]) == DESCRIBE


def takes_window(limits: Limits) -> bool:
    """Tell whether a part of the song can be chosen, rather than only all of it."""
    return limits.longest_window != 0
