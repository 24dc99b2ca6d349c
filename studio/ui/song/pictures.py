"""Pictures: what was painted for a song, side by side; one of them is its cover."""

import streamlit as st

from studio.errors import StudioProblem
from studio.songs import Attached, Attachment, PaintCovers, Song
from studio.ui import flash
from studio.ui.opened import studio
from studio.ui.player import cover_address
from studio.ui.song.asks import Ask, show_ask
from studio.ui.song.attachments import address_of, offer_file, offer_removal
from studio.ui.song.bench import Bench
from studio.ui.words import plain

WIDTH = 160
"""Of a picture; a phone has room for two side by side."""


def show(bench: Bench) -> None:
    """Show the cover, and beside it what may take its place."""
    song, pictures = bench.song, bench.of_kind(Attached.COVER)
    home = [picture for picture in pictures if picture.file]
    if not home and (cover := cover_address(song)):
        st.image(cover, width=WIDTH, alt=f"The cover of {plain(song.title)}")
    with st.container(horizontal=True, key="pictures"):
        for number, picture in enumerate(home, start=1):
            with st.container(width=WIDTH, gap="xsmall"):
                _show_one(picture, song, number)
    for picture in pictures:
        if not picture.file:
            offer_file(picture, "Download", place="part")
    if pictures:
        offer_removal(pictures, "Remove the pictures")
    elif not song.cover:
        st.caption("No picture yet.")


def _show_one(picture: Attachment, song: Song, number: int) -> None:
    """Show one picture, and let it become the cover with one press."""
    st.image(address_of(picture) or "", alt=plain(picture.name) or f"Picture {number}")
    is_cover = (song.cover or "").startswith(f"{song.id}.{picture.id}.")
    if is_cover:
        st.caption(":material/check: The cover")
        return
    st.button(
        "Make it the cover",
        key=f"cover-{picture.id}",
        type="tertiary",
        icon=":material/image:",
        on_click=_use,
        args=(picture.id,),
    )


def _use(picture: str) -> None:
    try:
        studio().use_cover(picture)
    except StudioProblem as problem:
        flash.complain(problem)


def ask(bench: Bench) -> None:
    """Offer to have pictures painted."""
    show_ask(
        Ask(
            "Cover pictures",
            "A few pictures for the song, to choose its cover from.",
            "Paint them",
            PaintCovers(source=bench.song.id),
            is_here=any(isinstance(job.request, PaintCovers) for job in bench.done()),
        ),
        bench,
    )
