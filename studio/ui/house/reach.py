"""Reach: the address under which vendors fetch sounds from this studio, and call it back."""

import os

import streamlit as st

from studio.client import Offer
from studio.errors import StudioProblem
from studio.settings import Settings
from studio.ui import flash
from studio.ui.opened import studio
from studio.ui.words import plain


def show() -> None:
    """Show the public address, let it be changed, and say what follows from it."""
    settings = Settings.from_environment(os.environ)
    try:
        address = studio().public_url() or ""
    except StudioProblem as problem:
        st.error(plain(str(problem)), icon=":material/error:")
        address = ""
    st.caption(
        "Some vendors fetch sounds by a link and call back when they are done. For that they must "
        "reach this studio over the internet. Without an address, their own songs still work, and "
        "the studio asks by itself how far they are. Each connection below says what it needs."
    )
    with (
        st.form("public-address", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        written = st.text_input(
            "Public address",
            value=address,
            placeholder="https://studio.example",
            key="public-url",
            disabled=bool(settings.environ.get("STUDIO_PUBLIC_URL")),
        )
        saved = st.form_submit_button("Save")
    if saved:
        _save(written)
    if address:
        _offer_a_try(address)
    _show_ways()
    st.caption(
        "Links to addresses inside your own network are "
        + ("fetched" if settings.private_links else "refused")
        + ": the variable STUDIO_ALLOW_PRIVATE_LINKS decides."
    )


def _save(address: str) -> None:
    try:
        studio().set_public_url(address.strip() or None)
    except StudioProblem as problem:
        flash.complain(problem)
    else:
        flash.say("The address is saved." if address.strip() else "The address is forgotten.")
    st.rerun()


def _offer_a_try(address: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.link_button("Try it", f"{address}/health", icon=":material/open_in_new:")
        st.caption(
            "Opened from outside your network, a phone without Wi-Fi say, it must show that all is "
            "well. Strangers find nothing else there.",
            width="stretch",
        )


def _show_ways() -> None:
    """Say for every connection how sounds get there, whether it calls back, and where."""
    offers = studio().offers()
    near = [offer.name for offer in offers if offer.is_local]
    if near:
        needs = "needs" if len(near) == 1 else "need"
        st.markdown(f"{plain(', '.join(near))} {needs} no address: on this machine.")
    for offer in offers:
        if not offer.is_local:
            _show_way(offer)


def _show_way(offer: Offer) -> None:
    try:
        url = studio().callback_url(offer.name)
    except StudioProblem:
        url = None
    st.markdown(f"**{plain(offer.name)}**  \n{plain(_way(offer))} {_news(offer, url)}")
    if url:
        with st.expander("Where it calls", key=f"calls-{offer.name}", type="compact"):
            st.code(url, language=None, wrap_lines=True)
            st.caption("The address holds a secret: keep it between you and the vendor.")


def _way(offer: Offer) -> str:
    """Say how a sound of one's own gets to a vendor."""
    if offer.by_hand:
        return f"Sounds of your own: {offer.by_hand}"
    if not offer.takes_links:
        return "Sounds are sent there: it needs no address for that."
    if studio().reaches(offer.name):
        return "It fetches sounds of your own by signed links that end after some hours."
    return "It fetches sounds of your own by a link, so it needs the public address."


def _news(offer: Offer, url: str | None) -> str:
    if not offer.calls_back:
        return ""
    if url:
        return "It calls back."
    return "It would call back, but cannot reach this studio: it is asked instead."
