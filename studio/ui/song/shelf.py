"""The shelf of the gallery: searching, sifting and leafing through it."""

from collections.abc import Sequence

import streamlit as st

from studio.client import Shelf
from studio.songs import Song
from studio.ui import bring
from studio.ui.opened import studio
from studio.ui.player import open_song
from studio.ui.song.titles import title_of
from studio.ui.words import plain

FROM = "from"
"""In the address: the song of which only the children are shown."""
SONGS_ON_A_PAGE = 8
"""As many as a laptop shows at once; every card costs a browser about 4 ms."""


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
            on_change=_first_page,
        )
        kept = st.toggle("Keepers only", key="keepers", bind="query-params", on_change=_first_page)
    return (search or "").strip(), True if kept else None


def look(search: str, *, kept: bool | None) -> Sequence[Song]:
    """Give the songs of the open page, and show how many there are in all."""
    parent = _asked_parent()
    found = _page(search, kept=kept, parent=parent, page=st.session_state.get("page", 1))
    if found.total and not found.songs:
        # The last songs of the last page are gone.
        _first_page()
        found = _page(search, kept=kept, parent=parent, page=1)
    if found.total:
        _show_place(found.total)
    return found.songs


def offer_to_bring() -> None:
    """Offer to put a sound of one's own on the shelf; then its page opens."""
    with st.popover(
        "Bring a sound", icon=":material/upload:", key="bring-here", on_change="rerun"
    ) as box:
        brought = bring.ask("gallery-bring") if box.open else None
    if brought:
        open_song(brought)


def _asked_parent() -> str | None:
    """Give the id of the song of which only the children are wanted, and say so."""
    wanted = st.query_params.get(FROM)
    if not wanted:
        return None
    with st.container(horizontal=True, vertical_alignment="center", key="made-from"):
        st.markdown(f"Made from **{plain(title_of(wanted))}**", width="content")
        st.button("Show all songs", key="leave-parent", type="tertiary", on_click=show_everything)
    return wanted


def show_everything() -> None:
    """Look at the whole shelf again."""
    st.session_state["search"] = ""
    st.session_state["keepers"] = False
    st.query_params.pop(FROM, None)
    _first_page()


def _page(search: str, *, kept: bool | None, parent: str | None, page: int) -> Shelf:
    skip = (page - 1) * SONGS_ON_A_PAGE
    return studio().songs(search, kept=kept, made_from=parent, skip=skip, limit=SONGS_ON_A_PAGE)


def _first_page() -> None:
    st.session_state["page"] = 1


def _show_place(total: int) -> None:
    pages = -(-total // SONGS_ON_A_PAGE)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="place"
    ):
        st.caption(f"{total:,} song{'' if total == 1 else 's'}", width="content")
        if pages > 1:
            st.pagination(pages, key="page")
