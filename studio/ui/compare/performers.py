"""The performers: who took part, how far each is, and what became of those who brought nothing."""

from collections.abc import Sequence

import streamlit as st

from studio.errors import ConnectionUnknown
from studio.jobs.model import Job, State
from studio.offer import in_words, summed
from studio.ui import flash
from studio.ui.compare.makers import listed
from studio.ui.explain import problems
from studio.ui.opened import studio
from studio.ui.words import plain
from studio.ui.work import doubts
from studio.ui.work.jobs import doing_of


def show_head(job: Job, left_out: Sequence[str] = ()) -> None:
    """Show who it is, with what, for how much, and what it was not asked for."""
    with st.container(gap=None):
        st.markdown(f"**{plain(job.connection)}**")
        st.caption(" · ".join(map(plain, _terms(job))) or "&nbsp;")
        if left_out:
            st.caption(f"without {plain(listed(left_out))}")


def said_of(job: Job) -> str:
    """Say in a line who it was, with what and for how much; as Markdown."""
    return " · ".join([f"**{plain(job.connection)}**", *map(plain, _terms(job))])


def _terms(job: Job) -> Sequence[str]:
    return [part for part in (_model_of(job), cost_of(job)) if part]


def _model_of(job: Job) -> str:
    """Name the model that was asked, also where that is the usual one."""
    try:
        usual = studio().offer(job.connection).models_for(job.request.ability)
    except ConnectionUnknown:
        usual = {}
    return job.request.model or next(iter(usual), "")


def cost_of(job: Job) -> str:
    """Say what it has cost with all that had to be done for it; empty where it cost nothing yet."""
    told = [part.cost or part.estimate for part in (job, *studio().parts(job.id))]
    prices = tuple(price for price in told if price is not None)
    return in_words(summed(prices)) if prices else ""


def show_state(job: Job) -> None:
    """Show how far a maker is, or why it brought nothing and what can be done."""
    match job.state:
        case State.DONE | State.CANCELLED:
            _show_over(job)
        case State.UNSURE:
            doubts.show(job)
        case State.FAILED:
            _show_failed(job)
        case _:
            st.caption(doing_of(job))
            if job.reason:
                st.caption(plain(job.reason))
            if job.progress is not None:
                st.progress(job.progress)


def _show_over(job: Job) -> None:
    if job.state is State.CANCELLED:
        st.caption("Cancelled.")
    elif job.reason:
        st.caption(plain(job.reason))
    for take in job.takes:
        if take.failed:
            st.caption(f"Take {take.number}: {plain(take.failed)}")


def _show_failed(job: Job) -> None:
    st.markdown(f":material/error: {plain(job.reason or 'The vendor gave no reason.')}")
    if st.button("Try once more", key=f"again-{job.id}", icon=":material/refresh:"):
        with problems():
            studio().send_again(job.id)
            flash.say("It is sent once more.")
            st.rerun()


def show_offstage(jobs: Sequence[Job], *, is_open: bool) -> None:
    """Show beside takes with letters what went wrong, and once one may know, who is not done.

    Whose trouble it is, is said where that maker has nothing on the stage.
    """
    for job in jobs:
        is_troubled = job.state in {State.FAILED, State.UNSURE}
        if not is_troubled and not (is_open and job.state.is_under_way):
            continue
        if job.songs and not is_open:
            st.caption(
                "Not all that was asked for was made. Whose fault it is comes with the names."
            )
            continue
        with st.container(border=True, key=f"offstage-{job.id}"):
            show_head(job)
            show_state(job)
