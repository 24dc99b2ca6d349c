"""Ledger: what a connection has cost, today and in the last 30 days, and what was given back."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import streamlit as st

from studio.client import Spent
from studio.ui.opened import studio
from studio.ui.words import amount, plain

SPANS: Mapping[str, timedelta] = {
    "in 24 hours": timedelta(hours=24),
    "in 30 days": timedelta(days=30),
}


def show() -> None:
    """Show a line for each connection that has cost something."""
    now = datetime.now(UTC)
    told: dict[str, list[str]] = {}
    for words, span in SPANS.items():
        for spent in studio().ledger(now - span):
            if not (spent.spent or spent.refunded):
                continue
            told.setdefault(spent.connection, []).append(f"{_said(spent)} {words}")
    if not told:
        st.caption("Nothing was spent in the last 30 days.")
    for name, lines in told.items():
        st.markdown(f"**{plain(name)}**  \n{plain(' · '.join(lines))}")


def _said(spent: Spent) -> str:
    back = f", {amount(spent.refunded, spent.unit)} given back" if spent.refunded else ""
    return f"{amount(spent.spent, spent.unit)}{back}"
