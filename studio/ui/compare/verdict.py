"""The verdict: what was chosen; after a blind choice, who was behind which letter."""

from collections.abc import Sequence

import streamlit as st

from studio.jobs.books.comparisons import Comparison
from studio.jobs.model import Job
from studio.songs import Song
from studio.ui.compare import performers, takes
from studio.ui.compare.makers import listed
from studio.ui.song.titles import title_of
from studio.ui.words import plain


def show(comparison: Comparison, jobs: Sequence[Job], songs: Sequence[Song]) -> None:
    """Say what was chosen, and who made what, once one may know."""
    if comparison.choice is None:
        return
    with st.container(border=True, key="verdict", gap="small"):
        st.markdown(f":material/check: {_choice(comparison, songs)}")
        if comparison.is_blind:
            st.markdown("\n".join(f"- {_behind(job, songs)}" for job in jobs))


def _choice(comparison: Comparison, songs: Sequence[Song]) -> str:
    """Say which take it was, and whose."""
    for number, song in enumerate(songs, 1):
        if song.id == comparison.choice:
            name = takes.letter(number) if comparison.is_blind else f"“{plain(song.title)}”"
            return f"You chose **{name}**, made by **{plain(song.connection)}**."
    return f"You chose “{plain(title_of(str(comparison.choice)))}”, which is gone."


def _behind(job: Job, songs: Sequence[Song]) -> str:
    letters = [takes.letter(number) for number, song in enumerate(songs, 1) if song.job == job.id]
    brought = listed(letters) if letters else "nothing"
    return f"{performers.said_of(job)}: {brought}"
