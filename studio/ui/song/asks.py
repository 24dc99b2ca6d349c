"""Asks: a row for one thing that can be had of a song: what it gives, its price, and one press."""

import time
from hashlib import sha256
from typing import NamedTuple

import streamlit as st

from studio.client import Estimate, Offer
from studio.errors import StudioProblem
from studio.jobs.model import Job, State
from studio.offer import in_words
from studio.songs import Ability, Song, SongRequest
from studio.ui import flash
from studio.ui.form.greyed import Takes
from studio.ui.opened import studio
from studio.ui.song.bench import Bench, ask_instead
from studio.ui.words import plain

ESTIMATES = "estimates"
GOOD_FOR_SECONDS = 20.0
MOST_ESTIMATES = 100


class Ask(NamedTuple):
    """One thing that can be had of a song."""

    title: str
    gives: str
    """What comes of it, in a sentence."""
    press: str
    """What stands on the button."""
    request: SongRequest
    is_here: bool = False
    """Whether it was found before."""
    takes: Takes = lambda _: True
    """Whether the limits of its ability let one ask for this; as a rule they do."""

    def why_not(self, offer: Offer, song: Song) -> str:
        """Say in a few words why it cannot be had there of `song`; empty where it can."""
        ability = self.request.ability
        limits = offer.limits(ability)
        if ability not in offer.abilities or not self.takes(limits):
            return f"Not at {offer.name}." if offer.is_reached else f"{offer.name} is not reached."
        if limits.origin == "made" and song.connection != offer.name:
            return f"Only for songs that were made at {offer.name}."
        return ""


def show_ask(ask: Ask, bench: Bench) -> None:
    """Show one row, and order what it is about when it is pressed."""
    with st.container(
        key=f"ask-{_name(ask)}",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        wrap=False,
    ):
        if why_not := ask.why_not(bench.offer, bench.song):
            _show_unable(ask, bench, why_not)
        else:
            _show_able(ask, bench)


def _show_able(ask: Ask, bench: Bench) -> None:
    estimate = _estimate(ask.request, bench)
    here = " :green[:material/check:]" if ask.is_here else ""
    price = plain(in_words(estimate.price))
    if any(step.ability is Ability.UPLOAD for step in estimate.steps):
        price += ", with bringing it there"
    told = [f"**{plain(ask.title)}**{here} :gray[{price}]", plain(ask.gives)]
    if estimate.advice:
        told.append(f":orange[{plain(estimate.advice)}]")
    if estimate.problem:
        told.append(f":red[{plain(estimate.problem)}]")
    st.markdown("  \n".join(told))
    earlier = [job for job in bench.jobs if job.request == ask.request]
    if going := next((job for job in earlier if not job.state.is_over), None):
        st.caption(_standing(going), width="content")
        return
    key = _submit_key(ask.request, bench.offer.name, earlier[0].id if earlier else "")
    st.button(
        "Again" if ask.is_here else ask.press,
        key=f"press-{key}",
        type="tertiary" if ask.is_here else "secondary",
        disabled=bool(estimate.problem),
        on_click=_submit,
        args=(ask.request, bench.offer.name, key),
    )


def _estimate(request: SongRequest, bench: Bench) -> Estimate:
    """Give what `request` will take, as it was within the last seconds.

    A page asks for ten of them with every run; when it is pressed, all is looked at anew.
    """
    known: dict[object, tuple[float, Estimate]] = st.session_state.setdefault(ESTIMATES, {})
    asked = (bench.offer.name, request.model_dump_json(), len(bench.found), len(bench.done()))
    if asked not in known or time.monotonic() - known[asked][0] >= GOOD_FOR_SECONDS:
        if len(known) >= MOST_ESTIMATES:
            known.clear()
        known[asked] = (time.monotonic(), studio().estimate(request, bench.offer.name))
    return known[asked][1]


def _standing(job: Job) -> str:
    return "waits for you on Jobs" if job.state is State.UNSURE else "under way"


def _show_unable(ask: Ask, bench: Bench, why_not: str) -> None:
    """Show what cannot be had there, who has it, and the way to them."""
    others = [offer.name for offer in bench.offers if not ask.why_not(offer, bench.song)]
    can = f"{' or '.join(others)} can." if others else "No connection here can."
    st.markdown(
        f":gray[**{plain(ask.title)}**]  \n:gray[{plain(ask.gives)}]  \n"
        f":gray[:material/block: {plain(f'{why_not} {can}')}]"
    )
    if len(others) == 1:
        st.button(
            f"Ask {plain(others[0])}",
            key=f"switch-{_name(ask)}",
            type="tertiary",
            on_click=ask_instead,
            args=(bench.song.id, others[0]),
        )
    elif others:
        key = f"switch-{_name(ask)}"
        st.menu_button(
            "Ask another",
            others,
            key=key,
            type="tertiary",
            format_func=plain,
            on_click=_ask_chosen,
            args=(bench.song.id, key),
        )


def _ask_chosen(song: str, key: str) -> None:
    ask_instead(song, str(st.session_state[key]))


def _submit(request: SongRequest, to: str, key: str) -> None:
    try:
        studio().submit(request, to=to, key=key)
    except StudioProblem as problem:
        flash.complain(problem)


def _submit_key(request: SongRequest, to: str, last: str) -> str:
    """Name this very purchase, by the `last` job of its kind.

    A second click, and a second tab that has not seen the first one's job, find it bought already.
    """
    said = f"{to}\n{request.model_dump_json()}\n{last}"
    return sha256(said.encode()).hexdigest()[:32]


def _name(ask: Ask) -> str:
    """Name the row for the browser; a title is a plain word or three of ours."""
    return ask.title.lower().replace(" ", "-").replace(",", "")
