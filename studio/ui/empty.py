"""Empty states: what a page says before there is anything on it, and the one thing to do next."""

import streamlit as st

from studio.ui.explain import problems
from studio.ui.form.writing import ideas
from studio.ui.frame import ICON, pages_dir
from studio.ui.song import shelf


def show_no_songs() -> None:
    """Say that the gallery waits for its first song."""
    with st.container(key="no-songs", horizontal_alignment="center", border=True):
        st.image(ICON, width=72, alt="")
        _say("Your songs will stand here", "Each with its words, its picture and how it was made.")
        if st.button("Make the first song", type="primary", key="make-first"):
            st.switch_page(pages_dir() / "create.py")
        if st.button("or let the band play three examples", type="tertiary", key="play-three"):
            with problems():
                ideas.play_three()
                st.switch_page(pages_dir() / "jobs.py")


def show_nothing_found() -> None:
    """Say that no song fits the search."""
    with st.container(key="nothing-found", horizontal_alignment="center", border=True):
        _say("Nothing on the shelf fits that", "Try fewer words, or look at everything again.")
        st.button("Show all songs", key="show-all", on_click=shelf.show_everything)


def show_no_jobs() -> None:
    """Say that nothing is being made."""
    with st.container(key="no-jobs", horizontal_alignment="center", border=True):
        _say(
            "Nothing is being made", "What is under way, waits for you or has failed is shown here."
        )
        if st.button("Make a song", type="primary", key="make-song"):
            st.switch_page(pages_dir() / "create.py")


def show_no_personas() -> None:
    """Say what a persona is, where there is none yet; the form for one follows."""
    with st.container(key="no-personas", horizontal_alignment="center", border=True):
        _say(
            "No persona yet",
            "A persona is the voice of a song, kept so that it can sing others. "
            "Take one from a song below.",
        )


def show_no_bench() -> None:
    """Say what can be done with a song, while none is chosen."""
    st.caption(
        "Pull a song apart into stems, take its voice out, find when each word is sung, write its "
        "notes down, measure its tempo, or have it in another format. What is found stays with it."
    )


def _say(title: str, line: str) -> None:
    with st.container(gap=None):
        st.markdown(f"**{title}**", text_alignment="center")
        st.caption(line, text_alignment="center")
