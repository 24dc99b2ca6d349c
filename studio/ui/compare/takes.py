"""One take on the stage: its track, what can be told of it, and the vote."""

from string import ascii_uppercase

import streamlit as st

from studio.jobs.books.comparisons import Comparison
from studio.songs import Song
from studio.ui.compare import levels, performers
from studio.ui.explain import problems
from studio.ui.opened import studio
from studio.ui.player import beside, show_track, song_track, unnamed

LEAST_DB = 0.1
"""Nobody hears less than this."""


def letter(number: int) -> str:
    """Name a take that is heard blind: `Take A`."""
    return f"Take {ascii_uppercase[number - 1]}"


def show(song: Song, number: int, comparison: Comparison, *, gain: float) -> None:
    """Show one take; blind, with nothing that says who made it.

    Parameters
    ----------
    song
        The take.
    number
        Its place on the stage, 1 for the first, and the key that plays it.
    comparison
        That it is of.
    gain
        By how many dB it is turned down, 0 or less.
    """
    if song.deleted_at is not None:
        st.caption(f"{letter(number)} was deleted." if comparison.is_blind else "Deleted.")
        return
    track = song_track(song, line=_line(song, comparison, gain))
    if comparison.is_blind:
        name = letter(number)
        track = {**track, "title": name} if comparison.is_open else unnamed(track, name)
    group = comparison.id if levels.keeps_place() else ""
    show_track(
        beside(track, number=number, group=group, gain=gain),
        key=f"compared-{song.id}",
    )
    if comparison.is_blind and comparison.is_open:
        st.caption(performers.said_of(studio().job(song.job)))
    _show_vote(song, comparison)


def _line(song: Song, comparison: Comparison, gain: float) -> str:
    """Say what may be known of a take; its length stands beside its waveform.

    Blind, neither its name nor how loud it was: makers are known by both.
    """
    tempo = song.facts.get("tempo_bpm")
    is_open = comparison.is_open
    parts = [
        "" if song.is_home else "on its way home",
        song.title if is_open and comparison.is_blind else "",
        f"{tempo:.0f} bpm" if is_open and isinstance(tempo, int | float) else "",
        f"{-gain:.1f} dB softer" if is_open and gain <= -LEAST_DB else "",
    ]
    return " · ".join(part for part in parts if part)


def _show_vote(song: Song, comparison: Comparison) -> None:
    if song.id == comparison.choice:
        st.markdown(":green-badge[:material/check: Your choice]")
        return
    st.button(
        "This one" if comparison.choice is None else "This one instead",
        key=f"vote-{song.id}",
        icon=":material/how_to_vote:",
        type="secondary" if comparison.choice is None else "tertiary",
        on_click=_vote,
        args=(comparison.id, song.id),
    )


def _vote(comparison: str, song: str) -> None:
    with problems():
        studio().choose(comparison, song)
