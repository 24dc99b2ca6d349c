"""The makers: who can take part, for how much, and what each would leave out."""

from collections.abc import Mapping, Sequence

import streamlit as st

from studio.client import Offer
from studio.comparing import FEWEST, Entry
from studio.fitting import DOING
from studio.offer import in_words
from studio.songs import SongRequest
from studio.ui.form import draft
from studio.ui.form.press import MANY
from studio.ui.frame import pages_dir
from studio.ui.opened import studio
from studio.ui.words import plain


def choose(request: SongRequest) -> Sequence[Entry]:
    """Let a person choose who takes part; gives what each of those would be asked for."""
    offers = {offer.name: offer for offer in studio().offers()}
    entries = studio().entries(request, offers)
    able = [entry for entry in entries if not entry.estimate.problem]
    chosen = _chosen([entry.connection for entry in able])
    st.subheader("Who takes part", anchor=False)
    with st.container(border=True, key="makers", gap="small"):
        for entry in sorted(entries, key=lambda entry: bool(entry.estimate.problem)):
            _show_maker(entry, offers[entry.connection], chosen)
    if len(able) < FEWEST:
        _show_too_few()
    return [entry for entry in able if entry.connection in chosen]


def _chosen(able: Sequence[str]) -> Sequence[str]:
    """Name those who are chosen: until a person does that, the usual one and another."""
    if draft.value("picked"):
        return [name for name in able if name in draft.value("to")]
    usual = studio().default().name
    return sorted(able, key=lambda name: name != usual)[:FEWEST]


def _show_maker(entry: Entry, offer: Offer, chosen: Sequence[str]) -> None:
    """Show one maker with its price; grey, with the reason, where it cannot take part."""
    name, problem = entry.connection, entry.estimate.problem
    key = draft.key(f"with-{name}")
    if st.session_state.get(key) != (name in chosen):
        st.session_state[key] = name in chosen
    with st.container(gap=None):
        with st.container(horizontal=True, horizontal_alignment="distribute", wrap=False):
            st.checkbox(
                plain(name),
                key=key,
                disabled=bool(problem),
                on_change=_note,
                args=(key, name, tuple(chosen)),
                width="content",
            )
            if not problem:
                st.caption(plain(_terms(entry, offer)), width="content")
        if remarks := _remarks(entry, offer):
            with st.container(key=f"remarks-{name}", gap=None):
                for line in remarks:
                    st.caption(plain(line))


def _note(key: str, name: str, chosen: Sequence[str]) -> None:
    others = [other for other in chosen if other != name]
    draft.put(to=[*others, name] if st.session_state[key] else others, picked=True)


def _terms(entry: Entry, offer: Offer) -> str:
    """Say what a maker brings and for how much: `two takes · about 14 credits`."""
    takes = offer.takes(entry.request)
    return f"{MANY.get(takes, f'{takes} takes')} · {in_words(entry.estimate.price)}"


def _remarks(entry: Entry, offer: Offer) -> Sequence[str]:
    """Say why a maker cannot take part, or what should be known if it does."""
    ability = entry.request.ability
    if not offer.is_reached:
        return [offer.note]
    if ability not in offer.abilities:
        return [f"It cannot {DOING[ability]}."]
    if entry.estimate.problem:
        return [entry.estimate.problem]
    left_out = f"Leaves out {listed(entry.left_out)}." if entry.left_out else ""
    return [line for line in (left_out, entry.estimate.advice) if line]


def listed(names: Sequence[str]) -> str:
    """Say a list as one would: `the seed, the form and the title`."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _show_too_few() -> None:
    st.markdown(
        ":material/lightbulb: A comparison takes two makers or more that can do this. "
        "Every vendor can be tried on this machine, free of charge."
    )
    st.page_link(pages_dir() / "settings.py", label="Add a connection", icon=":material/add:")


def number_of_takes(entries: Sequence[Entry]) -> int:
    """Count the takes that all of them bring together."""
    offers: Mapping[str, Offer] = {offer.name: offer for offer in studio().offers()}
    return sum(offers[entry.connection].takes(entry.request) for entry in entries)
