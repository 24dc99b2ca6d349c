"""A song in a list: the track that plays it, and what can be done with it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote

import streamlit as st

from studio.errors import StudioProblem
from studio.songs import Song
from studio.ui import flash
from studio.ui.form import draft
from studio.ui.form.workflows import page_for
from studio.ui.frame import pages_dir
from studio.ui.opened import studio
from studio.ui.player import STATIC, open_song, show_track, song_track
from studio.ui.song.titles import came_from
from studio.ui.words import ago, plain, shortened

LONGEST_TITLE = 200
BRING_HOME = "Bring it home"
ANOTHER = "Make another like it"

Look = Literal["secondary", "tertiary"]


def show_card(song: Song) -> None:
    """Show one song of a list."""
    with st.container(
        key=f"card-{song.id}", horizontal=True, vertical_alignment="center", wrap=False, gap="small"
    ):
        show_track(song_track(song, line=line_of(song)), key=f"track-{song.id}")
        keep_button(song)
        show_menu(song)


def line_of(song: Song) -> str:
    """Say in a line when a song was made, from which other, and in which style."""
    parts = [came_from(song), ago(song.made_at, datetime.now(UTC))]
    parts.append(shortened(song.style, letters=60))
    if not song.is_home:
        parts.insert(0, "still at the vendor")
    return " · ".join(part for part in parts if part)


def line_of_page(song: Song) -> str:
    """Say in a line, at the head of a song's own page, how it sounds and who made it."""
    tempo, key = song.facts.get("tempo_bpm"), str(song.facts.get("key") or "")
    parts = [
        "" if song.is_home else "still at the vendor",
        shortened(song.style, letters=60),
        # Some say tempo and key within the style.
        f"{tempo:.0f} bpm"
        if isinstance(tempo, int | float) and "bpm" not in song.style.lower()
        else "",
        key if key.lower() not in song.style.lower() else "",
        song.connection,
        ago(song.made_at, datetime.now(UTC)),
    ]
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
        # Tooltips in every row would be a fifth of the gallery's time to draw.
        help=("No longer a keeper" if song.kept else "Mark as a keeper") if label else None,
        on_click=_keep,
        args=(song.id, not song.kept),
    )


def _keep(song_id: str, kept: bool) -> None:
    studio().keep(song_id, kept)


def show_menu(song: Song, *, full: bool = True) -> None:
    """Show what can be done with a song behind three dots; `full` where its page is elsewhere."""
    with st.popover(
        "More",
        icon=":material/more_horiz:",
        type="tertiary",
        key=f"more-{song.id}",
        on_change="rerun",
    ) as more:
        # Drawn only when it is open: twenty closed menus would be most of the page.
        if more.open:
            _show_actions(song, full=full)
    wanted, song_id = st.session_state.get("wanted", (None, None))
    if song_id == song.id:
        del st.session_state["wanted"]
        _ACTIONS[wanted][1](song)


def _show_actions(song: Song, *, full: bool) -> None:
    with st.container(gap=None):
        if full:
            show_downloads(song)
        for label, (icon, _) in _ACTIONS.items():
            if label == BRING_HOME and song.is_home:
                continue
            if label == ANOTHER and song.request is None:
                continue
            if full or label not in _ON_ITS_PAGE:
                st.button(
                    label,
                    icon=icon,
                    type="tertiary",
                    key=f"{label}-{song.id}",
                    on_click=_want,
                    args=(label, song.id),
                )


def _want(label: str, song_id: str) -> None:
    """Note what was chosen, to be done when the menu is closed."""
    st.session_state["wanted"] = (label, song_id)
    st.session_state[f"more-{song_id}"] = False


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
def _ask_title(song: Song) -> None:
    with st.form("rename", border=False):
        title = st.text_input("Title", value=song.title, max_chars=LONGEST_TITLE)
        if st.form_submit_button("Rename", type="primary") and title.strip():
            studio().rename(song.id, title.strip())
            st.rerun()


def make_another(song: Song) -> None:
    """Fill the form of its workflow with what this song was made from."""
    if song.request is None:
        return
    known = {connection.name for connection in studio().connections()}
    draft.write_down(song.request, to=song.connection if song.connection in known else None)
    flash.say(f"Filled in from “{shortened(song.title, letters=60)}”. Change what you like.")
    st.switch_page(page_for(song.request.ability))


def _delete(song: Song) -> None:
    studio().delete(song.id)
    flash.offer_undo(f"“{shortened(song.title, letters=60)}” is deleted.", song.id)
    if st.query_params.get("id") == song.id:
        st.switch_page(pages_dir() / "gallery.py")
    st.rerun()


def bring_home(song: Song) -> None:
    """Fetch a song that is still at the vendor."""
    try:
        studio().fetch_again(song.id)
    except StudioProblem as problem:
        flash.complain(problem)
    else:
        flash.say(f"“{shortened(song.title, letters=60)}” is home.")
    st.rerun()


_ACTIONS: dict[str, tuple[str, Callable[[Song], None]]] = {
    "Open": (":material/open_in_full:", lambda song: open_song(song.id)),
    BRING_HOME: (":material/cloud_download:", bring_home),
    "Rename": (":material/edit:", _ask_title),
    ANOTHER: (":material/refresh:", make_another),
    "Delete": (":material/delete:", _delete),
}
_ON_ITS_PAGE = ("Open", BRING_HOME, ANOTHER)
"""What the page of the song offers in other ways."""
