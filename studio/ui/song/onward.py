"""Onward: where a song can be worked on, with the song chosen there already."""

from collections.abc import Sequence

import streamlit as st

from studio.songs import Song
from studio.ui.frame import pages_dir

WAYS: Sequence[tuple[str, str, str]] = (
    ("extend", "Extend", ":material/arrow_forward:"),
    ("cover", "Cover", ":material/brush:"),
    ("remix", "Remix", ":material/shuffle:"),
    ("personas", "Persona", ":material/mic:"),
    ("song_tools", "Tools", ":material/construction:"),
)


def show(song: Song) -> None:
    """Lead from a song to what can be made of it."""
    if not song.is_home:
        return
    with st.container(horizontal=True, key="onward", gap="small"):
        for page, label, icon in WAYS:
            st.page_link(
                pages_dir() / f"{page}.py",
                label=label,
                icon=icon,
                query_params={"song": song.id},
            )
