"""Tempo: how fast a song is, and how else it may be counted."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from studio.songs import Attached, MeasureBpm
from studio.ui.asks import Ask, show_ask
from studio.ui.attachments import offer_removal, show_notes
from studio.ui.bench import Bench
from studio.ui.words import plain

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
    show_notes(measured[:1])
    offer_removal(measured, "Remove the measurement")


def sentence(facts: Mapping[str, Any]) -> str:
    """Say a measured tempo, with half and double where ears may differ."""
    tempo = _number(facts, "tempo_bpm")
    if tempo is None:
        return "No beat was heard that could be counted."
    beats = _number(facts, "beats_per_bar")
    measured = [f"{tempo:.4g} bpm", f"{beats:g} beats to the bar" if beats else ""]
    said = [f"Measured: {', '.join(filter(None, [*measured, str(facts.get('key') or '')]))}."]
    lowest, highest = _number(facts, "lowest_bpm"), _number(facts, "highest_bpm")
    if lowest and highest and highest / lowest >= WIDE:
        said.append(f"It goes from {lowest:.4g} to {highest:.4g}.")
    if (_number(facts, "beat_confidence") or 0) < SURE and facts.get("exact") is not True:
        said.append(f"If that feels wrong, count {tempo / 2:.0f} or {tempo * 2:.0f}.")
    return " ".join(said)


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
