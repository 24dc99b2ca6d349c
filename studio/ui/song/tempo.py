"""Tempo: how fast a song is, and how else it may be counted."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from studio.songs import Attached, Attachment, MeasureBpm
from studio.ui.opened import studio
from studio.ui.song.asks import Ask, show_ask
from studio.ui.song.attachments import offer_removal, show_notes
from studio.ui.song.bench import Bench
from studio.ui.words import plain

FELT = "felt_bpm"
"""The fact under which a person's own count is kept."""
WIDE = 1.15
"""How far highest and lowest may be apart before it is said that the beat wanders."""
SURE = 0.8
"""How sure an ear must be before half and double are not mentioned."""


def show(bench: Bench) -> None:
    """Show what was measured, if anything was."""
    measured = bench.of_kind(Attached.BPM)
    if not measured:
        return
    st.markdown(plain(sentence(measured[0].facts)))
    if may_be_otherwise(measured[0].facts):
        _ask_how_it_is_felt(measured[0])
    show_notes(measured[:1])
    offer_removal(measured, "Remove the measurement")


def sentence(facts: Mapping[str, Any]) -> str:
    """Say a measured tempo, what else was heard with it, and how far it wanders."""
    tempo = _number(facts, "tempo_bpm")
    if tempo is None:
        return "No beat was heard that could be counted."
    beats = _number(facts, "beats_per_bar")
    measured = [f"{tempo:.4g} bpm", f"{beats:g} beats to the bar" if beats else ""]
    said = [f"Measured: {', '.join(filter(None, [*measured, str(facts.get('key') or '')]))}."]
    lowest, highest = _number(facts, "lowest_bpm"), _number(facts, "highest_bpm")
    if lowest and highest and highest / lowest >= WIDE:
        said.append(f"It goes from {lowest:.4g} to {highest:.4g}.")
    return " ".join(said)


def may_be_otherwise(facts: Mapping[str, Any]) -> bool:
    """Tell whether half or double of what was measured is as likely."""
    if _number(facts, "tempo_bpm") is None or facts.get("exact") is True:
        return False
    return (_number(facts, "beat_confidence") or 0) < SURE


def _ask_how_it_is_felt(measured: Attachment) -> None:
    """Let a person say which of half, whole and double they tap to; it is kept with the song."""
    tempo = _number(measured.facts, "tempo_bpm") or 0
    ways = {
        tempo / 2: f"half: {tempo / 2:.0f}",
        tempo: f"as measured: {tempo:.0f}",
        tempo * 2: f"double: {tempo * 2:.0f}",
    }
    felt = _number(measured.facts, FELT) or tempo
    key = f"felt-{measured.id}"
    st.segmented_control(
        "Which of these do you tap to? An ear may take half or double.",
        list(ways),
        key=key,
        default=felt if felt in ways else tempo,
        required=True,
        format_func=ways.__getitem__,
        on_change=_note_felt,
        args=(measured.id, key),
    )


def _note_felt(measured: str, key: str) -> None:
    studio().add_facts(measured, {FELT: st.session_state[key]})


def _number(facts: Mapping[str, Any], name: str) -> float | None:
    told = facts.get(name)
    usable = isinstance(told, int | float) and not isinstance(told, bool) and told > 0
    return float(told) if usable and told is not None else None


def ask(bench: Bench) -> None:
    """Offer to have the tempo measured."""
    show_ask(
        Ask(
            "Tempo",
            "How many beats a minute, by ear.",
            "Measure",
            MeasureBpm(source=bench.song.id),
            is_here=bool(bench.of_kind(Attached.BPM)),
        ),
        bench,
    )
