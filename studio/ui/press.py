"""The one button of Create, and what stands beside it: how it is read, and what it costs."""

from statistics import median

import streamlit as st

from studio.client import Offer
from studio.errors import StudioProblem
from studio.jobs.model import State
from studio.offer import in_words
from studio.providers.limits import Limits
from studio.songs import CreateSong
from studio.ui import draft, flash, forms
from studio.ui.aside import show_answer
from studio.ui.opened import studio
from studio.ui.words import plain, span

LAST_JOBS = 10


def show_reading(to: str, limits: Limits) -> None:
    """Show how the request is read, and how much room is left in the boxes."""
    request = forms.written_request(limits)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="reading"):
        with st.container(width="stretch"):
            _show_understood(request, to)
        if request is not None:
            st.caption(" · ".join(_counts(request, limits)), width="content")


def _show_understood(request: CreateSong | None, to: str) -> None:
    if request is None:
        st.caption("Say it in your own words, pick styles, or both.")
        return
    show_answer(
        f"understand {to} {request.model_dump_json()}",
        lambda: studio().understand(request, to),
        lambda read: st.caption(f"understood: {plain(read)}" if read else "&nbsp;"),
    )


def _counts(request: CreateSong, limits: Limits) -> list[str]:
    """Say for every box in use how many characters are left, or too many."""
    if draft.value("way") == forms.DESCRIBE:
        return [_count("", request.description, limits.description)]
    boxes = [("style", request.style, limits.style)]
    if request.title:
        boxes.append(("title", request.title, limits.title))
    if request.lyrics:
        boxes.append(("words", request.lyrics, limits.lyrics))
    return [_count(name, text, limit) for name, text, limit in boxes]


def _count(name: str, text: str, limit: int) -> str:
    left = limit - len(text)
    before = f"{name}: " if name else ""
    return f"{before}{left} left" if left >= 0 else f":red[{before}{-left} too many]"


def show_button(offer: Offer, limits: Limits) -> None:
    """Show the button with its price, and submit once for each press."""
    request = forms.written_request(limits)
    pressed = st.button(
        "Make two takes",
        type="primary",
        icon=":material/graphic_eq:",
        # Named after this form: a second click on a form that is submitted already finds nothing.
        key=f"make-{draft.form_name()}",
    )
    st.caption(_price(request, offer) + _usual_time(offer.name), width="content")
    if not pressed:
        return
    if request is None:
        flash.say("Say what you want to hear, or pick a style.", icon=":material/lightbulb:")
        st.rerun()
    _submit(request, offer.name)


def _submit(request: CreateSong, to: str) -> None:
    try:
        studio().submit(request, to=to, key=draft.submit_key(request, to))
    except StudioProblem as problem:
        flash.complain(problem)
    else:
        draft.begin_anew()
    st.rerun()


def _price(request: CreateSong | None, offer: Offer) -> str:
    """Say what this will cost, or what two takes usually cost here."""
    if request is None:
        return plain(offer.price)
    return plain(in_words(studio().price(request, offer.name)))


def _usual_time(to: str) -> str:
    """Say how long it will take, going by the last jobs there; nothing where there were none."""
    done = studio().jobs(states={State.DONE}, limit=LAST_JOBS)
    took = [
        (job.over_at - job.created_at).total_seconds()
        for job in done
        if job.connection == to and job.over_at is not None
    ]
    return f" · about {span(median(took))}" if took else ""
