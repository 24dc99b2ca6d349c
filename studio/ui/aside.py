"""Questions to somebody far away, asked beside the page so that no page ever waits for them."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache

import streamlit as st

from studio.errors import StudioProblem

PATIENCE_SECONDS = 0.1
LOOK_SECONDS = 0.5
GOOD_FOR_SECONDS = 30


def show_answer(name: str, question: Callable[[], str], show: Callable[[str], object]) -> None:
    """Show what `question` answers, as soon as it does; empty until then, and when nobody does.

    Parameters
    ----------
    name
        What is asked, exactly: the same name has the same answer for half a minute.
    question
        Asks; a `StudioProblem` counts as no answer.
    show
        Draws the answer.
    """
    answer = _asked(name, question)
    wait([answer], timeout=PATIENCE_SECONDS)
    waiting = not answer.done()

    @st.fragment(run_every=LOOK_SECONDS if waiting else None)
    def draw() -> None:
        if waiting and answer.done():
            # The whole page, so that the looking ends.
            st.rerun()
        show(answer.result() if answer.done() else "")

    draw()


def answer_so_far(name: str, question: Callable[[], str]) -> str | None:
    """Give what `question` answers, empty when nobody does; `None` while that is not known.

    For pages that look again by themselves; the arguments are those of `show_answer`.
    """
    answer = _asked(name, question)
    wait([answer], timeout=PATIENCE_SECONDS)
    return answer.result() if answer.done() else None


@st.cache_resource(max_entries=200, ttl=GOOD_FOR_SECONDS, show_spinner=False)
def _asked(name: str, _question: Callable[[], str]) -> Future[str]:
    del name

    def ask() -> str:
        try:
            return _question()
        except StudioProblem:
            return ""

    return _hands().submit(ask)


@cache
def _hands() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=4, thread_name_prefix="aside")
