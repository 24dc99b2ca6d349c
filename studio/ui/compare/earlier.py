"""Earlier comparisons, and what the page says before there is any."""

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from studio.jobs.books.comparisons import Comparison
from studio.ui.compare import wish
from studio.ui.form import draft
from studio.ui.frame import pages_dir
from studio.ui.opened import studio
from studio.ui.song.titles import title_of
from studio.ui.words import ago, plain

SHOWN = 10
COMPARE = pages_dir() / "compare.py"


def show_empty() -> None:
    """Say what comparing is, and where it begins."""
    with st.container(key="no-wish", horizontal_alignment="center", border=True):
        with st.container(gap=None):
            st.markdown("**One wish, several makers**", text_alignment="center")
            st.caption(
                "Say on Create what you want and press “Compare…”. Everybody you choose makes it, "
                "and you hear their takes side by side, equally loud, blind if you like.",
                text_alignment="center",
            )
        if st.button("Say what to make", type="primary", key="say-wish"):
            st.switch_page(pages_dir() / "create.py")


def show_list() -> None:
    """Show the newest comparisons, if there are any."""
    comparisons = studio().comparisons(limit=SHOWN)
    if not comparisons:
        return
    st.subheader("Earlier comparisons", anchor=False)
    with st.container(gap="small", key="earlier"):
        for comparison in comparisons:
            with st.container(gap=None, key=f"comparison-{comparison.id}"):
                if st.button(
                    plain(wish.name_of(comparison.request)),
                    key=f"open-{comparison.id}",
                    icon=":material/compare_arrows:",
                    type="tertiary",
                ):
                    st.switch_page(COMPARE, query_params={"id": comparison.id})
                st.caption(plain(_line(comparison)))


def offer_list() -> None:
    """Lead to all comparisons, where there is one."""
    if studio().comparisons(limit=1) and st.button(
        "All comparisons", key="all-comparisons", icon=":material/compare_arrows:", type="tertiary"
    ):
        st.switch_page(COMPARE)


def _line(comparison: Comparison) -> str:
    """Say who took part and who was liked best, as far as one may know."""
    names = makers_of(comparison)
    who = ", ".join(names) if comparison.is_open else f"{len(names)} makers, blind"
    parts = [who, _choice(comparison), ago(comparison.made_at, datetime.now(UTC))]
    return " · ".join(parts)


def _choice(comparison: Comparison) -> str:
    if comparison.choice is None:
        return "not chosen yet"
    songs = studio().takes_of(comparison)
    by = [f" by {song.connection}" for song in songs if song.id == comparison.choice]
    return f"chosen: “{title_of(comparison.choice)}”{''.join(by)}"


def makers_of(comparison: Comparison) -> Sequence[str]:
    """Name the connections that take part, in the order in which they were chosen."""
    return [studio().job(job).connection for job in comparison.jobs]


def compare_again(comparison: Comparison) -> None:
    """Let the same be asked once more, of the same makers or of others."""
    wish.put_again(comparison.request, makers_of(comparison))
    draft.keep_draft()
    st.switch_page(COMPARE)
