"""The one button of a form, and what stands beside it: how it is read, and what it costs."""

from dataclasses import dataclass
from statistics import median

import streamlit as st

from studio.client import Estimate
from studio.errors import RequestUnfit, StudioProblem
from studio.jobs.model import State
from studio.offer import in_words
from studio.providers.limits import Limits
from studio.songs import Ability, Song, SongRequest
from studio.ui import flash
from studio.ui.abilities import ABILITIES
from studio.ui.aside import show_answer
from studio.ui.form import draft
from studio.ui.form.makers import Maker
from studio.ui.form.said import Said
from studio.ui.form.wishes import request_of
from studio.ui.opened import studio
from studio.ui.song import brought
from studio.ui.words import plain, span

LAST_JOBS = 10
COUNTED = ("description", "style", "title", "lyrics", "exclude")
NAMES = {"description": "", "lyrics": "words", "exclude": "leave out"}
"""What texts are called beside their counts, where that is not the name of the field."""
MANY = {1: "one take", 2: "two takes", 3: "three takes", 4: "four takes"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form asks for now, and of whom."""

    maker: Maker
    request: SongRequest | None
    estimate: Estimate | None = None
    """What it will take; `None` while there is no request."""
    missing: str = ""
    """What must be said first, in a sentence, while there is no request."""


def ask(maker: Maker, source: Song | None = None) -> Asked:
    """Read the form that is open as a request to `maker`, about the song `source`."""
    if not maker.can:
        return Asked(maker, None, missing=draft.why_grey())
    said = Said(draft.fields(), maker.limits, source)
    try:
        request = request_of(maker.ability, said)
    except RequestUnfit as unfit:
        return Asked(maker, None, missing=str(unfit))
    return Asked(maker, request, studio().estimate(request, maker.name))


def show_reading(asked: Asked, invitation: str = "") -> None:
    """Show how the request is read, and how much room is left in the boxes."""
    request = asked.request
    if not asked.maker.can:
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", key="reading"):
        with st.container(width="stretch"):
            if request is None:
                st.caption(invitation or asked.missing)
            else:
                # Its line is kept free, so that nothing moves when the answer comes.
                _show_understood(request, asked.maker.name)
        if request is not None:
            st.caption(" · ".join(_counts(request, asked.maker.limits)), width="content")


def _show_understood(request: SongRequest, to: str) -> None:
    show_answer(
        f"understand {to} {request.model_dump_json()}",
        lambda: studio().understand(request, to),
        lambda read: st.caption(f"understood: {plain(read)}" if read else "&nbsp;"),
    )


def _counts(request: SongRequest, limits: Limits) -> list[str]:
    """Say for every box in use how many characters are left, or too many."""
    boxes = [(name, request.text(name), getattr(limits, name)) for name in COUNTED]
    return [
        _count(NAMES.get(name, name), text, limit)
        for name, text, limit in boxes
        if text and limit is not None
    ]


def _count(name: str, text: str, limit: int) -> str:
    left = limit - len(text)
    before = f"{name}: " if name else ""
    return f"{before}{left} left" if left >= 0 else f":red[{before}{-left} too many]"


def show_button(label: str, asked: Asked, *, icon: str = ":material/graphic_eq:") -> None:
    """Show the button with its price, and submit once for each press."""
    st.button(
        label,
        type="primary",
        icon=icon,
        # Named after this form: a second click on a form that is submitted already finds nothing.
        key=f"make-{draft.form_name()}",
        on_click=draft.press,
        disabled=not asked.maker.can,
    )
    if asked.maker.can:
        st.caption(_terms(asked), width="content")
    if draft.was_pressed():
        _submit(asked)


def show_advice(asked: Asked) -> None:
    """Say below the button what should be known before it is pressed, if anything."""
    estimate = asked.estimate
    if estimate and estimate.problem:
        st.warning(plain(estimate.problem), icon=":material/info:")
        _ask_ids(asked)
    elif estimate and estimate.advice:
        st.caption(f":orange[:material/info: {plain(estimate.advice)}]")


def _ask_ids(asked: Asked) -> None:
    """Ask for the id of a sound there, where a person must have brought it."""
    if asked.request is None or not asked.maker.offer.by_hand:
        return
    for source in asked.request.sources:
        brought.ask_id(studio().song(source), asked.maker.offer, studio().attachments(source))


def _submit(asked: Asked) -> None:
    """Submit what is asked for; from here to the end nothing is drawn, so nothing interrupts."""
    draft.let_go()
    if asked.request is None:
        flash.say(asked.missing, icon=":material/lightbulb:")
        st.rerun()
    to = asked.maker.name
    try:
        studio().submit(asked.request, to=to, key=draft.submit_key(asked.request, to))
    except StudioProblem as problem:
        flash.complain(problem)
    else:
        draft.begin_anew()
    st.rerun()


def _terms(asked: Asked) -> str:
    """Say what it costs in all, how long it takes, and the steps where there are some."""
    steps = (
        [ABILITIES[step.ability].title.lower() for step in asked.estimate.steps]
        if asked.estimate
        else []
    )
    terms = [_price(asked), _usual_time(asked.maker)]
    if len(steps) > 1:
        terms.append(f"{len(steps)} steps: {', '.join(steps)}")
    return " · ".join(plain(term) for term in terms if term)


def _price(asked: Asked) -> str:
    """Say what it costs, or what a new song usually costs there."""
    if asked.estimate:
        return in_words(asked.estimate.price)
    return asked.maker.offer.price if asked.maker.ability is Ability.CREATE else ""


def takes_in_words(maker: Maker) -> str:
    """Say how many takes a press brings: `two takes`."""
    return MANY.get(maker.takes, f"{maker.takes} takes")


def _usual_time(maker: Maker) -> str:
    """Say how long it will take, going by the last jobs there; nothing where there were none."""
    done = studio().jobs(states={State.DONE}, abilities={maker.ability}, limit=LAST_JOBS)
    took = [
        (job.over_at - job.created_at).total_seconds()
        for job in done
        if job.connection == maker.name and job.over_at is not None
    ]
    return f"about {span(median(took))}" if took else ""
