"""Empty states: what a page says before there is anything on it, and the one thing to do next."""

import streamlit as st

from studio.ui import ideas
from studio.ui.explain import problems
from studio.ui.frame import ICON, pages_dir


def show_no_songs(search: str, *, kept: bool | None) -> None:
    """Say why the gallery shows nothing."""
    if search or kept:
        st.markdown("Nothing on the shelf fits that.")
        st.button("Show all songs", key="show-all", on_click=_show_all)
        return
    with st.container(key="no-songs", horizontal_alignment="center", border=True):
        st.image(ICON, width=72, alt="")
        st.markdown("**Your songs will stand here.**", width="content")
        st.caption("Every take is kept, with its words, its picture and how it was made.", width="content")
        if st.button("Make the first song", type="primary", key="make-first"):
            st.switch_page(pages_dir() / "create.py")
        if st.button("or let the band play three examples", type="tertiary", key="play-three"):
            with problems():
                ideas.play_three()
                st.switch_page(pages_dir() / "jobs.py")


def show_no_jobs() -> None:
    """Say that nothing is being made."""
    with st.container(key="no-jobs", horizontal_alignment="center", border=True):
        st.markdown("**Nothing is being made.**", width="content")
        st.caption("What is under way, waits for you or has failed is shown here.", width="content")
        if st.button("Make a song", type="primary", key="make-song"):
            st.switch_page(pages_dir() / "create.py")


def _show_all() -> None:
    st.session_state["search"] = ""
    st.session_state["keepers"] = False
