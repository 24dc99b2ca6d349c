"""The story of a song: its words, its facts, and how it was made."""

import streamlit as st

from studio.errors import NotFound
from studio.songs import Song
from studio.ui.cards import BRING_HOME, bring_home, make_another, show_card
from studio.ui.opened import studio
from studio.ui.words import clock, plain


def asked_song() -> Song:
    """Give the song that the address asks for.

    Raises
    ------
    NotFound
        If the address names none, or one that is gone.
    """
    wanted = st.query_params.get("id", "")
    if not wanted:
        raise NotFound("No song was chosen. Choose one in the gallery.")
    song = studio().song(wanted)
    if song.deleted_at is not None:
        raise NotFound(f"“{song.title}” was deleted. What is there is in the gallery.")
    return song


def offer_another(song: Song) -> None:
    """Offer to fill Create with what this song was made from."""
    if st.button("Make another like it", icon=":material/refresh:", key="another"):
        make_another(song)


def offer_to_fetch(song: Song) -> None:
    """Offer to bring a song home that is still at the vendor, while its link lives."""
    if song.is_home:
        return
    ends = song.link_ends_at
    until = f" Its link ends {ends.astimezone():%-d %B, %H:%M}." if ends else ""
    st.warning(f"The sound is still at the vendor.{plain(until)}", icon=":material/cloud:")
    if st.button(BRING_HOME, icon=":material/cloud_download:", key="fetch"):
        bring_home(song)


def show_words(song: Song) -> None:
    """Show the words as they were written, mark by mark."""
    if not song.lyrics.strip():
        st.caption("No words: an instrumental.")
        return
    st.text(song.lyrics.strip())


def show_facts(song: Song) -> None:
    """Show what is known of a song."""
    facts = {
        "Style": song.style,
        "Length": clock(song.length),
        "Made": f"{song.made_at.astimezone():%-d %B %Y, %H:%M}",
        "By": song.connection,
        "Take": str(song.take),
        "Seed": "" if song.seed is None else str(song.seed),
        "Job": song.job,
        "Id at the vendor": song.remote or "",
    }
    st.markdown("\n".join(f"- {name}: {plain(fact)}" for name, fact in facts.items() if fact))


def show_request(song: Song) -> None:
    """Show what was asked for."""
    if song.request is None:
        st.caption("Somebody brought this sound.")
        return
    st.code(
        song.request.model_dump_json(indent=1, exclude_defaults=True),
        language=None,
        wrap_lines=True,
    )


def show_siblings(song: Song) -> None:
    """Show the other takes of the same job."""
    try:
        job = studio().job(song.job)
    except NotFound:
        return
    others = [studio().song(other) for other in job.songs if other != song.id]
    others = [other for other in others if other.deleted_at is None]
    if others:
        st.subheader("The other take" if len(others) == 1 else "Other takes", anchor=False)
    for other in others:
        show_card(other)
