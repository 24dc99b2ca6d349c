"""Comparing: from a form to the page that asks several connections the same at once."""

import streamlit as st

from studio.ui import flash
from studio.ui.form.press import Asked
from studio.ui.frame import pages_dir

REQUEST = "compare-request"
"""In the session: what is to be compared, as JSON."""
LEAST = 2


def offer(asked: Asked) -> None:
    """Lead on with what the form asks for, where there is somebody to compare with."""
    able = [one for one in asked.maker.offers if asked.maker.ability in one.abilities]
    if len(able) < LEAST:
        return
    if st.button(
        "Compare…",
        key="compare",
        type="tertiary",
        icon=":material/compare_arrows:",
        help="Ask several connections for the same at once, and hear who did it best.",
    ):
        if asked.request is None:
            flash.say(asked.missing, icon=":material/lightbulb:")
            st.rerun()
        st.session_state[REQUEST] = asked.request.model_dump_json()
        st.switch_page(pages_dir() / "compare.py")
