"""The player: one dock for the whole studio, and a track for every song and take on a page.

Both are views of one packaged browser component. They talk in the browser, so playing needs no
rerun, and a rerun does not touch what plays.
"""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from studio.jobs.model import Job
from studio.songs import Song, Take
from studio.ui.frame import pages_dir
from studio.ui.words import shortened

STATIC = "/app/static"


@cache
def player() -> ComponentRenderer:
    """Declare the component; only a running Streamlit knows where packaged ones lie."""
    return st.components.v2.component("studio.player", js="player.js", css="player.css")


def show_dock() -> None:
    """Show what plays at the foot of every page; belongs into the frame, before the page."""
    with st.bottom:
        opened = player()(key="dock", data={"view": "dock"}, on_open_change=_noted)
    if opened.open:
        open_song(opened.open)


def show_track(data: dict[str, Any], *, key: str) -> None:
    """Show one track, as `song_track` or `take_track` tell of it."""
    opened = player()(key=key, data={"view": "track", **data}, on_open_change=_noted)
    if opened.open:
        open_song(opened.open)


def open_song(song: str) -> None:
    """Go to the page of the song with this id."""
    st.switch_page(pages_dir() / "song.py", query_params={"id": song})


def song_track(song: Song, *, line: str = "", size: str = "row") -> dict[str, Any]:
    """Tell the player of a song; `line` stands below its title."""
    home = song.is_home
    return {
        "key": f"{song.job}/{song.take}",
        "song": song.id,
        "title": song.title,
        "style": shortened(song.style),
        "line": line,
        "size": size,
        "length": song.length,
        "sound": f"{STATIC}/songs/{quote(song.id)}.mp3" if home else None,
        "peaks": f"{STATIC}/peaks/{quote(song.id)}.json" if home else None,
        "cover": cover_address(song),
    }


def beside(track: dict[str, Any], *, number: int, group: str, gain: float) -> dict[str, Any]:
    """Tell the player of a track that is heard side by side with others.

    Parameters
    ----------
    track
        As `song_track` tells of it.
    number
        The key that plays it, 1 to 9.
    group
        The same for all that begin where the one before them was left; empty where none does.
    gain
        By how many dB it is turned down, 0 or less.
    """
    return {**track, "number": number, "beside": group, "gain": gain}


def unnamed(track: dict[str, Any], name: str) -> dict[str, Any]:
    """Tell of a track as `name`, with nothing from which one could guess who made it."""
    return {**track, "title": name, "style": "", "cover": None, "song": None}


def cover_address(song: Song) -> str | None:
    """Give the address of a song's picture; another one when another picture was chosen."""
    if song.cover is None:
        return None
    address = f"{STATIC}/covers/{quote(song.id)}.png"
    # Browsers keep what is there for ever.
    came_with_it = Path(song.cover).stem == song.id
    return address if came_with_it else f"{address}?of={quote(song.cover)}"


def take_track(job: Job, take: Take, *, early: bool, line: str = "") -> dict[str, Any]:
    """Tell the player of a take that is still being made; `early` when its beginning is here."""
    place = f"{quote(job.id)}/{take.number}"
    return {
        "key": f"{job.id}/{take.number}",
        "title": take.title or f"Take {take.number}",
        "style": shortened(take.style),
        "line": line,
        "size": "row",
        "length": take.length,
        "early": f"{STATIC}/early/{place}.mp3" if early else None,
        "take": f"{STATIC}/takes/{place}.json",
    }


def _noted() -> None:
    """Stand in for a callback: Streamlit keeps only what has one."""
