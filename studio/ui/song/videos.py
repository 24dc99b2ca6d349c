"""Videos: films of a song, to be watched here and taken away."""

import streamlit as st

from studio.providers.limits import Limits
from studio.songs import Ability, Attached, MakeVideo
from studio.ui.song.asks import Ask, show_ask
from studio.ui.song.attachments import address_of, newest_of_each, offer_file, offer_removal
from studio.ui.song.bench import Bench
from studio.ui.words import plain


def show(bench: Bench) -> None:
    """Show the films, each to be played in its place."""
    every = bench.of_kind(Attached.VIDEO)
    if not every:
        st.caption("No music video yet: the cover, the sound made visible, and the words in time.")
        return
    for video in newest_of_each(every):
        if address := address_of(video):
            st.video(address, alt=f"Music video of {plain(bench.song.title)}")
        offer_file(video, "Download the video", place="part", look="secondary")
    offer_removal(every, "Remove the video")


def ask(bench: Bench) -> None:
    """Offer to have a film made, with a name in it where one can be shown."""
    song, limits = bench.song, bench.offer.limits(Ability.VIDEO)
    row = st.container()
    if Ability.VIDEO in bench.offer.abilities and (limits.author or limits.site):
        box = st.expander("Names shown in it", key=f"video-names-{song.id}", on_change="rerun")
        if box.open:
            with box:
                _ask_names(song.id, limits)
    asked = MakeVideo(
        source=song.id,
        author=_said("author", song.id) if limits.author else "",
        site=_said("site", song.id) if limits.site else "",
    )
    with row:
        show_ask(
            Ask(
                "Music video",
                "A film with the cover, the sound made visible, and the words in time.",
                "Film it",
                asked,
                is_here=bool(bench.of_kind(Attached.VIDEO)),
            ),
            bench,
        )


def _ask_names(song: str, limits: Limits) -> None:
    """Ask whose name and which address are shown, as far as they can be."""
    for field, label, most in (
        ("author", "Your name", limits.author),
        ("site", "Your address", limits.site),
    ):
        if most:
            st.text_input(
                label, key=_key(field, song), max_chars=most, live=True, persist_state="session"
            )


def _said(field: str, song: str) -> str:
    return str(st.session_state.get(_key(field, song)) or "").strip()


def _key(field: str, song: str) -> str:
    return f"video-{field}-{song}"
