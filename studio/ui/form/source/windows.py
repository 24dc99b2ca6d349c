"""Windows: a point or a stretch of a song, chosen on its waveform and kept in the draft."""

from typing import Any

import streamlit as st

from studio.providers.limits import Limits
from studio.songs import Song
from studio.ui import region
from studio.ui.form import draft
from studio.ui.player import show_track, song_track

USUAL_SECONDS = 12.0
"""A window nobody has moved yet: about two lines of words."""
USUAL_SHARE = 0.4
"""How far into the song it begins."""
AT_THE_END = 0.2
"""Seconds from the end that still are the end."""


def choose_point(song: Song) -> None:
    """Choose where a tail starts; left alone, it is the end of `song`."""
    if _is_closed(song):
        return
    length = song.length or 0.0
    given = _given("at", song, {"start": draft.value("at")})
    start = length if given["start"] is None else given["start"]
    at, _ = region.choose(
        song, key=_key("at", song), point=True, start=start, labels=("The tail starts at", "")
    )
    draft.put(at=None if at >= length - AT_THE_END else at)


def choose_window(song: Song, limits: Limits) -> None:
    """Choose a stretch of `song`, as long as the limits let it be."""
    if _is_closed(song):
        return
    given = _given("window", song, {"start": draft.value("start"), "end": draft.value("end")})
    if given["start"] is None:
        given = _usual(song, limits)
    start, end = region.choose(
        song,
        key=_key("window", song),
        start=given["start"],
        end=given["end"],
        shortest=max(region.LEAST_SECONDS, limits.shortest_window),
        longest=limits.longest_window,
    )
    draft.put(start=start, end=end)


def _is_closed(song: Song) -> bool:
    """Tell of a song on which nothing can be marked: its form is grey, or its sound not here."""
    if draft.why_grey():
        show_track(song_track(song), key=draft.key(f"closed-{song.id}"))
        return True
    if song.is_home and song.length:
        return False
    st.warning(
        "The sound of this song is still at the vendor. Bring it home on its page first.",
        icon=":material/cloud:",
    )
    return True


def _usual(song: Song, limits: Limits) -> dict[str, float]:
    length = song.length or 0.0
    long = min(length, max(min(USUAL_SECONDS, length / 3), limits.shortest_window))
    start = min(length * USUAL_SHARE, length - long)
    return {"start": round(start, 1), "end": round(start + long, 1)}


def _key(which: str, song: Song) -> str:
    return draft.key(f"{which}-{draft.filling()}-{song.id}")


def _given(which: str, song: Song, now: dict[str, Any]) -> dict[str, Any]:
    """Give what stood there when the waveform was first drawn.

    While it is on the screen the browser knows better: what is sent to it anew would move the
    window under a hand that is still dragging.
    """
    key = _key(which, song)
    given = f"{key}-given"
    if key not in st.session_state or given not in st.session_state:
        st.session_state[given] = now
    kept: dict[str, Any] = st.session_state[given]
    return kept
