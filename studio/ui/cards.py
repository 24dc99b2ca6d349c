"""A song in a list: the track that plays it, and what can be done with it."""

from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote

import streamlit as st

from studio.songs import Song
from studio.ui import draft, flash
from studio.ui.frame import pages_dir
from studio.ui.opened import studio
from studio.ui.player import STATIC, open_song, show_track, song_track
from studio.ui.words import ago, plain, shortened

Look = Literal["secondary", "tertiary"]


def show_card(song: Song) -> None:
    """Show one song of a list."""
    with st.container(
        key=f"card-{song.id}", horizontal=True, vertical_alignment="center", wrap=False, gap="small"
    ):
        show_track(song_track(song, line=line_of(song)), key=f"track-{song.id}")
        keep_button(song)
        with st.popover(
            "More",
            icon=":material/more_horiz:",
            type="tertiary",
            key=f"more-{song.id}",
            on_change="rerun",
        ) as more:
            # Drawn only when it is open: twenty closed menus would be most of the page.
            if more.open:
                with st.container(gap=None):
                    show_actions(song)


def line_of(song: Song) -> str:
    """Say in a line what a song is: style and when it was made."""
    parts = [shortened(song.style, letters=40), ago(song.made_at, datetime.now(UTC))]
    if not song.is_home:
        parts.insert(0, "still at the vendor")
    return " · ".join(part for part in parts if part)


def keep_button(song: Song, *, label: bool = False) -> None:
    """Mark a song as a keeper, or no longer."""
    words = "Kept" if song.kept else "Keep"
    st.button(
        # In a row only the heart is seen; the words are there for those who cannot see it.
        words if label else f"{words} {plain(shortened(song.title, letters=40))}",
        key=f"{words.lower()}-{'large' if label else 'small'}-{song.id}",
        icon=":material/heart_check:" if song.kept else ":material/favorite:",
        type="secondary" if label else "tertiary",
        help="No longer a keeper" if song.kept else "Mark as a keeper",
        on_click=_keep,
        args=(song.id, not song.kept),
    )


def show_actions(song: Song) -> None:
    """Show what can be done with a song."""
    if st.button("Open", icon=":material/open_in_full:", type="tertiary", key=f"open-{song.id}"):
        open_song(song.id)
    show_downloads(song)
    if st.button("Rename", icon=":material/edit:", type="tertiary", key=f"rename-{song.id}"):
        ask_title(song)
    if st.button(
        "Make another like it", icon=":material/refresh:", type="tertiary", key=f"again-{song.id}"
    ):
        make_another(song)
    st.button(
        "Delete",
        icon=":material/delete:",
        type="tertiary",
        key=f"delete-{song.id}",
        on_click=_delete,
        args=(song,),
    )


def show_song_actions(song: Song) -> None:
    """Show what can be done with a song in a row of buttons, on its own page."""
    keep_button(song, label=True)
    show_downloads(song, look="secondary")
    if st.button("Make another like it", icon=":material/refresh:", key="another"):
        make_another(song)
    more = st.popover("More", icon=":material/more_horiz:", type="tertiary", key="more-song")
    with more.container(gap=None):
        if st.button("Rename", icon=":material/edit:", type="tertiary", key="rename"):
            ask_title(song)
        if st.button("Delete", icon=":material/delete:", type="tertiary", key="delete"):
            _delete(song)
            st.switch_page(pages_dir() / "gallery.py")


def show_downloads(song: Song, *, look: Look = "tertiary") -> None:
    """Offer the files of a song."""
    for name, file in (("MP3", song.sound), ("WAV", song.wav)):
        if file:
            st.link_button(
                f"Download {name}",
                f"{STATIC}/songs/{quote(song.id)}.{name.lower()}?download=1",
                icon=":material/download:",
                type=look,
                key=f"{name}-{song.id}",
            )


@st.dialog("Rename the song")
def ask_title(song: Song) -> None:
    """Ask for a new title."""
    with st.form("rename", border=False):
        title = st.text_input("Title", value=song.title, max_chars=200)
        if st.form_submit_button("Rename", type="primary") and title.strip():
            studio().rename(song.id, title.strip())
            flash.say(f"It is called “{shortened(title, letters=60)}” now.")
            st.rerun()


def make_another(song: Song) -> None:
    """Fill Create with what this song was made from."""
    known = {connection.name for connection in studio().connections()}
    draft.write_down(song.request, to=song.connection if song.connection in known else None)
    flash.say(f"Filled in from “{shortened(song.title, letters=60)}”. Change what you like.")
    st.switch_page(pages_dir() / "create.py")


def _keep(song: str, kept: bool) -> None:
    studio().keep(song, kept)


def _delete(song: Song) -> None:
    studio().delete(song.id)
    flash.offer_undo(f"“{shortened(song.title, letters=60)}” is deleted.", song.id)
