"""A word at the head of the next page: what was just done, and the way back.

Kept in the session, because a message that is shown right before a rerun is lost with it.
"""

import time

import streamlit as st

from studio.errors import StudioProblem
from studio.ui.opened import studio
from studio.ui.words import plain

SHOWN_SECONDS = 5
UNDO_SECONDS = 60


def say(text: str, *, icon: str = ":material/check:", undo: str | None = None) -> None:
    """Tell `text` on the next run; `undo` is the id of a song that can be brought back."""
    st.session_state["flash"] = {"text": text, "icon": icon, "undo": undo, "at": time.time()}


def complain(problem: StudioProblem) -> None:
    """Tell on the next run what went wrong."""
    say(str(problem), icon=":material/error:")


def show() -> None:
    """Show what there is to tell, for as long as it matters."""
    said = st.session_state.get("flash")
    if said is None:
        return
    if time.time() - said["at"] > (UNDO_SECONDS if said["undo"] else SHOWN_SECONDS):
        del st.session_state["flash"]
        return
    with st.container(key="flash", horizontal=True, vertical_alignment="center", border=True):
        st.markdown(f"{said['icon']} {plain(said['text'])}")
        if said["undo"]:
            st.button("Undo", icon=":material/undo:", key="undo", on_click=_undo, args=(said["undo"],))


def _undo(song: str) -> None:
    studio().restore(song)
    say("The song is back.")
