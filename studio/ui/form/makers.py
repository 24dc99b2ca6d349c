"""Makers: which connection does what is asked for, with which of its models."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from studio.client import Offer
from studio.errors import ConnectionUnknown
from studio.fitting import DOING
from studio.providers.limits import Limits, Model
from studio.songs import Ability
from studio.ui.form import draft, fields, greyed
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
    offers: tuple[Offer, ...] = ()
    """Of all connections, to tell who can what this one cannot."""

    @property
    def name(self) -> str:
        """Of the connection."""
        return self.offer.name

    @property
    def can(self) -> bool:
        """Whether it can do it at all."""
        return self.ability in self.offer.abilities

    @property
    def models(self) -> Mapping[str, Model]:
        """The models that can do it, the default first; empty where none is needed."""
        return self.offer.models_for(self.ability)

    @property
    def all_limits(self) -> Sequence[Limits]:
        """What each of those models accepts."""
        return greyed.limits_of(self.offer, self.ability)


def choose(ability: Ability, place: DeltaGenerator) -> Maker:
    """Choose in `place` among all connections; where that one cannot, grey what follows.

    Until somebody chooses, it is the usual connection, or the first that can.

    Raises
    ------
    ConnectionUnknown
        If there is none.
    """
    offers = {offer.name: offer for offer in studio().offers()}
    if not offers:
        raise ConnectionUnknown("There is no connection that can be asked. Add one on Settings.")
    able = [name for name, offer in offers.items() if ability in offer.abilities]
    usual = studio().default().name
    _begin_with(offers, usual if usual in able else next(iter([*able, *offers])))
    with place:
        names = [*able, *(name for name in offers if name not in able)]
        chosen = fields.marked(
            st.selectbox,
            "to",
            "Connection",
            {name: greyed.marked(offers[name], ability) for name in names},
            noting={"picked": True},
            label_visibility="collapsed",
            width=260,
        )
    offer = offers[str(chosen)]
    if chosen not in able:
        greyed.grey_out(ability, offer, able)
    elif usual not in able and not draft.value("picked"):
        st.caption(f":material/info: {plain(_why_not(usual, ability, offers))}")
    return _maker(ability, offer, tuple(offers.values()))


def _why_not(usual: str, ability: Ability, offers: Mapping[str, Offer]) -> str:
    offer = offers.get(usual)
    return offer.note if offer and not offer.is_reached else f"{usual} cannot {DOING[ability]}."


def _begin_with(offers: Collection[str], usual: str) -> None:
    """Let the form go to whom somebody picked, if that one is still there; else to `usual`."""
    to = draft.value("to")
    if not (draft.value("picked") and to in offers) and to != usual:
        draft.put(to=usual, picked=False)


def other(maker: Maker, ability: Ability) -> Maker:
    """Tell what the same connection accepts for another ability, with its usual model."""
    offer = maker.offer
    return Maker(ability, offer, offer.limits(ability), 1, maker.offers)


def _maker(ability: Ability, offer: Offer, offers: tuple[Offer, ...]) -> Maker:
    """Tell what a connection accepts for `ability`, of the model that is chosen in the form."""
    models = offer.models_for(ability)
    chosen = draft.value("model")
    if chosen not in models:
        if chosen != OPEN and models:
            draft.put(model=OPEN)
        chosen = next(iter(models), None)
    limits = offer.limits(ability, chosen)
    takes = limits.takes or (models[chosen].takes if chosen else 1)
    return Maker(ability, offer, limits, takes, offers)


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
