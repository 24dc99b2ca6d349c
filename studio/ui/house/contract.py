"""Contract check on Settings: what a vendor documents, beside what it answered when it was asked.

It is asked beside the page: a vendor may take its time. What came back last is kept.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache, partial

import streamlit as st

from studio.client import Connection
from studio.contracts import Result
from studio.errors import StudioProblem
from studio.offer import in_words
from studio.ui.explain import show_problem
from studio.ui.opened import studio
from studio.ui.words import ago, plain

LABEL = ":gray[:small[{}]]"
LOOK_SECONDS = 0.5
SIGNS = {
    True: (":material/check_circle:", "as documented", "green"),
    False: (":material/error:", "differs", "red"),
    None: (":material/help:", "nobody could tell", "gray"),
}


def offer_check(connection: Connection) -> None:
    """Offer to hold a vendor to what its documents say, where it makes claims; folded."""
    if not studio().contract(connection.name):
        return
    box = st.expander(
        "Contract check",
        key=f"contract-{connection.name}",
        type="compact",
        on_change="rerun",
    )
    if box.open:
        with box:
            _show(connection.name)


def _show(name: str) -> None:
    is_asked = _is_asked(name)

    @st.fragment(run_every=LOOK_SECONDS if is_asked else None)
    def draw() -> None:
        if _is_asked(name) != is_asked:
            # The whole page, so that the looking begins, or ends.
            st.rerun()
        results = studio().contract(name)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Ask what is free",
                key=f"examine-{name}",
                disabled=is_asked,
                on_click=_examine,
                args=(name, None),
            )
            st.caption(plain(_summary(results, is_asked=is_asked)), width="stretch")
        for result in results:
            _show_result(name, result, is_asked=is_asked)

    draw()
    if not is_asked:
        _show_trouble(name)


def _is_asked(name: str) -> bool:
    asked: Future[object] | None = st.session_state.get(f"examined-{name}")
    return asked is not None and not asked.done()


def _show_trouble(name: str) -> None:
    """Say why nobody could be asked, if that was so."""
    asked: Future[object] | None = st.session_state.get(f"examined-{name}")
    trouble = asked.exception() if asked else None
    if isinstance(trouble, StudioProblem):
        show_problem(trouble)
    elif trouble is not None:
        raise trouble


def _summary(results: tuple[Result, ...], *, is_asked: bool) -> str:
    if is_asked:
        return "It is being asked, one claim after the other."
    moments = [result.at for result in results if result.at]
    if not moments:
        return "What its documents say is held against what it answers today. Nothing is spent."
    told = [result.verdict.holds for result in results if result.verdict]
    differ, open_ = told.count(False), told.count(None)
    if differ:
        found = f"{differ} of {len(results)} differ."
    elif open_ == len(told):
        found = "Nobody answered."
    else:
        found = "No difference was found." + (f" {open_} could not be told." if open_ else "")
    return f"{found} Asked {ago(max(moments), datetime.now(UTC))}."


def _show_result(name: str, result: Result, *, is_asked: bool) -> None:
    """Show a claim as a row: what it is, what is documented, and what was found."""
    claim, verdict = result.claim, result.verdict
    what, documented, found = st.columns([3, 4, 4], gap="small")
    what.markdown(f"**{plain(claim.name)}**" + (f"  \n{_mark(result)}" if verdict else ""))
    documented.markdown(f"{LABEL.format('Documented')}  \n{plain(claim.says)}")
    found.markdown(
        f"{LABEL.format('Found')}  \n{plain(verdict.found) if verdict else 'not asked yet'}"
    )
    if not claim.price.is_free:
        what.button(
            f"Ask for {in_words(claim.price)}",
            key=f"examine-{name}-{claim.name}",
            help=f"Costs {in_words(claim.price)}, each time it is asked.",
            disabled=is_asked,
            on_click=_examine,
            args=(name, (claim.name,)),
        )


def _mark(result: Result) -> str:
    holds = result.verdict.holds if result.verdict else None
    icon, word, colour = SIGNS[holds]
    return f":{colour}[{icon} {word}]"


def _examine(name: str, claims: tuple[str, ...] | None) -> None:
    """Ask beside the page: everything that is free, or what a person has said yes to."""
    ask = partial(studio().examine, name, claims, spend=claims is not None)
    st.session_state[f"examined-{name}"] = _hands().submit(ask)


@cache
def _hands() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="contract")
