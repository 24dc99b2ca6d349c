"""Casting: the form for a new persona, from the voice in a song or from a recording of somebody."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

import streamlit as st

from studio.songs import Ability, MakePersona, MakeVoice, Song, SongRequest, Window
from studio.ui.form import draft, fields
from studio.ui.form.makers import Maker
from studio.ui.form.press import Asked
from studio.ui.form.source import sources, windows
from studio.ui.opened import studio


class Way(NamedTuple):
    """One way to a persona."""

    title: str
    ability: Ability
    source: str
    """What the song is asked for."""
    advice: str


WAYS: Mapping[str, Way] = {
    "persona": Way(
        "From a song",
        Ability.PERSONA,
        "The song with the voice",
        "Choose where the voice is heard best: alone, and for a while.",
    ),
    "voice": Way(
        "From a recording of a voice",
        Ability.VOICE,
        "The recording",
        "One person, close to the microphone, without music, for more than ten seconds.",
    ),
}


def choose_way() -> Way:
    """Choose what the persona is taken from, among what the connections can."""
    possible = {name: way for name, way in WAYS.items() if studio().who_can(way.ability)}
    if len(possible) < len(WAYS):
        return next(iter(possible.values()), WAYS["persona"])
    titles = {name: way.title for name, way in WAYS.items()}
    return WAYS[fields.switch("way", "From what", titles, label_visibility="collapsed")]


def choose_source(way: Way, maker: Maker) -> Song | None:
    """Choose the song or the recording; of a song, also where the voice is heard best."""
    st.caption(way.advice)
    if way.ability is not Ability.PERSONA:
        return sources.choose(way.source)
    mark = partial(windows.choose_window, limits=maker.limits)
    return sources.choose(way.source, mark=mark)


def describe(way: Way, maker: Maker) -> None:
    """Say what the voice is called, and what it is for."""
    name_it(maker)
    if way.ability is Ability.PERSONA:
        describe_it()


def name_it(maker: Maker) -> None:
    """Say what the voice is called."""
    fields.kept(
        st.text_input, "name", "Name", live=True, max_chars=maker.limits.name, placeholder="Ada"
    )


def describe_it() -> None:
    """Say what the voice is like, and what it is for."""
    like, sings = st.columns(2)
    with like:
        fields.kept(
            st.text_input,
            "description",
            "What it is like",
            live=True,
            placeholder="warm and low, with a little gravel",
        )
    with sings:
        fields.kept(
            st.text_input, "style", "Styles it sings", live=True, placeholder="soul, ballad"
        )


def ask(way: Way, maker: Maker, song: Song | None) -> Asked:
    """Read the form as a request."""
    if not maker.can:
        return Asked(maker, None, missing=draft.why_grey())
    name = str(draft.value("name") or "").strip()
    if song is None:
        return Asked(maker, None, missing=f"Choose {way.source.lower()} first.")
    if not name:
        return Asked(maker, None, missing="Give it a name first.")
    request = _REQUESTS[way.ability](song, name)
    return Asked(maker, request, studio().estimate(request, maker.name))


def _persona(song: Song, name: str) -> SongRequest:
    start, end = draft.value("start"), draft.value("end")
    return MakePersona(
        source=song.id,
        name=name,
        description=str(draft.value("description") or "").strip(),
        style=str(draft.value("style") or "").strip(),
        window=None if start is None or end is None else Window(start=start, end=end),
    )


def _voice(song: Song, name: str) -> SongRequest:
    return MakeVoice(source=song.id, name=name)


_REQUESTS: Mapping[Ability, Callable[[Song, str], SongRequest]] = {
    Ability.PERSONA: _persona,
    Ability.VOICE: _voice,
}
