"""Papers: what can be written on the page of words, as data."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from studio.songs import Ability
from studio.ui.form import fields
from studio.ui.form.makers import Maker, choose_model


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of writing."""

    ability: Ability
    label: str
    lead: str
    field: str
    """Where in the form it is said what to write."""
    question: str
    example: str
    press: str


PAPERS: Mapping[str, Paper] = {
    paper.ability.value: paper
    for paper in (
        Paper(
            Ability.LYRICS,
            "Words",
            "A sentence is enough.",
            "description",
            "What are the words to be about?",
            "leaving the city on the last train, and being glad of it",
            "Write the words",
        ),
        Paper(
            Ability.TAGS,
            "A style",
            "A few words are made a rich description.",
            "style",
            "How does it sound, in a few words?",
            "slow soul, brass",
            "Enrich the style",
        ),
    )
}
"""By the value of their ability."""


def choose() -> Paper:
    """Choose what is to be written; gives it."""
    labels = {name: paper.label for name, paper in PAPERS.items()}
    return PAPERS[fields.switch("way", "What to write", labels, label_visibility="collapsed")]


def write(paper: Paper, maker: Maker) -> None:
    """Say what to write."""
    fields.kept(st.text_area, paper.field, paper.question, height=104, placeholder=paper.example)
    if len(maker.models) > 1:
        with fields.folded("Model", "model") as folded:
            if folded.open:
                choose_model(maker)
