"""The one button of Create, and what stands beside it: how it is read, and what it costs."""

import streamlit as st

from studio.errors import StudioProblem
from studio.providers.base import Limits
from studio.songs import SongRequest
from studio.ui import draft, flash, forms
from studio.ui.explain import show_problem
from studio.ui.opened import studio
from studio.ui.words import amount, plain


def show_reading(to: str, limits: Limits) -> None:
    """Show how the request is read, and how much room is left in the boxes."""
    request = forms.written_request()
    with st.container(horizontal=True, horizontal_alignment="distribute", key="reading", wrap=True):
        st.caption(_understood(request, to) or "&nbsp;")
        st.caption(" · ".join(forms.counts(request, limits)) or "&nbsp;")


def _understood(request: SongRequest | None, to: str) -> str:
    if request is None:
        return ""
    try:
        read = studio().understand(request, to)
    except StudioProblem:
        # Only a kindness; whoever cannot be reached is named where it matters, at the button.
        return ""
    return f"understood: {plain(read)}" if read else ""


def show_button(to: str) -> None:
    """Show the button with its price, and submit once for each press."""
    request = forms.written_request()
    problem = _problem(request, to)
    pressed = st.button(
        "Make two takes",
        type="primary",
        icon=":material/graphic_eq:",
        # Named after this form: a second click on a form that is submitted already finds nothing.
        key=f"make-{draft.form_name()}",
        disabled=request is None,
    )
    st.caption(_price(request, to))
    if pressed and request is not None:
        if problem is not None:
            st.session_state["refusal"] = problem
        else:
            _submit(request, to)


def _problem(request: SongRequest | None, to: str) -> StudioProblem | None:
    if request is None:
        return None
    try:
        studio().check(request, to)
    except StudioProblem as problem:
        return problem
    return None


def _submit(request: SongRequest, to: str) -> None:
    try:
        studio().submit(request, to=to, key=draft.submit_key(request, to))
    except StudioProblem as problem:
        show_problem(problem)
        return
    draft.begin_anew()
    flash.say("It is being made. You can go on; it is kept whatever happens to this page.")
    st.rerun()


def _price(request: SongRequest | None, to: str) -> str:
    if request is None:
        return "Say what you want to hear, or pick a style."
    try:
        price = studio().price(request, to)
    except StudioProblem:
        return ""
    return "free" if price.is_free else plain(amount(price.amount, price.unit))
