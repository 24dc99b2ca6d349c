"""The order: what all of it costs, and the one button that sends it to everybody."""

from collections.abc import Sequence

import streamlit as st

from studio.comparing import FEWEST, Entry, costs_in_words
from studio.errors import StudioProblem
from studio.songs import SongRequest
from studio.ui import flash
from studio.ui.compare import makers, wish
from studio.ui.form import draft, fields
from studio.ui.frame import pages_dir
from studio.ui.opened import studio
from studio.ui.words import plain


def show(request: SongRequest, entries: Sequence[Entry]) -> None:
    """Show the button with the sum of all prices, and send once for each press."""
    fields.toggle(
        "blind",
        "Blind: hide who made what until you choose",
        help="The takes are called A, B, C and come on together, so that nobody is known by "
        "being quick. When you have chosen one, you see who made each, and for how much.",
    )
    enough = len(entries) >= FEWEST
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Compare {len(entries)} makers" if enough else "Compare makers",
            type="primary",
            icon=":material/compare_arrows:",
            # Named after this form: see `studio.ui.form.press`.
            key=f"compare-{draft.form_name()}",
            on_click=draft.press,
            disabled=not enough,
        )
        st.caption(plain(_terms(entries) if enough else "Choose two or more."), width="content")
    draft.keep_draft()
    if draft.was_pressed():
        _send(request, entries)


def _terms(entries: Sequence[Entry]) -> str:
    """Say what all of it costs and brings: `24 credits and $0.04 · 6 takes`."""
    return f"{costs_in_words(entries)} · {makers.number_of_takes(entries)} takes"


def _send(request: SongRequest, entries: Sequence[Entry]) -> None:
    """Send it to all, or to nobody; from here to the end nothing is drawn."""
    draft.let_go()
    names = [entry.connection for entry in entries]
    blind = bool(draft.value("blind"))
    key = draft.submit_key(request, "\n".join(["blind" if blind else "open", *names]))
    try:
        comparison = studio().compare(request, names, blind=blind, key=key)
    except StudioProblem as problem:
        flash.complain(problem)
        st.rerun()
    wish.put_aside()
    draft.begin_anew()
    st.switch_page(pages_dir() / "compare.py", query_params={"id": comparison.id})
