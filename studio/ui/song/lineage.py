"""Lineage: from which songs a song was made, what it is a part of, and what was made from it."""

import streamlit as st

from studio.errors import NotFound
from studio.songs import Part, Song
from studio.ui.abilities import ABILITIES
from studio.ui.frame import pages_dir
from studio.ui.opened import studio
from studio.ui.song.cards import show_card
from studio.ui.song.titles import LETTERS, PARTS
from studio.ui.words import plain, shortened

SHOWN = 6


def show_origin(song: Song) -> None:
    """Say which part of what was wished the song is, and lead to the songs it was made from."""
    parents = parents_of(song)
    if not parents and song.part is Part.SONG and not song.is_own:
        return
    with st.container(key="origin", horizontal=True, vertical_alignment="center", gap="small"):
        if song.part is not Part.SONG:
            st.badge(PARTS[song.part], color="gray")
        if song.is_own:
            st.badge("brought by you", color="gray")
        if parents:
            st.caption("Made from", width="content")
        for parent in parents:
            _show_link(parent)
        if parents and song.request is not None and (came := ABILITIES[song.request.ability].came):
            st.caption(came, width="content")


def parents_of(song: Song) -> list[Song]:
    """Give the songs that it was made from, as far as they are still there."""
    found = []
    for parent in song.parents:
        try:
            found.append(studio().song(parent))
        except NotFound:
            continue
    return found


def _show_link(song: Song) -> None:
    title = plain(shortened(song.title, letters=LETTERS))
    if song.part in PARTS:
        title += f", {PARTS[song.part]}"
    if song.deleted_at is not None:
        st.caption(f"{title} (deleted)", width="content")
        return
    st.page_link(pages_dir() / "song.py", label=title, query_params={"id": song.id})


def show_children(song: Song) -> None:
    """Show what was made from the song, newest first."""
    made = studio().songs(made_from=song.id, limit=SHOWN)
    if not made.songs:
        return
    st.subheader("Made from this", anchor=False)
    for child in made.songs:
        show_card(child)
    if made.total > len(made.songs):
        st.page_link(
            pages_dir() / "gallery.py",
            label=f"All {made.total}",
            icon=":material/library_music:",
            query_params={"from": song.id},
        )
