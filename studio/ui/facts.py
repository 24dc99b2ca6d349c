"""Facts about this studio: which voice sings, and where things lie."""

import os

import streamlit as st

from studio.settings import Settings


def show_voice() -> None:
    """Say which voice sings in the house band, and how to get a clearer one."""
    st.markdown(
        "The house band sings with what is installed. `studio doctor` says which voice that is."
    )


def show_folder() -> None:
    """Say which folder holds everything."""
    data = Settings.from_environment(os.environ).data
    st.code(str(data), language=None)
    st.caption(
        "Songs, words and jobs are in there. Copy the folder, and you have copied the studio."
    )
