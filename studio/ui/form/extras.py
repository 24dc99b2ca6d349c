"""Extras: what most people leave alone, folded.

What the chosen model does not take is grey there, as long as somebody else takes it.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import streamlit as st

from studio.providers.limits import Limits
from studio.songs import SHORTEST_SECONDS, Voice
from studio.ui.form import boxes, choices, draft, fields, greyed
from studio.ui.form.blanks import OPEN
from studio.ui.form.makers import Maker, choose_model
from studio.ui.form.said import PERSONA
from studio.ui.opened import studio
from studio.ui.words import clock, shortened

LENGTHS = (15.0, 30.0, 60.0, 120.0, 180.0, 240.0)
VOICES: Mapping[str, str] = {Voice.FEMALE.value: "Female", Voice.MALE.value: "Male"}
VARIETIES: Mapping[int, str] = {0: "hardly", 1: "little", 2: "clearly", 3: "much", 4: "utterly"}
FINE_TUNE = "Fine-tune: weights, exclusions, seed"


class Extra(NamedTuple):
    """One thing that some models take and others do not."""

    takes: greyed.Takes
    what: str
    """What one may do there, after *does not let one*."""
    draw: Callable[[Maker], None]


def show(
    maker: Maker, *, sings: bool | None = None, titled: bool = False, tunes: bool = True
) -> None:
    """Show what most people leave alone, folded.

    Parameters
    ----------
    maker
        Who is asked.
    sings
        Whether there is surely singing, or surely none; `None` asks that too.
    titled
        Whether the title is asked for elsewhere.
    tunes
        Whether there is anything to fine-tune.
    """
    # The titles speak of all who can: Streamlit closes a box whose title changes.
    anywhere = greyed.anywhere(maker.offers, maker.ability) or maker.all_limits
    asked = {
        "title": tunes and not titled and any(each.title for each in anywhere),
        "voice": sings is not False and any(map(_lets_choose_singer, anywhere)),
        "length": tunes and any(each.longest is not None for each in anywhere),
        "model": len(maker.models) > 1,
    }
    named = ", ".join(name for name, is_asked in asked.items() if is_asked).capitalize()
    tunes = tunes and any(map(_can_be_tuned, anywhere))
    if not (named or tunes):
        return
    sound, fine = st.columns(2)
    if named:
        with sound, fields.folded(named, "sound") as box:
            if box.open:
                _choose_sound(maker, asked, sings=sings)
    if tunes:
        with fine if named else sound, fields.folded(FINE_TUNE, "tuning") as box:
            if box.open:
                for extra in TUNING:
                    show_one(extra, maker)


def choose_lists(limits: Limits) -> None:
    """Show the lists that the model offers, folded."""
    if choices.are_offered(limits):
        with fields.folded(choices.title_of(limits), "lists") as box:
            if box.open:
                choices.choose(limits)


def _choose_sound(maker: Maker, asked: Mapping[str, bool], *, sings: bool | None) -> None:
    if asked["title"]:
        boxes.write_title(maker.limits)
    if sings is None:
        show_one(INSTRUMENTAL, maker)
    silent = draft.value("instrumental") and maker.limits.instrumental
    if sings or (sings is None and not silent):
        show_one(SINGER, maker)
    if asked["length"]:
        show_one(LENGTH, maker)
    choose_model(maker)


def show_one(extra: Extra, maker: Maker) -> None:
    """Show what the model takes; what only others take is grey, and says who they are."""
    if extra.takes(maker.limits):
        extra.draw(maker)
    elif why := _why_not(extra, maker):
        with draft.greyed(why):
            extra.draw(maker)


def _why_not(extra: Extra, maker: Maker) -> str:
    """Say who takes what this model does not; empty where nobody does."""
    models = [
        name for name, model in maker.models.items() if extra.takes(model.limits_for(maker.ability))
    ]
    others = greyed.who_takes(maker.offers, maker.ability, extra.takes)
    return greyed.reason(maker.name, extra.what, models, others) if models or others else ""


def _choose_instrumental(_: Maker) -> None:
    fields.toggle("instrumental", "Instrumental: no singing")


def _choose_length(maker: Maker) -> None:
    """Choose how long the song is to be."""
    limits = maker.limits
    longest = limits.longest or LENGTHS[-1]
    lengths = {*LENGTHS, draft.value("length")} - {OPEN}
    shortest = max(limits.shortest, min(SHORTEST_SECONDS, longest))
    fitting = sorted(at for at in lengths if shortest <= at <= longest)
    fields.choice("length", "Length", {at: clock(at) for at in fitting}, "As it comes")


def _choose_singer(maker: Maker) -> None:
    """Choose the voice that sings: high or low, or one of the connection's personas."""
    singers = dict(VOICES) if maker.limits.voice or draft.why_grey() else {}
    if maker.limits.persona:
        singers |= {
            PERSONA + persona.id: shortened(persona.name, letters=40)
            for persona in studio().personas(to=maker.name)
        }
    fields.choice("singer", "Who sings", singers, "Any voice")


def _leave_out(_: Maker) -> None:
    fields.kept(
        st.text_input,
        "exclude",
        "Leave out",
        placeholder="saxophone, choir",
        help="What should not be heard.",
    )


def _weigh_style(_: Maker) -> None:
    fields.weight("style_weight", "Follow the style", "How closely to keep to the style.")
    fields.weight("weirdness", "Weirdness", "How far from the usual to go.")


def _weigh_words(_: Maker) -> None:
    fields.weight("lyrics_weight", "Follow the words", "How closely to keep to the words.")


def _vary(maker: Maker) -> None:
    most = max(VARIETIES) if maker.limits.variety is None else maker.limits.variety
    degrees = {degree: word for degree, word in VARIETIES.items() if degree <= most}
    fields.choice("variety", "How much the takes differ", degrees, "As usual")


def _choose_seed(_: Maker) -> None:
    fields.kept(
        st.number_input,
        "seed",
        "Seed",
        value=None,
        min_value=0,
        max_value=2**32 - 1,
        step=1,
        placeholder="a fresh one each time",
        help="The same request with the same seed makes the same song.",
    )


def _lets_choose_singer(limits: Limits) -> bool:
    return limits.voice or limits.persona or limits.instrumental


def _can_be_tuned(limits: Limits) -> bool:
    return any(extra.takes(limits) for extra in TUNING)


INSTRUMENTAL = Extra(
    lambda limits: limits.instrumental, "leave the singing out", _choose_instrumental
)
SINGER = Extra(lambda limits: limits.voice or limits.persona, "choose who sings", _choose_singer)
LENGTH = Extra(lambda limits: limits.longest is not None, "choose the length", _choose_length)
TUNING = (
    Extra(lambda limits: limits.exclude != 0, "leave anything out", _leave_out),
    Extra(lambda limits: limits.weights, "weigh the style", _weigh_style),
    Extra(lambda limits: limits.lyrics_weight, "weigh the words", _weigh_words),
    Extra(lambda limits: limits.variety is not None, "say how much takes differ", _vary),
    Extra(lambda limits: limits.seed, "repeat a seed", _choose_seed),
)
