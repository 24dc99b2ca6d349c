"""Facts about this studio: which voice sings, and where things lie."""

import os

import streamlit as st

from studio.settings import Settings
from studio.ui.aside import show_answer
from studio.ui.opened import studio
from studio.ui.words import plain


def show_voice() -> None:
    """Say which voice sings on this machine, and how to get a clearer one."""
    bands = [offer.name for offer in studio().offers() if offer.repeatable]
    if not bands:
        st.markdown("None of the connections plays on this machine.")
        return
    show_answer(
        f"voice {bands[0]}",
        lambda: studio().voice(bands[0]),
        lambda told: st.markdown(plain(told or f"{bands[0].capitalize()} is not on stage yet.")),
    )


def show_folder() -> None:
    """Say which folder holds everything."""
    data = Settings.from_environment(os.environ).data
    st.code(str(data), language=None, wrap_lines=True)
    st.caption(
        "Songs, words and jobs are in there. Copy the folder, and you have copied the studio."
    )
