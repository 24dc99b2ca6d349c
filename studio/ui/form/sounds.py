"""Sounds: the form for a short sound rather than a song: a loop, or a noise for a scene."""

import streamlit as st

from studio.songs import Ability
from studio.ui.form import draft, extras, fields
from studio.ui.form.blanks import SOUND
from studio.ui.form.extras import Extra
from studio.ui.form.makers import Maker

SLOWEST, FASTEST = 1, 300
"""What any request takes, in beats per minute; whoever is asked may take less."""


def ability() -> Ability:
    """Tell whether the form is about a song or a sound, as the ability that makes it."""
    return Ability.SOUNDS if draft.value("way") == SOUND else Ability.CREATE


def title() -> str:
    """Give the title of the page."""
    return "Make a sound" if ability() is Ability.SOUNDS else "Create a song"


def describe(maker: Maker) -> None:
    """Say what is to be heard, and how it is to go."""
    fields.kept(
        st.text_area,
        "heard",
        "What is to be heard?",
        height=104,
        placeholder="rain on a tin roof, a train far away",
    )
    called, tempo, key = st.columns(3)
    with called:
        extras.show_one(NAME, maker)
    with tempo:
        extras.show_one(TEMPO, maker)
    with key:
        extras.show_one(KEY, maker)
    extras.show_one(LOOP, maker)


def _name(_: Maker) -> None:
    fields.kept(st.text_input, "called", "Name", live=True, placeholder="left open")


def _choose_tempo(maker: Maker) -> None:
    slowest, fastest = maker.limits.tempos or (SLOWEST, FASTEST)
    fields.kept(
        st.number_input,
        "tempo_bpm",
        "Beats per minute",
        value=None,
        min_value=SLOWEST,
        max_value=FASTEST,
        step=1,
        placeholder=f"{slowest} to {fastest}",
    )


def _choose_key(maker: Maker) -> None:
    fields.choice("key", "Key", {key: key for key in maker.limits.keys}, "As it comes")


def _loop(_: Maker) -> None:
    fields.toggle("loop", "A loop: its end passes into its beginning")


NAME = Extra(lambda limits: limits.title, "give it a name", _name)
TEMPO = Extra(lambda limits: limits.tempos, "choose the tempo of a sound", _choose_tempo)
KEY = Extra(lambda limits: limits.keys, "choose the key of a sound", _choose_key)
LOOP = Extra(lambda limits: limits.loops, "ask for a loop", _loop)
