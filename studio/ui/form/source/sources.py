"""Sources: the song that something is made from, chosen in the gallery or brought along."""

from collections.abc import Callable, Sequence

import streamlit as st

from studio.errors import NotFound
from studio.songs import Ability, Song
from studio.ui import bring, flash
from studio.ui.form import draft
from studio.ui.form.workflows import page_for
from studio.ui.opened import studio
from studio.ui.player import show_track, song_track
from studio.ui.song.cards import line_of
from studio.ui.words import plain, shortened

SHOWN = 5
BROUGHT = "bring"
GALLERY = "gallery"
_WAYS = {GALLERY: "From the gallery", BROUGHT: "Bring a sound"}
_OF_THE_SONG = {"at": None, "start": None, "end": None}
"""What is said of one song and means nothing for another."""


def choose(
    title: str,
    *,
    field: str = "source",
    not_this: Song | None = None,
    mark: Callable[[Song], object] | None = None,
    brings: bool = False,
) -> Song | None:
    """Show the chosen song, or ask for one; `None` until there is one.

    Parameters
    ----------
    title
        What it is asked for, for example `The song that goes on`.
    field
        Where its id stands in the form.
    not_this
        A song that cannot be chosen here, because it is chosen elsewhere on the page.
    mark
        Draws a waveform on which something is marked, in place of the usual track.
    brings
        Whether most people will bring it, rather than find it in the gallery.
    """
    if field == "source":
        _begin_with_asked()
    song = _standing(field)
    with st.container(border=True, key=draft.key(f"{field}-box"), gap="small"):
        if song is None:
            st.markdown(f"**{title}**")
            _ask(field, not_this, usual=BROUGHT if brings else GALLERY)
        else:
            _show(title, song, field, mark)
    return song


def _begin_with_asked() -> None:
    """Begin with the song that the address names, once."""
    asked = st.query_params.get("song")
    if asked is None:
        return
    del st.query_params["song"]
    try:
        studio().song(asked)
    except NotFound as problem:
        flash.complain(problem)
        st.rerun()
    if draft.value("source") != asked:
        _take("source", asked)


def _standing(field: str) -> Song | None:
    """Give the chosen song, unless it has been deleted since."""
    chosen = draft.value(field)
    if chosen is None:
        return None
    try:
        song = studio().song(chosen)
    except NotFound:
        song = None
    if song is None or song.deleted_at is not None:
        draft.put(**{field: None})
        return None
    return song


def _show(title: str, song: Song, field: str, mark: Callable[[Song], object] | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        called = f" **{plain(shortened(song.title, letters=60))}**" if mark else ""
        st.caption(f"{title}{':' if called else ''}{called}", width="stretch")
        st.button(
            "Choose another",
            key=draft.key(f"{field}-other"),
            type="tertiary",
            icon=":material/swap_horiz:",
            on_click=_take,
            args=(field, None),
        )
    if mark is None:
        show_track(song_track(song, line=line_of(song)), key=draft.key(f"{field}-{song.id}"))
    else:
        mark(song)


def _ask(field: str, not_this: Song | None, *, usual: str) -> None:
    way = st.segmented_control(
        "Where from",
        list(_WAYS),
        key=draft.key(f"{field}-way"),
        format_func=_WAYS.__getitem__,
        default=usual,
        required=True,
        label_visibility="collapsed",
    )
    if way == BROUGHT:
        brought = bring.ask(draft.key(f"{field}-bring"))
        if brought:
            _take(field, brought)
            st.rerun()
    else:
        _ask_gallery(field, not_this)


def _ask_gallery(field: str, not_this: Song | None) -> None:
    if studio().songs(limit=1).total:
        _search_gallery(field, not_this)
        return
    st.caption("The gallery is empty. Make a song first, or bring a sound of your own.")
    st.page_link(page_for(Ability.CREATE), label="Make a song", icon=":material/music_note:")


@st.fragment
def _search_gallery(field: str, not_this: Song | None) -> None:
    """Search the gallery; only this part of the page is drawn again while somebody types."""
    search = st.text_input(
        "Search the gallery",
        key=draft.key(f"{field}-search"),
        type="search",
        icon=":material/search:",
        placeholder="title, style or words",
        label_visibility="collapsed",
        live=True,
    )
    found = _found((search or "").strip(), not_this)
    for song in found:
        _offer(song, field)
    if not found:
        st.caption(
            "Nothing on the shelf fits that. Try fewer words."
            if search
            else "There is no other song yet. Make one, or bring a sound of your own."
        )


def _offer(song: Song, field: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", wrap=False, gap="small"):
        show_track(song_track(song, line=line_of(song)), key=draft.key(f"{field}-{song.id}"))
        called = plain(shortened(song.title, letters=40))
        if st.button(f"Choose {called}", key=draft.key(f"{field}-choose-small-{song.id}")):
            _take(field, song.id)
            st.rerun()


def _found(search: str, not_this: Song | None) -> Sequence[Song]:
    songs = studio().songs(search, limit=SHOWN + 1).songs
    return [song for song in songs if not_this is None or song.id != not_this.id][:SHOWN]


def _take(field: str, song: str | None) -> None:
    """Choose a song; what was said of another one is forgotten."""
    forgotten = _OF_THE_SONG if field == "source" else {}
    known = draft.fields()
    draft.put(
        **{field: song}, **{name: usual for name, usual in forgotten.items() if name in known}
    )
