"""Greyed: what a connection or a model cannot do, said with who can, one press away.

Nothing vanishes because somebody else was chosen: it is grey, and what was typed stays in it.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from studio.client import Offer
from studio.fitting import DOING
from studio.providers.limits import Limits
from studio.songs import Ability
from studio.ui.abilities import ABILITIES
from studio.ui.form import draft
from studio.ui.frame import pages_dir
from studio.ui.words import plain

Takes = Callable[[Limits], object]
"""Tells whether a model takes something."""
SHOWN = 4
"""As many others as are offered beside a sentence; all are in the list above it."""


def marked(offer: Offer, ability: Ability) -> str:
    """Name a connection in a list, with what it cannot do."""
    if ability in offer.abilities:
        return offer.name
    what = ABILITIES[ability].title.lower()
    # There is room for a word.
    cannot = "cannot" if " " in what else f"cannot {what}"
    return f"{offer.name} · {cannot if offer.is_reached else 'not reached'}"


def grey_out(ability: Ability, offer: Offer, able: Sequence[str]) -> None:
    """Grey the form that follows, and say above it who can do what is asked for."""
    cannot = f"{offer.name} cannot {DOING[ability]}." if offer.is_reached else offer.note
    draft.grey_out()
    with st.container(border=True, key="cannot", gap="small"):
        st.markdown(f":material/block: {plain(cannot)} {_who_can(ability, able)}")
        with st.container(horizontal=True, gap="small"):
            for other in able[:SHOWN]:
                st.button(plain(other), key=f"choose-{other}", on_click=choose, args=(other,))
            if not (able and offer.is_reached):
                _lead_to_settings()


def _who_can(ability: Ability, able: Sequence[str]) -> str:
    if not able:
        return f"None of your connections can {DOING[ability]}. Add one that can on Settings."
    return "These can:" if len(able) > 1 else "This one can:"


def _lead_to_settings() -> None:
    st.page_link(pages_dir() / "settings.py", label="Open Settings", icon=":material/tune:")


def choose(name: str) -> None:
    """Let the form that is open go to another connection."""
    draft.put(to=name, picked=True)


def limits_of(offer: Offer, ability: Ability) -> Sequence[Limits]:
    """Give what each model of a connection accepts for an ability."""
    models = offer.models_for(ability).values()
    return [model.limits_for(ability) for model in models] or [offer.limits(ability)]


def anywhere(offers: Sequence[Offer], ability: Ability) -> Sequence[Limits]:
    """Give what every model of every connection accepts for an ability."""
    able = [offer for offer in offers if ability in offer.abilities]
    return [limits for offer in able for limits in limits_of(offer, ability)]


def who_takes(offers: Sequence[Offer], ability: Ability, takes: Takes) -> Sequence[str]:
    """Name the connections of which at least one model takes something."""
    able = [offer for offer in offers if ability in offer.abilities]
    return [offer.name for offer in able if any(map(takes, limits_of(offer, ability)))]


def reason(who: str, what: str, models: Sequence[str], others: Sequence[str]) -> str:
    """Say that somebody does not let one do `what`, and which model, or who else, does."""
    can = ", ".join(models or others)
    whose = "These models of it do" if models else "These do"
    return f"{who} does not let one {what}. {whose}: {can}."
