"""Changes to a connection: how much may be spent, where the key is, which edition is spoken."""

from collections.abc import Mapping

import streamlit as st

from studio.client import Connection, Offer
from studio.errors import StudioProblem
from studio.offer import DOLLARS, FREE
from studio.ui import flash
from studio.ui.explain import problems
from studio.ui.opened import studio


def offer_changes(connection: Connection, offer: Offer) -> None:
    """Let a person change what may differ between connections to one vendor; folded."""
    editions = studio().editions(connection.kind)
    asks = {
        "budget": offer.price != FREE,
        "key": not connection.is_local,
        "edition": bool(editions),
    }
    called = [name for name, is_asked in asks.items() if is_asked]
    if not called:
        return
    label = " and ".join(filter(None, [", ".join(called[:-1]), called[-1]])).capitalize()
    box = st.expander(label, key=f"change-{connection.name}", type="compact", on_change="rerun")
    if not box.open:
        return
    with box, st.form(f"changes-{connection.name}", border=False):
        told: dict[str, object] = {}
        if asks["budget"]:
            told["budget"] = _ask_budget(connection, offer)
        if asks["key"]:
            told["key_env"] = _ask_variable(connection)
        if asks["edition"]:
            key = f"edition-{connection.name}"
            told["edition"] = choose_edition(editions, connection.edition, key)
        if st.form_submit_button("Save"):
            _save(connection, told)


def _ask_budget(connection: Connection, offer: Offer) -> float | None:
    return st.number_input(
        f"Most to spend in 24 hours, in {offer.unit}",
        min_value=0.0,
        value=connection.budget,
        step=1.0 if offer.unit == DOLLARS else 10.0,
        format="%g",
        placeholder="no limit",
        key=f"budget-{connection.name}",
    )


def _ask_variable(connection: Connection) -> str | None:
    told = st.text_input(
        "Environment variable with the key",
        value=connection.key_env or "",
        max_chars=100,
        placeholder="none: the key is kept in the data folder",
        key=f"key-env-{connection.name}",
    )
    return told.strip() or None


def _save(connection: Connection, told: Mapping[str, object]) -> None:
    with problems():
        studio().connect(connection.model_copy(update=told))
        flash.say(f"{connection.name} is changed.")
        st.rerun()


def choose_edition(editions: Mapping[str, str], chosen: str | None, key: str) -> str | None:
    """Let a person choose a generation of a vendor's documents; `None` is the usual one."""
    names = tuple(editions)
    picked: str = st.selectbox(
        "Edition of its documents",
        names,
        index=names.index(chosen) if chosen is not None and chosen in names else 0,
        format_func=lambda name: editions[name],
        key=key,
        help="A vendor changes what it takes over the years. Songs and jobs stay as they are.",
    )
    return None if picked == names[0] else picked


def edition_of(connection: Connection) -> str:
    """Say in words which edition a connection speaks; empty where there is only one."""
    try:
        editions = studio().editions(connection.kind)
    except StudioProblem:
        return ""
    return editions.get(connection.edition or next(iter(editions), ""), "")
