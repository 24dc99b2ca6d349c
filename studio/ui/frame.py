"""The frame around every page: where pages lie, the icon, and the foot of the sidebar."""

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from studio.errors import StudioProblem
from studio.ui.aside import show_answer
from studio.ui.opened import studio
from studio.ui.words import amount, plain

ICON = str(Path(__file__).parent / "woodshed.png")
LOGO = str(Path(__file__).parent / "wordmark.png")
STYLE = Path(__file__).parent / "woodshed.css"


def show_look() -> None:
    """Put up the name of the studio, and straighten what themes cannot reach."""
    st.logo(LOGO, size="large", icon_image=ICON)
    st.html(STYLE)


def head(title: str) -> DeltaGenerator:
    """Begin a page with its title; gives the place at its right."""
    row = st.container(
        key="head",
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    )
    row.title(title, anchor=False, width="content")
    return row


def pages_dir() -> Path:
    """Give the folder of the page files: inside the package in a wheel, else in the checkout."""
    package = Path(__file__).parent.parent
    inside = package / "_pages"
    return inside if inside.is_dir() else package.parent / "pages"


def show_connection() -> None:
    """Show at the foot of the sidebar which connection new songs go to, and what is left there."""
    with st.sidebar:
        try:
            name = studio().default().name
        except StudioProblem as problem:
            st.caption(plain(str(problem)))
            return
        show_answer(
            f"balance {name}",
            lambda: left_at(name),
            lambda left: st.caption(f"Songs go to **{plain(name)}** {plain(left)}"),
        )


def left_at(name: str) -> str:
    """Say what is left at a connection; empty where nothing is counted."""
    balance = studio().balance(name)
    return f"· {amount(balance.amount, balance.unit)} left" if balance else ""
