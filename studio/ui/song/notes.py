"""Notes: a song as MIDI, with the instruments that play in it."""

import streamlit as st

from studio.songs import Attached, MakeMidi
from studio.ui.song.asks import Ask, show_ask
from studio.ui.song.attachments import newest_of_each, offer_file, offer_removal, show_notes
from studio.ui.song.bench import Bench
from studio.ui.words import plain


def show(bench: Bench) -> None:
    """Show what was written out, or that nothing was yet."""
    written = bench.of_kind(Attached.MIDI)
    if not written:
        st.caption("No notes yet. As MIDI they can be opened in any notation or studio program.")
        return
    for midi in newest_of_each(written):
        names = [str(name) for name in midi.facts.get("instruments", ())]
        if names:
            st.markdown(f"**Plays in it:** {plain(', '.join(names))}")
        with st.container(horizontal=True):
            offer_file(midi, "Download MIDI", place="part", look="secondary")
            offer_removal(written, "Remove")
    show_notes(written[:1])


def ask(bench: Bench) -> None:
    """Offer to have the notes written out."""
    show_ask(
        Ask(
            "Notes as MIDI",
            "What each instrument plays, note by note.",
            "Write them out",
            MakeMidi(source=bench.song.id),
            is_here=bool(bench.of_kind(Attached.MIDI)),
        ),
        bench,
    )
