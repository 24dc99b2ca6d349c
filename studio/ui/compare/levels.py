"""Levels: all takes as loud as the softest, and each from the second where the last was left."""

import json
from collections.abc import Mapping, Sequence

import streamlit as st

from studio.songs import Song
from studio.ui.aside import answer_so_far
from studio.ui.opened import studio

LOUD = "compare-equal-loudness"
PLACE = "compare-same-place"


def gains(songs: Sequence[Song]) -> Mapping[str, float] | None:
    """Give by how many dB each song is to be turned down; `None` while they are measured.

    Measured beside the page: every song must be read once.
    """
    home = [song for song in songs if song.is_home]
    told = answer_so_far(
        "levels of " + " ".join(song.id for song in home),
        lambda: json.dumps(dict(studio().level_gains(home))),
    )
    if told is None:
        return None
    measured: Mapping[str, float] = json.loads(told or "{}")
    return measured


def show_switches() -> None:
    """Let a person choose how takes are heard side by side."""
    with st.container(horizontal=True, vertical_alignment="center", key="hearing"):
        st.toggle(
            "Equal loudness",
            value=True,
            key=LOUD,
            persist_state="session",
            help="Louder takes are turned down to the softest: louder is easily taken for better.",
        )
        st.toggle(
            "Keep the place",
            value=True,
            key=PLACE,
            persist_state="session",
            help="Another take goes on from the second where you left this one.",
        )
        st.caption("Its number on the keyboard plays a take, space pauses.", width="content")


def wanted(gain: float) -> float:
    """Give by how many dB a song is turned down if that is wanted, else 0."""
    return gain if st.session_state.get(LOUD, True) else 0.0


def keeps_place() -> bool:
    """Tell whether a take begins where the one before it was left."""
    return bool(st.session_state.get(PLACE, True))
