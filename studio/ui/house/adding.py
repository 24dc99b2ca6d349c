"""Adding a connection: to practise with, in one click, or to a vendor with a key of one's own."""

from collections.abc import Mapping

import streamlit as st
from pydantic import ValidationError

from studio.client import Connection
from studio.errors import StudioProblem
from studio.providers import PROVIDERS
from studio.ui import flash
from studio.ui.explain import problems, show_problem
from studio.ui.house.changes import choose_edition
from studio.ui.opened import studio
from studio.ui.words import plain

ADDING = "add-connection"
TITLES: Mapping[str, str] = {kind: vendor.title for kind, vendor in PROVIDERS.items()}
PRACTISED = [kind for kind, vendor in PROVIDERS.items() if vendor.practises]
# Vendors with a home first: the others are for those who run a server of their own.
KINDS = sorted(PROVIDERS, key=lambda kind: PROVIDERS[kind].home_url is None)


def add_practice() -> None:
    """Add a connection to an emulated vendor on this machine, in one click."""
    known = {connection.kind for connection in studio().connections() if connection.url is None}
    missing = [kind for kind in PRACTISED if kind not in known]
    if not missing:
        return
    st.caption(
        "A practice connection behaves like its vendor, with credits and refusals. "
        "It is on this machine and costs nothing."
    )
    with st.container(horizontal=True, key="practice"):
        for kind in missing:
            st.button(
                f"Practise with {TITLES[kind]}",
                key=f"practice-{kind}",
                icon=":material/school:",
                on_click=_practice,
                args=(kind,),
            )


def offer_to_add() -> None:
    """Offer to add a connection to a vendor, folded; drawn only when it is open."""
    box = st.expander("Add a connection of your own", key=ADDING, on_change="rerun")
    if box.open:
        with box:
            _ask_for_connection()


def _ask_for_connection() -> None:
    """Add a connection, or change the one of the same name."""
    kind = st.selectbox("Provider", KINDS, key="new-kind", format_func=lambda kind: TITLES[kind])
    who = PROVIDERS[kind]
    with st.form("new-connection", border=False, clear_on_submit=False):
        told = {
            "name": st.text_input("Name", value=who.title, key=f"new-name-{kind}", max_chars=60),
            "url": st.text_input(
                "Address",
                value=who.home_url or "",
                key=f"new-url-{kind}",
                placeholder="http://127.0.0.1:8001",
                help=None if who.home_url else "Where you, or somebody you know, runs it.",
            ),
        }
        edition = (
            choose_edition(who.editions, None, f"new-edition-{kind}") if who.editions else None
        )
        key = st.text_input(
            "Key" if who.needs_key else "Key, if it asks for one",
            type="password",
            key=f"new-key-{kind}",
            autocomplete="off",
            help="Kept in the data folder, readable by you alone, and never shown again.",
        )
        told["key_env"] = st.text_input(
            "or the environment variable that holds it",
            key=f"new-key-env-{kind}",
            max_chars=100,
            placeholder=f"{kind.upper()}_KEY",
        )
        if st.form_submit_button("Add the connection", type="primary"):
            told = {fact: value.strip() for fact, value in told.items()}
            _add(kind, told, edition, key.strip())


def _add(kind: str, told: Mapping[str, str], edition: str | None, key: str) -> None:
    needs_key = PROVIDERS[kind].needs_key
    if not (told["name"] and told["url"] and (key or told["key_env"] or not needs_key)):
        st.error(
            "A connection needs a name, an address and a key, or the variable that holds it."
            if needs_key
            else "A connection needs a name and an address.",
            icon=":material/error:",
        )
        return
    try:
        added = Connection(
            name=told["name"],
            kind=kind,
            url=told["url"],
            edition=edition,
            key_env=told["key_env"] or None,
        )
        studio().connect(added, secret=key or None)
    except ValidationError as unfit:
        st.error(plain(_first_trouble(unfit)), icon=":material/error:")
    except StudioProblem as problem:
        show_problem(problem)
    else:
        # The key must not stay in the session any longer than it takes to store it.
        del st.session_state[f"new-key-{kind}"]
        flash.say(f"{added.name} is added. Test it before you rely on it.")
        st.rerun()


def _first_trouble(unfit: ValidationError) -> str:
    """Say what is not right with a connection; the address explains itself, the name is short."""
    told = unfit.errors()[0]
    if told["loc"] == ("name",):
        return "The name is too long: at most 60 characters."
    return str(told["msg"]).removeprefix("Value error, ")


def _practice(kind: str) -> None:
    with problems():
        added = studio().add_practice(kind)
        flash.say(f"{added.name} is added. It behaves like the vendor and costs nothing.")
