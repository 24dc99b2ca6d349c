"""Extras: what most people leave alone, folded; only what the model takes is there."""

from collections.abc import Mapping

import streamlit as st

from studio.providers.limits import Limits
from studio.songs import SHORTEST_SECONDS, Voice
from studio.ui.form import boxes, choices, draft, fields
from studio.ui.form.blanks import OPEN
from studio.ui.form.makers import Maker, choose_model
from studio.ui.form.said import PERSONA
from studio.ui.opened import studio
from studio.ui.words import clock, shortened

LENGTHS = (15.0, 30.0, 60.0, 120.0, 180.0, 240.0)
VOICES: Mapping[str, str] = {Voice.FEMALE.value: "Female", Voice.MALE.value: "Male"}
FINE_TUNE = "Fine-tune: weights, exclusions, seed"


def show(
    maker: Maker, *, sings: bool | None = None, titled: bool = False, tunes: bool = True
) -> None:
    """Show what most people leave alone, folded; only what the model takes is there.

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
    # The titles are those of all models together: Streamlit closes a box whose title changes.
    anywhere = maker.all_limits
    asked = {
        "title": tunes and not titled and any(each.title for each in anywhere),
        "voice": sings is not False and any(map(_lets_choose_singer, anywhere)),
        "length": tunes and any(each.longest is not None for each in anywhere),
        "model": len(maker.models) > 1,
    }
    sound, fine = st.columns(2)
    named = ", ".join(name for name, is_asked in asked.items() if is_asked).capitalize()
    if named:
        with sound, fields.folded(named, "sound") as box:
            if box.open:
                _choose_sound(maker, asked, sings=sings)
    if tunes and any(map(_can_be_tuned, anywhere)):
        with fine if named else sound, fields.folded(FINE_TUNE, "tuning") as box:
            if box.open:
                fine_tune(maker.limits)


def choose_lists(limits: Limits) -> None:
    """Show the lists that the model offers, folded."""
    if choices.are_offered(limits):
        with fields.folded(choices.title_of(limits), "lists") as box:
            if box.open:
                choices.choose(limits)


def _choose_sound(maker: Maker, asked: Mapping[str, bool], *, sings: bool | None) -> None:
    if asked["title"]:
        boxes.write_title(maker.limits)
    if sings is None and maker.limits.instrumental:
        fields.toggle("instrumental", "Instrumental: no singing")
    if sings or (sings is None and not draft.value("instrumental")):
        choose_singer(maker)
    if asked["length"]:
        choose_length(maker.limits)
    choose_model(maker)


def choose_length(limits: Limits) -> None:
    """Choose how long the song is to be."""
    if limits.longest is None:
        return
    lengths = {*LENGTHS, draft.value("length")} - {OPEN}
    shortest = max(limits.shortest, min(SHORTEST_SECONDS, limits.longest))
    fitting = sorted(at for at in lengths if shortest <= at <= limits.longest)
    fields.choice("length", "Length", {at: clock(at) for at in fitting}, "As it comes")


def choose_singer(maker: Maker) -> None:
    """Choose the voice that sings: high or low, or one of the connection's personas."""
    singers = dict(VOICES) if maker.limits.voice else {}
    if maker.limits.persona:
        singers |= {
            PERSONA + persona.id: shortened(persona.name, letters=40)
            for persona in studio().personas(to=maker.name)
        }
    if singers:
        fields.choice("singer", "Who sings", singers, "Any voice")


def fine_tune(limits: Limits) -> None:
    """Set what most people leave alone."""
    if not _can_be_tuned(limits):
        st.caption("This model lets nothing be tuned.")
    if limits.exclude != 0:
        fields.kept(
            st.text_input,
            "exclude",
            "Leave out",
            placeholder="saxophone, choir",
            help="What should not be heard.",
        )
    if limits.weights:
        fields.weight("style_weight", "Follow the style", "How closely to keep to the style.")
        fields.weight("weirdness", "Weirdness", "How far from the usual to go.")
    if limits.lyrics_weight:
        fields.weight("lyrics_weight", "Follow the words", "How closely to keep to the words.")
    if limits.seed:
        fields.kept(
            st.number_input,
            "seed",
            "Seed",
            min_value=0,
            max_value=2**32 - 1,
            step=1,
            placeholder="a fresh one each time",
            help="The same request with the same seed makes the same song.",
        )


def _lets_choose_singer(limits: Limits) -> bool:
    return limits.voice or limits.persona or limits.instrumental


def _can_be_tuned(limits: Limits) -> bool:
    return limits.exclude != 0 or limits.weights or limits.lyrics_weight or limits.seed
