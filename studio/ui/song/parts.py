"""Parts: what a song is made of, behind tabs; only the one that is open is drawn."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from studio.ui.song import brought, notes, pictures, stems, story, takeaway, tempo, timeline, videos
from studio.ui.song.bench import Bench, choose_connection

Show = Callable[[Bench], None]

FOUND: Mapping[str, Show] = {
    "Words": timeline.show,
    "Stems": stems.show,
    "Notes": notes.show,
    "Facts": story.show_facts,
    "Video": videos.show,
    "Covers": pictures.show,
}
"""What is known of a song."""
ASKS: Mapping[str, Sequence[Show]] = {
    "Words": (timeline.ask,),
    "Stems": (stems.ask, stems.ask_for_one, stems.ask_for_voice),
    "Notes": (notes.ask,),
    "Facts": (tempo.ask, takeaway.ask),
    "Video": (videos.ask,),
    "Covers": (pictures.ask,),
}
"""What more can be found out, beside what it would add to."""
FIRST: Sequence[Show] = (stems.ask, timeline.ask, notes.ask, tempo.ask)
"""Where everything is asked for on one page, what most people come for stands first."""
MORE: Sequence[Show] = (
    videos.ask,
    pictures.ask,
    stems.ask_for_one,
    stems.ask_for_voice,
    takeaway.ask,
)
"""The rest, folded."""
STORY = "Story"


def show_tabs(bench: Bench, *, with_asks: bool) -> None:
    """Show the parts of a song, and what can be asked about each."""
    names = [*FOUND, STORY]
    tabs = st.tabs(names, key=f"part-{bench.song.id}", on_change="rerun")
    for name, tab in zip(names, tabs, strict=True):
        if not tab.open:
            continue
        with tab:
            if name == STORY:
                story.show_story(bench.song)
                continue
            FOUND[name](bench)
            if with_asks:
                _show_asks_of(name, bench)


def _show_asks_of(name: str, bench: Bench) -> None:
    """Show what more can be asked, and of whom."""
    with st.container(
        key="asks-head",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        st.caption("What more can be had", width="content")
        choose_connection(bench)
    for ask in ASKS[name]:
        ask(bench)
    brought.ask_id(bench.song, bench.offer, bench.found)


def show_asks(bench: Bench) -> None:
    """Show everything that can be asked about a song."""
    with st.container(border=True, key="asks", gap="small"):
        for ask in FIRST:
            ask(bench)
        box = st.expander(
            "More: video, cover pictures, one instrument, voice alone, WAV",
            key=f"more-asks-{bench.song.id}",
            type="compact",
            on_change="rerun",
        )
        if box.open:
            with box:
                for ask in MORE:
                    ask(bench)
        brought.ask_id(bench.song, bench.offer, bench.found)
