"""Personas: voices that a connection knows, where they came from, and what they are asked to do."""

from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter

import streamlit as st

from studio.errors import NotFound
from studio.songs import Persona
from studio.ui import flash
from studio.ui.form import blanks, draft
from studio.ui.form.said import PERSONA
from studio.ui.frame import pages_dir
from studio.ui.opened import studio
from studio.ui.words import ago, plain, shortened

LONGEST_NAME = 80
LETTERS = 60


def show_all() -> bool:
    """Show every persona under the connection that knows it; tells whether there is any."""
    personas = sorted(studio().personas(), key=attrgetter("connection"))
    there = {connection.name for connection in studio().connections()}
    for connection, known in groupby(personas, key=attrgetter("connection")):
        gone = "" if connection in there else ", a connection that was removed"
        st.markdown(f":gray[{plain(connection)} knows{gone}]")
        for persona in known:
            _show(persona, can_sing=connection in there)
    return bool(personas)


def _show(persona: Persona, *, can_sing: bool) -> None:
    name = plain(shortened(persona.name, letters=LETTERS))
    with st.container(
        border=True,
        key=f"persona-{persona.id}",
        horizontal=True,
        vertical_alignment="center",
    ):
        with st.container(gap=None, width="stretch", key=f"told-{persona.id}"):
            st.markdown(f"**{name}**")
            st.caption(plain(line_of(persona)))
        st.button(
            "Sing with it",
            key=f"sing-{persona.id}",
            icon=":material/mic:",
            disabled=not can_sing,
            on_click=_sing_with,
            args=(persona,),
        )
        _show_more(persona, name)
    if st.session_state.get("singing"):
        del st.session_state["singing"]
        st.switch_page(pages_dir() / "create.py")


def line_of(persona: Persona) -> str:
    """Say in a line from which song a persona was taken, when, and what it is for."""
    parts = [
        _source(persona),
        ago(persona.made_at, datetime.now(UTC)),
        shortened(persona.style, letters=LETTERS),
        shortened(persona.description, letters=LETTERS),
    ]
    return " · ".join(part for part in parts if part)


def _source(persona: Persona) -> str:
    try:
        song = studio().song(persona.source)
    except NotFound:
        return "from a song that is gone"
    return f"from {shortened(song.title, letters=LETTERS)}"


def _show_more(persona: Persona, name: str) -> None:
    with st.popover(
        f"More about {name}",
        icon=":material/more_horiz:",
        type="tertiary",
        key=f"more-{persona.id}",
        on_change="rerun",
    ) as more:
        if not more.open:
            return
        with st.form(f"rename-{persona.id}", border=False):
            fresh = st.text_input("Name", value=persona.name, max_chars=LONGEST_NAME)
            if st.form_submit_button("Rename") and fresh.strip():
                studio().rename_persona(persona.id, fresh.strip())
                st.rerun()
        st.page_link(
            pages_dir() / "song.py",
            label="Open the song it came from",
            query_params={"id": persona.source},
        )
        st.button(
            "Forget it",
            key=f"forget-{persona.id}",
            icon=":material/delete:",
            type="tertiary",
            help="The studio offers it no longer. The connection still knows it.",
            on_click=_forget,
            args=(persona,),
        )


def _sing_with(persona: Persona) -> None:
    """Choose the persona on Create, beside whatever is written there."""
    draft.open_draft("create", blanks.CREATE)
    draft.put(
        to=persona.connection, picked=True, singer=f"{PERSONA}{persona.id}", instrumental=False
    )
    st.session_state["singing"] = True


def _forget(persona: Persona) -> None:
    studio().forget_persona(persona.id)
    flash.offer_undo(
        f"“{shortened(persona.name, letters=LETTERS)}” is forgotten.", persona=persona.id
    )
