"""Brought by hand: under which id a vendor has a sound that only a person could bring there."""

from collections.abc import Sequence

import streamlit as st

from studio.client import Offer
from studio.errors import StudioProblem
from studio.songs import Attached, Attachment, Song
from studio.ui import flash
from studio.ui.opened import studio
from studio.ui.words import plain, shortened


def ask_id(song: Song, offer: Offer, found: Sequence[Attachment]) -> None:
    """Ask for that id, unless it is known, or somebody else than a person brings sounds there.

    Parameters
    ----------
    song
        Which may not be there yet.
    offer
        Of the connection that is to work on it.
    found
        What is attached to the song.
    """
    there = {each.connection for each in found if each.kind is Attached.UPLOAD}
    if not offer.by_hand or offer.name in {song.connection, *there}:
        return
    key = f"told-{song.id}-{offer.name}"
    with st.container(
        horizontal=True, vertical_alignment="bottom", key=f"by-hand-{song.id}", gap="small"
    ):
        title = plain(shortened(song.title, letters=40))
        st.text_input(
            f"Id of “{title}” at {plain(offer.name)}",
            key=key,
            live=True,
            width=400,
            help=plain(offer.by_hand),
        )
        st.button(
            "It is there",
            key=f"{key}-press",
            disabled=not (st.session_state.get(key) or "").strip(),
            on_click=_tell,
            args=(song.id, offer.name, key),
        )


def _tell(song: str, to: str, key: str) -> None:
    try:
        studio().tell_upload(song, to, st.session_state[key])
    except StudioProblem as problem:
        flash.complain(problem)
    else:
        flash.say(f"{to} can work on it now.")
