"""Ways to remix a song, as data: what each asks for, and how its one button is called."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import streamlit as st

from studio.songs import Ability, Song
from studio.ui.form import boxes, draft, fields
from studio.ui.form.makers import Maker
from studio.ui.form.said import takes_window
from studio.ui.form.source import passage, sources, windows
from studio.ui.opened import studio

Part = Callable[[Maker, Song | None], object]
"""Draws some fields; the song is the one that is worked on, once there is one."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to remix a song."""

    ability: Ability
    label: str
    lead: str
    """What comes of it, in a sentence."""
    source: str
    """What the song that is worked on is to it."""
    press: str
    parts: tuple[Part, ...] = ()
    sings: bool | None = None
    """Whether there is surely singing, or surely none; `None` asks."""
    has_window: bool = False
    """Whether a window of the song is chosen first."""
    tunes: bool = True
    """Whether there is anything to fine-tune."""


def _window_if_wanted(maker: Maker, song: Song | None) -> None:
    if not takes_window(maker.limits):
        return
    if not fields.toggle("everywhere", "From the first second to the last") and song is not None:
        windows.choose_window(song, maker.limits)


def _section_words(maker: Maker, song: Song | None) -> None:
    if song is not None:
        passage.show_around(song)
    boxes.write_section_words(maker.limits)


def _style(maker: Maker, _: Song | None) -> None:
    boxes.write_style(maker)


def _new_style(maker: Maker, _: Song | None) -> None:
    boxes.write_style(maker, "New style", "bossa nova with nylon guitar, soft drums")


def _words(maker: Maker, _: Song | None) -> None:
    boxes.write_words(maker)


def _kept_words(maker: Maker, song: Song | None) -> None:
    boxes.keep_words(song, maker)


def _closeness(maker: Maker, _: Song | None) -> None:
    boxes.choose_closeness(maker.limits)


def _second(_: Maker, song: Song | None) -> None:
    sources.choose("The second song", field="second", not_this=song)


def _joined(_: Maker, __: Song | None) -> None:
    fields.toggle("joined", "Give me the whole song with its new section")


def _variation(maker: Maker, _: Song | None) -> None:
    variations = {name: name.capitalize() for name in maker.limits.variations}
    if variations:
        fields.choice("variation", "How different it may become", variations, "As usual")


WAYS: Mapping[str, Way] = {
    way.ability.value: way
    for way in (
        Way(
            Ability.REPLACE,
            "Replace a section",
            "A part of the song is made anew; the rest stays as it is.",
            "The song",
            "Replace the section",
            (_section_words, _style, _joined),
            sings=True,
            has_window=True,
        ),
        Way(
            Ability.MASHUP,
            "Mash up two",
            "One new song out of two. The voice is rather that of the first.",
            "The first song",
            "Mash them up",
            (_second, _style, _words, _closeness),
        ),
        Way(
            Ability.SAMPLE,
            "Sample",
            "A new song built on a piece of another.",
            "The song to sample",
            "Sample it",
            (_style, _words, _closeness),
            has_window=True,
        ),
        Way(
            Ability.ADD_VOCALS,
            "Add a voice",
            "Somebody sings to music that has no voice yet.",
            "The music",
            "Add the voice",
            (_words, _style, _window_if_wanted, _closeness),
            sings=True,
        ),
        Way(
            Ability.ADD_INSTRUMENTAL,
            "Add a band",
            "A band plays to a voice that stands alone.",
            "The voice",
            "Add the band",
            (_style, _window_if_wanted, _closeness),
            sings=False,
        ),
        Way(
            Ability.REMASTER,
            "Remaster",
            "The same song, mastered anew.",
            "The song",
            "Remaster it",
            (_variation,),
            sings=False,
            tunes=False,
        ),
        Way(
            Ability.SWAP_VOCALS,
            "Swap the voice",
            "Another voice sings over the same music.",
            "The song",
            "Swap the voice",
            (_style, _kept_words, _closeness),
            sings=True,
        ),
        Way(
            Ability.SWAP_SOUND,
            "Swap the sound",
            "The same voice and words over another sound.",
            "The song",
            "Swap the sound",
            (_new_style, _closeness),
            sings=False,
        ),
        Way(
            Ability.VARY,
            "Vary",
            "Another version of the song, much like it.",
            "The song",
            "Vary it",
            sings=False,
        ),
    )
}
"""By the value of their ability, in the order in which they stand on the page."""


def choose() -> Way:
    """Choose one of the ways; those that the picked connection cannot go are marked."""
    able = _abilities()
    labels = {name: _label(way, able) for name, way in WAYS.items()}
    chosen = fields.marked(
        st.pills, "way", "What to do", labels, required=True, label_visibility="collapsed"
    )
    way = WAYS[chosen]
    st.caption(way.lead)
    return way


def _abilities() -> Collection[Ability]:
    """Name what the picked connection can do; until one is picked, what any of them can."""
    picked = draft.value("to") if draft.value("picked") else None
    asked = [offer for offer in studio().offers() if picked in {None, offer.name}]
    return {ability for offer in asked for ability in offer.abilities}


def _label(way: Way, able: Collection[Ability]) -> str:
    return way.label if way.ability in able else f":gray[:material/block: {way.label}]"


def choose_song(way: Way, maker: Maker) -> Song | None:
    """Choose the song that is worked on, and the window of it where one is wanted."""

    def mark(song: Song) -> None:
        windows.choose_window(song, maker.limits)

    return sources.choose(way.source, mark=mark if way.has_window else None)


def show(way: Way, maker: Maker, song: Song | None) -> None:
    """Show the fields of a way, in order."""
    for part in way.parts:
        part(maker, song)
