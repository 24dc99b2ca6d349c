"""Doubts: a job that may have been taken, what is known of it, and how a person decides."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

import streamlit as st

from studio.jobs.model import Job
from studio.offer import in_words
from studio.songs import Ability
from studio.ui import flash
from studio.ui.abilities import MUSIC
from studio.ui.explain import problems
from studio.ui.opened import studio
from studio.ui.words import ago, plain


class Choices(NamedTuple):
    """How the ways out are said for one kind of job."""

    id: str
    """Which id the vendor may show."""
    made: str
    again: str


_MUSIC = Choices("Its id at the vendor", "It was made: fetch it", "It was not: send it again")
_OTHER = Choices("Its id at the vendor", "It was done: fetch it", "It was not: ask again")
_CHOICES: Mapping[Ability, Choices] = {
    Ability.UPLOAD: Choices(
        "The sound's id at the vendor", "It arrived: go on", "It did not: bring it again"
    ),
    Ability.PERSONA: Choices(
        "The persona's id at the vendor", "It was made: keep it", "It was not: ask again"
    ),
    Ability.VOICE: Choices(
        "The voice's id at the vendor", "It was made: keep it", "It was not: ask again"
    ),
}


def show(job: Job) -> None:
    """Show why nobody can tell, what is known, and the ways out."""
    choices = _CHOICES.get(job.request.ability, _MUSIC if job.request.ability in MUSIC else _OTHER)
    st.markdown(plain(job.reason or "Nobody can tell whether the vendor took this request."))
    st.caption(_known(job))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        remote = st.text_input(choices.id, key=f"remote-{job.id}", live=True, width=220).strip()
        if st.button(choices.made, key=f"made-{job.id}", disabled=not remote):
            _decide(lambda: studio().it_was_made(job.id, remote), "It is fetched from the vendor.")
        if st.button(choices.again, key=f"send-{job.id}"):
            _decide(lambda: studio().send_again(job.id), "It is sent once more.")
        if st.button("Let it go", key=f"let-go-{job.id}", type="tertiary"):
            _decide(lambda: studio().give_up(job.id), "It is let go.")


def _decide(decision: Callable[[], object], word: str) -> None:
    with problems():
        decision()
        flash.say(word)
        st.rerun()


def _known(job: Job) -> str:
    """Say what is known of a job that may have been bought."""
    parts = [f"sent {ago(job.sent_at, datetime.now(UTC))}" if job.sent_at else "not surely sent"]
    if job.estimate is not None and not job.estimate.is_free:
        parts.append(f"would cost {in_words(job.estimate)}")
    before, after = job.balance_before, job.balance_after
    if before is not None and after is not None:
        spent = "nothing was charged" if after.amount >= before.amount else "something was charged"
        parts.append(f"balance {before.amount:g} before, {after.amount:g} after: {spent}")
    return plain(" · ".join(parts))
