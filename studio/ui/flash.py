"""A word at the head of the next page: what was just done, and the way back.

Kept in the session, because a message that is shown right before a rerun is lost with it.
"""

import time

import streamlit as st

from studio.errors import StudioProblem
from studio.ui.opened import studio
from studio.ui.words import plain

UNDO_SECONDS = 60


def say(text: str, *, icon: str = ":material/check:") -> None:
    """Tell `text` in passing on the next run."""
    st.session_state["flash"] = {"text": text, "icon": icon}


def complain(problem: StudioProblem) -> None:
    """Tell on the next run what went wrong."""
    st.session_state["complaint"] = str(problem)


def offer_undo(text: str, song: str = "", *, persona: str = "") -> None:
    """Tell that something is gone, and offer for a minute to bring back what has this id."""
    st.session_state["undo"] = {
        "text": text,
        "song": song,
        "persona": persona,
        "until": time.time() + UNDO_SECONDS,
    }


def show() -> None:
    """Show what there is to tell."""
    if said := st.session_state.pop("flash", None):
        st.toast(plain(said["text"]), icon=said["icon"])
    if complaint := st.session_state.pop("complaint", None):
        st.error(plain(complaint), icon=":material/error:")
    gone = st.session_state.get("undo")
    if gone and time.time() > gone["until"]:
        gone = st.session_state.pop("undo") and None
    if gone:
        with st.container(
            key="undo-row", horizontal=True, vertical_alignment="center", border=True
        ):
            st.markdown(plain(gone["text"]), width="stretch")
            st.button("Undo", icon=":material/undo:", key="undo-delete", on_click=_undo)


def _undo() -> None:
    gone = st.session_state.pop("undo", None)
    if gone is None:
        return
    if gone.get("persona"):
        studio().restore_persona(gone["persona"])
        say("The persona is back.")
    else:
        studio().restore(gone["song"])
        say("The song is back.")
