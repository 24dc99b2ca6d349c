"""The passage: which words are sung in a window of a song, and which stand around it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st

from studio.songs import Attached, Song
from studio.ui.form import boxes, draft
from studio.ui.opened import studio
from studio.ui.words import plain

AROUND = 14
"""Words that are shown before and after."""


class Passage(NamedTuple):
    """Words before, in and after a window."""

    before: str
    inside: str
    after: str


def show_around(song: Song) -> None:
    """Show which words stand before, in and after the chosen window, where that is known."""
    words = _words_in_time(song)
    start, end = draft.value("start"), draft.value("end")
    if words and start is not None and end is not None:
        st.caption("Sung there now:")
        st.markdown(_marked(split(words, start, end)))
    elif song.lyrics.strip():
        boxes.show_words(song, "The words of the whole song")


def _marked(passage: Passage) -> str:
    """Say a passage in Markdown, with what stands in the window in bold."""
    before, inside, after = map(plain, passage)
    said = [
        f":gray[… {before}]" if before else "",
        f"**{inside or '(no words here)'}**",
        f":gray[{after} …]" if after else "",
    ]
    return " ".join(part for part in said if part)


def split(words: Sequence[Mapping[str, Any]], start: float, end: float) -> Passage:
    """Split words in time, each with `word`, `start` and `end` in seconds, at a window.

    A word belongs into the window when its middle lies there.
    """
    middles = [(float(word["start"]) + float(word["end"])) / 2 for word in words]
    said = [str(word["word"]).strip() for word in words]
    timed = list(zip(middles, said, strict=True))
    return Passage(
        " ".join([word for at, word in timed if at < start][-AROUND:]),
        " ".join(word for at, word in timed if start <= at <= end),
        " ".join([word for at, word in timed if at > end][:AROUND]),
    )


def _words_in_time(song: Song) -> Sequence[Mapping[str, Any]]:
    for found in studio().attachments(song.id, Attached.TIMELINE):
        if words := found.facts.get("words"):
            timed: Sequence[Mapping[str, Any]] = words
            return timed
    return ()
