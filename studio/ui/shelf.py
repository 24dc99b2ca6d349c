"""The shelf of the gallery: searching, sifting and leafing through it."""

from collections.abc import Sequence

import streamlit as st

from studio.songs import Song
from studio.ui.opened import studio

SONGS_ON_A_PAGE = 20


def is_empty() -> bool:
    """Tell whether there is no song at all."""
    return studio().songs(limit=1).total == 0


def ask() -> tuple[str, bool | None]:
    """Ask what to look for; gives the words, and whether only keepers are wanted."""
    with st.container(horizontal=True, vertical_alignment="center"):
        search = st.text_input(
            "Search",
            key="search",
            type="search",
            icon=":material/search:",
            placeholder="title, style or words",
            label_visibility="collapsed",
            live=True,
            bind="query-params",
        )
        kept = st.toggle("Keepers only", key="keepers", bind="query-params")
    return (search or "").strip(), True if kept else None


def look(search: str, *, kept: bool | None) -> Sequence[Song]:
    """Give the songs of the open page, and show how many there are in all."""
    page = st.session_state.get("page", 1)
    found = studio().songs(
        search, kept=kept, skip=(page - 1) * SONGS_ON_A_PAGE, limit=SONGS_ON_A_PAGE
    )
    if found.total:
        _show_place(found.total)
    return found.songs


def _show_place(total: int) -> None:
    pages = -(-total // SONGS_ON_A_PAGE)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="place"
    ):
        st.caption(f"{total:,} song{'' if total == 1 else 's'}", width="content")
        if pages > 1:
            st.pagination(pages, key="page")
