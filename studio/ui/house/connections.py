"""Connections on Settings: who can make songs here, tried, chosen and removed."""

import streamlit as st

from studio.client import Connection, Health, Offer
from studio.connections import place_of
from studio.errors import StudioProblem
from studio.offer import FREE, amount_in_words
from studio.ui import flash
from studio.ui.aside import show_answer
from studio.ui.explain import problems
from studio.ui.frame import left_at
from studio.ui.house import changes, contract
from studio.ui.opened import studio
from studio.ui.words import plain


def show_connections() -> None:
    """Show every connection with what can be done with it."""
    default = studio().default().name
    for connection in studio().connections():
        with st.container(border=True, key=f"connection-{connection.name}"):
            _show_connection(connection, is_default=connection.name == default)


def _show_connection(connection: Connection, *, is_default: bool) -> None:
    name = connection.name
    try:
        offer, line = studio().offer(name), ""
    except StudioProblem as problem:
        offer, line = None, str(problem)
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(gap=None, width="stretch", key=f"told-{name}"):
            st.markdown(f"**{plain(name)}**" + (" :primary-badge[default]" if is_default else ""))
            st.caption(plain(_line(connection, offer) if offer else line))
        if offer and st.button("Test", key=f"test-{name}"):
            st.session_state[f"health-{name}"] = studio().test(name)
        _offer_to_choose(name, is_default=is_default)
    _show_health(st.session_state.get(f"health-{name}"))
    if offer:
        _show_details(connection, offer)


def _offer_to_choose(name: str, *, is_default: bool) -> None:
    if is_default:
        return
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


def _show_details(connection: Connection, offer: Offer) -> None:
    name = connection.name
    if f"health-{name}" not in st.session_state:
        _show_note(connection, offer)
    if offer.repeatable:
        return
    if not connection.is_local:
        show_answer(
            f"balance {name}",
            lambda: left_at(name),
            lambda left: st.caption(plain(left.removeprefix("· "))) if left else None,
        )
    with st.container(gap="xxsmall"):
        changes.offer_changes(connection, offer)
        contract.offer_check(connection)


def _show_note(connection: Connection, offer: Offer) -> None:
    """Say what is to be known of it; who was not reached yet is asked beside the page."""
    if offer.is_reached:
        if offer.note:
            st.caption(plain(offer.note))
        return
    show_answer(
        f"found {connection.name} {place_of(connection)}",
        lambda: _found(connection.name),
        lambda note: st.warning(plain(note or offer.note), icon=":material/power_off:"),
    )


def _found(name: str) -> str:
    studio().find_out(name)
    return studio().offer(name).note


def _line(connection: Connection, offer: Offer) -> str:
    place = "on this machine" if connection.url is None else connection.url
    parts = [offer.title, place]
    parts.append(f"{offer.price} for two takes" if offer.price != FREE else FREE)
    edition = changes.edition_of(connection)
    if connection.edition and edition:
        parts.append(edition)
    if connection.budget is not None:
        most = amount_in_words(connection.budget, offer.unit)
        parts.append(f"at most {most} in 24 hours")
    if connection.key_env:
        parts.append(f"key from {connection.key_env}")
    return " · ".join(parts)


def _show_health(health: Health | None) -> None:
    if health is None:
        return
    if health.ok:
        st.success(plain(health.sentence), icon=":material/check_circle:")
    else:
        st.error(plain(health.sentence), icon=":material/error:")


def _choose(name: str) -> None:
    with problems():
        studio().choose_default(name)
        flash.say(f"New songs go to {name} from now on.")


def _forget(name: str) -> None:
    with problems():
        studio().forget(name)
        st.session_state.pop(f"health-{name}", None)
        flash.say(f"{name} and its key are removed. Its songs stay.")
