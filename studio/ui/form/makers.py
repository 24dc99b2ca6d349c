"""Makers: which connection does what is asked for, with which of its models."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from studio.client import Offer
from studio.errors import ConnectionUnknown
from studio.fitting import DOING
from studio.providers.limits import Limits, Model
from studio.songs import Ability
from studio.ui.form import draft, fields
from studio.ui.form.blanks import OPEN
from studio.ui.opened import studio
from studio.ui.words import plain


@dataclass(frozen=True, slots=True)
class Maker:
    """Who is to do what is asked for."""

    ability: Ability
    offer: Offer
    limits: Limits
    takes: int
    """How many takes one request brings."""

    @property
    def name(self) -> str:
        """Of the connection."""
        return self.offer.name

    @property
    def models(self) -> Mapping[str, Model]:
        """The models that can do it, the default first; empty where none is needed."""
        return self.offer.models_for(self.ability)

    @property
    def all_limits(self) -> Sequence[Limits]:
        """What each of those models accepts."""
        found = [model.limits_for(self.ability) for model in self.models.values()]
        return found or [self.limits]


def choose(ability: Ability, place: DeltaGenerator) -> Maker:
    """Choose in `place` among the connections that can do `ability`.

    Raises
    ------
    ConnectionUnknown
        If none can.
    """
    able = studio().who_can(ability)
    if not able:
        raise ConnectionUnknown(
            f"None of your connections can {DOING[ability]}. Add one that can on Settings."
        )
    usual = studio().default().name
    wished = draft.value("to") or usual
    if wished not in able:
        draft.put(to=able[0])
    elif draft.value("to") is None:
        draft.put(to=wished)
    if usual not in able:
        st.caption(f":material/info: {plain(usual)} cannot {DOING[ability]}.")
    with place:
        fields.kept(
            st.selectbox, "to", "Connection", list(able), label_visibility="collapsed", width=220
        )
    return maker(ability, str(draft.value("to")))


def maker(ability: Ability, name: str) -> Maker:
    """Tell what a connection accepts for `ability`, of the model that is chosen in the form."""
    offer = studio().offer(name)
    models = offer.models_for(ability)
    chosen = draft.value("model")
    if chosen not in models:
        if chosen != OPEN:
            draft.put(model=OPEN)
        chosen = next(iter(models), None)
    takes = models[chosen].takes if chosen else 1
    return Maker(ability, offer, offer.limits(ability, chosen), takes)


def choose_model(maker: Maker) -> None:
    """Choose one of the models, grouped by family; say what should be known of the chosen one."""
    models = maker.models
    if len(models) > 1:
        first = next(iter(models))
        named = {OPEN: f"Usual: {first}", **_by_family(models)}
        fields.one_of("model", "Model", named)
    chosen = draft.value("model")
    note = models[chosen].note if chosen in models else ""
    if note:
        st.caption(f":material/info: {plain(note)}")


def _by_family(models: Mapping[str, Model]) -> dict[str, str]:
    """Name models so that those of a family stand together, families in their own order."""
    order = list(dict.fromkeys(model.family for model in models.values()))
    sorted_names = sorted(models, key=lambda name: order.index(models[name].family))
    return {name: _called(name, models[name]) for name in sorted_names}


def _called(name: str, model: Model) -> str:
    family = (
        f"{model.family} · " if model.family and model.family.lower() not in name.lower() else ""
    )
    return f"{family}{name}" + (" · deprecated" if model.is_deprecated else "")
