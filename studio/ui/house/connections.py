"""Connections on Settings: who can make songs here, tried, chosen, added and removed."""

from collections.abc import Mapping

import streamlit as st
from pydantic import ValidationError

from studio.client import Connection, Health
from studio.errors import StudioProblem
from studio.providers import PROVIDERS
from studio.ui import flash
from studio.ui.aside import show_answer
from studio.ui.explain import problems, show_problem
from studio.ui.frame import left_at
from studio.ui.opened import studio
from studio.ui.words import plain

ADDING = "add-connection"
TITLES: Mapping[str, str] = {kind: vendor.title for kind, vendor in PROVIDERS.items()}
HOSTED = [kind for kind, vendor in PROVIDERS.items() if vendor.home_url]
OTHERS = [kind for kind in PROVIDERS if kind not in HOSTED]


def show_connections() -> None:
    """Show every connection with what can be done with it."""
    default = studio().default().name
    for connection in studio().connections():
        with st.container(border=True, key=f"connection-{connection.name}"):
            _show_connection(connection, is_default=connection.name == default)


def _show_connection(connection: Connection, *, is_default: bool) -> None:
    name = connection.name
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(gap=None, width="stretch", key=f"told-{name}"):
            st.markdown(f"**{plain(name)}**" + (" :primary-badge[default]" if is_default else ""))
            st.caption(_line(connection))
        if st.button("Test", key=f"test-{name}"):
            st.session_state[f"health-{name}"] = studio().test(name)
        if not is_default:
            st.button("Make default", key=f"default-{name}", on_click=_choose, args=(name,))
            st.button(
                "",
                key=f"forget-{name}",
                icon=":material/delete:",
                type="tertiary",
                help="Remove this connection and its key",
                on_click=_forget,
                args=(name,),
            )
    _show_health(st.session_state.get(f"health-{name}"))
    if not PROVIDERS[connection.kind].repeatable:
        if not connection.is_local:
            _show_left(name)
        _offer_changes(connection)


def _show_left(name: str) -> None:
    show_answer(
        f"balance {name}",
        lambda: left_at(name),
        lambda left: st.caption(plain(left.removeprefix("· "))) if left else None,
    )


def _offer_changes(connection: Connection) -> None:
    """Let a person set how much may be spent, and where the key is read from."""
    name = connection.name
    box = st.expander("Budget and key", key=f"change-{name}", on_change="rerun")
    if not box.open:
        return
    with box, st.form(f"changes-{name}", border=False):
        budget = st.number_input(
            "Most to spend in 24 hours, in the vendor's own unit",
            min_value=0.0,
            value=connection.budget,
            step=10.0,
            placeholder="no limit",
            key=f"budget-{name}",
        )
        key_env = st.text_input(
            "Environment variable with the key",
            value=connection.key_env or "",
            max_chars=100,
            placeholder="none: the key is kept in the data folder",
            key=f"key-env-{name}",
            disabled=connection.is_local,
        )
        if st.form_submit_button("Save"):
            changes = {"budget": budget, "key_env": key_env.strip() or None}
            with problems():
                studio().connect(connection.model_copy(update=changes))
                flash.say(f"{name} is changed.")
                st.rerun()


def _line(connection: Connection) -> str:
    try:
        offer = studio().offer(connection.name)
    except StudioProblem as problem:
        return plain(str(problem))
    place = "on this machine" if connection.url is None else connection.url
    parts = [
        offer.title,
        place,
        f"{offer.price} for two takes" if offer.price != "free" else "free",
    ]
    if connection.budget is not None:
        parts.append(f"at most {connection.budget:g} in 24 hours")
    if connection.key_env:
        parts.append(f"key from {connection.key_env}")
    return plain(" · ".join(parts))


def _show_health(health: Health | None) -> None:
    if health is None:
        return
    if health.ok:
        st.success(plain(health.sentence), icon=":material/check_circle:")
    else:
        st.error(plain(health.sentence), icon=":material/error:")


def add_practice() -> None:
    """Add a connection to an emulated vendor on this machine, in one click."""
    known = {connection.kind for connection in studio().connections() if connection.url is None}
    st.caption(
        "A practice connection behaves like its vendor, with credits and refusals. "
        "It is on this machine and costs nothing."
    )
    for kind in HOSTED:
        st.button(
            f"Practice with {TITLES[kind]}",
            key=f"practice-{kind}",
            icon=":material/school:",
            disabled=kind in known,
            on_click=_practice,
            args=(kind,),
        )


def offer_to_add() -> None:
    """Offer to add a connection to a vendor, folded; drawn only when it is open."""
    box = st.expander("Add a connection with a key of your own", key=ADDING, on_change="rerun")
    if box.open:
        with box:
            _ask_for_connection()


def _ask_for_connection() -> None:
    """Add a connection, or change the one of the same name."""
    kind = st.selectbox(
        "Provider", [*HOSTED, *OTHERS], key="new-kind", format_func=lambda kind: TITLES[kind]
    )
    with st.form("new-connection", border=False, clear_on_submit=False):
        name = st.text_input("Name", value=TITLES[kind], key=f"new-name-{kind}", max_chars=60)
        url = st.text_input(
            "Address",
            value=PROVIDERS[kind].home_url or "",
            key=f"new-url-{kind}",
            placeholder="http://127.0.0.1:9000/band",
        )
        key = st.text_input(
            "Key",
            type="password",
            key=f"new-key-{kind}",
            autocomplete="off",
            help="Kept in the data folder, readable by you alone, and never shown again.",
        )
        key_env = st.text_input(
            "or the environment variable that holds it",
            key=f"new-key-env-{kind}",
            max_chars=100,
            placeholder=f"{kind.upper()}_KEY",
        )
        if st.form_submit_button("Add the connection", type="primary"):
            _add(kind, name.strip(), url.strip(), key.strip(), key_env.strip())


def _add(kind: str, name: str, url: str, key: str, key_env: str) -> None:
    if not (name and url and (key or key_env)):
        st.error(
            "A connection needs a name, an address and a key, or the variable that holds it.",
            icon=":material/error:",
        )
        return
    try:
        added = Connection(name=name, kind=kind, url=url, key_env=key_env or None)
        studio().connect(added, secret=key or None)
    except ValidationError as unfit:
        st.error(plain(_first_trouble(unfit)), icon=":material/error:")
    except StudioProblem as problem:
        show_problem(problem)
    else:
        # The key must not stay in the session any longer than it takes to store it.
        del st.session_state[f"new-key-{kind}"]
        flash.say(f"{name} is added. Test it before you rely on it.")
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


def _choose(name: str) -> None:
    with problems():
        studio().choose_default(name)
        flash.say(f"New songs go to {name} from now on.")


def _forget(name: str) -> None:
    with problems():
        studio().forget(name)
        st.session_state.pop(f"health-{name}", None)
        flash.say(f"{name} and its key are removed. Its songs stay.")
