"""Parts: what a song is made of, behind tabs; only the one that is open is drawn."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from studio.ui import notes, stems, story, takeaway, tempo, timeline
from studio.ui.bench import Bench, choose_connection

Show = Callable[[Bench], None]

FOUND: Mapping[str, Show] = {
    "Words": timeline.show,
    "Stems": stems.show,
    "Notes": notes.show,
    "Facts": story.show_facts,
}
"""What is known of a song."""
ASKS: Mapping[str, Sequence[Show]] = {
    "Words": (timeline.ask,),
    "Stems": (stems.ask,),
    "Notes": (notes.ask,),
    "Facts": (tempo.ask, takeaway.ask),
}
"""What more can be found out, beside what it would add to."""
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
                st.divider()
                choose_connection(bench.song)
                for ask in ASKS[name]:
                    ask(bench)


def show_asks(bench: Bench) -> None:
    """Show everything that can be asked about a song."""
    for asks in ASKS.values():
        for ask in asks:
            ask(bench)
