"""Joins: a tail that stands alone can be joined to what came before it."""

from hashlib import sha256

import streamlit as st

from studio.errors import StudioProblem
from studio.jobs.model import Job
from studio.offer import in_words
from studio.songs import Ability, Concat, Part, Song
from studio.ui import flash
from studio.ui.opened import studio
from studio.ui.words import plain


def offer(song: Song) -> None:
    """Offer to join `song` to its beginning, if it is a tail and nobody has done so yet."""
    if song.part is not Part.TAIL or _has_whole(song):
        return
    able = studio().who_can(Ability.CONCAT)
    if song.connection not in able:
        return
    earlier = studio().jobs(of_song=song.id, abilities={Ability.CONCAT})
    with st.container(
        horizontal=True, vertical_alignment="center", border=True, key=f"join-{song.id}"
    ):
        if any(not job.state.is_over for job in earlier):
            st.markdown("This tail is being joined to what came before it.")
        else:
            _offer(song, earlier)


def _offer(song: Song, earlier: list[Job]) -> None:
    request = Concat(source=song.id)
    price = in_words(studio().estimate(request, song.connection).price)
    st.markdown("This is only the tail.", width="stretch")
    st.caption(plain(price), width="content")
    # Named after what was tried before: a second click on the same button is the same job.
    key = sha256(f"join {song.id} after {len(earlier)}".encode()).hexdigest()[:32]
    st.button(
        "Join it to the song",
        key=f"join-press-{key}",
        icon=":material/join:",
        on_click=_submit,
        args=(request, song.connection, key),
    )


def _has_whole(song: Song) -> bool:
    return any(child.part is Part.WHOLE for child in studio().children(song.id))


def _submit(request: Concat, to: str, key: str) -> None:
    try:
        studio().submit(request, to=to, key=key)
    except StudioProblem as problem:
        flash.complain(problem)
    else:
        flash.say("The tail is being joined.")
