"""Stems: the instruments of a song, each to be heard and taken away for itself."""

from collections.abc import Sequence

import streamlit as st

from studio.songs import Ability, Attached, Attachment, SplitStems, TakeOutVoice, Window
from studio.ui import region
from studio.ui.player import show_track
from studio.ui.song.asks import Ask, show_ask
from studio.ui.song.attachments import (
    address_of,
    as_track,
    name_of,
    newest_of_each,
    offer_file,
    offer_removal,
    show_notes,
    window_of,
)
from studio.ui.song.bench import Bench
from studio.ui.words import clock, plain

LONGEST_VOICE_SECONDS = 30.0
"""Where a provider does not say how long a window it takes."""
ORDER = ("vocal", "voice", "backing", "drum", "percussion", "bass", "guitar", "key", "piano")
"""How the instruments of a band are usually counted off; what is not named here follows."""


def show(bench: Bench) -> None:
    """Show the stems, or that there are none yet."""
    every = bench.of_kind(Attached.STEM)
    stems = in_order(newest_of_each(every))
    voices = bench.of_kind(Attached.VOX)
    if not stems and not voices:
        st.caption("No stems yet. A stem is one instrument of the song, for itself.")
        return
    for stem in (*stems, *voices):
        if not stem.facts.get("is_silent"):
            _show_stem(stem, bench)
    if empty := [name_of(stem) for stem in stems if stem.facts.get("is_silent")]:
        st.markdown(f":gray-badge[empty] {plain(', '.join(empty))}")
    show_notes([*stems, *voices])
    offer_removal([*every, *voices], "Remove the stems")


def in_order(stems: Sequence[Attachment]) -> list[Attachment]:
    """Give stems as a band is counted off."""

    def place(stem: Attachment) -> tuple[int, int]:
        name = name_of(stem).lower()
        known = next((at for at, part in enumerate(ORDER) if part in name), len(ORDER))
        # Of two that share a word, the shorter name leads: vocals before backing vocals.
        return known, len(name)

    return sorted(stems, key=place)


def _show_stem(stem: Attachment, bench: Bench) -> None:
    name = "Voice alone" if stem.kind is Attached.VOX else name_of(stem)
    if address_of(stem) is None:
        at = f" · {line}" if (line := _line(stem)) else ""
        st.markdown(f"{plain(name)}{plain(at)}")
        offer_file(stem, f"Download {name}", place="part")
        return
    with st.container(
        key=f"card-{stem.id}", horizontal=True, vertical_alignment="center", wrap=False, gap="small"
    ):
        track = as_track(stem, bench.song, title=name, line=_line(stem))
        show_track(track, key=f"track-{stem.id}")
        offer_file(stem, f"Download {name}", place="small")


def _line(stem: Attachment) -> str:
    """Say where a voice was taken out; a stem is as long as its song."""
    window = window_of(stem)
    return "" if window is None else f"{clock(window.start)} to {clock(window.end)}"


def ask(bench: Bench) -> None:
    """Offer to have the song pulled apart."""
    song = bench.song
    asked = {job.request.detail for job in bench.done() if isinstance(job.request, SplitStems)}
    here = bool(bench.of_kind(Attached.STEM))
    show_ask(
        Ask(
            "Voice and music",
            "Two stems: who sings, and all the rest.",
            "Split in two",
            SplitStems(source=song.id, detail="basic"),
            is_here=here and "basic" in asked,
            takes=lambda limits: "basic" in limits.details,
        ),
        bench,
    )
    show_ask(
        Ask(
            "Every instrument",
            "A stem for each: drums, bass, keys, guitars, voice and what else plays.",
            "Split all",
            SplitStems(source=song.id, detail="full"),
            is_here=here and "full" in asked,
            takes=lambda limits: "full" in limits.details,
        ),
        bench,
    )


def ask_for_one(bench: Bench) -> None:
    """Offer to have one instrument alone, and the rest without it."""
    song, limits = bench.song, bench.offer.limits(Ability.STEMS)
    row, instrument = st.container(), ""
    if Ability.STEMS in bench.offer.abilities and "one" in limits.details:
        instrument = st.selectbox(
            "Which instrument",
            limits.instruments,
            key=f"instrument-{song.id}-{bench.offer.name}",
            label_visibility="collapsed",
            width=260,
        )
    asked = SplitStems(source=song.id, detail="one", instrument=instrument or "")
    with row:
        show_ask(
            Ask(
                "One instrument",
                "Two stems: one instrument, and the song without it, to play along.",
                "Take it out",
                asked,
                is_here=any(job.request == asked for job in bench.done()),
                takes=lambda limits: "one" in limits.details,
            ),
            bench,
        )


def ask_for_voice(bench: Bench) -> None:
    """Offer to have the voice taken out of a stretch of the song."""
    song = bench.song
    longest = bench.offer.limits(Ability.VOX).longest_window or LONGEST_VOICE_SECONDS
    window = Window(start=0, end=min(song.length or longest, longest))
    row = st.container()
    if Ability.VOX in bench.offer.abilities and song.is_home and song.length:
        box = st.expander("Choose where", key=f"voice-where-{song.id}", on_change="rerun")
        if box.open:
            with box:
                start, end = region.choose(song, key=f"voice-{song.id}", longest=longest)
            window = Window(start=start, end=end)
    asked = TakeOutVoice(source=song.id, window=window)
    with row:
        show_ask(
            Ask(
                "Voice alone",
                f"The voice from {clock(window.start)} to {clock(window.end)}, without the band.",
                "Take it out",
                asked,
                is_here=any(job.request == asked for job in bench.done()),
            ),
            bench,
        )
