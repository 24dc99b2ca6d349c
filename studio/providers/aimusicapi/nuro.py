"""Nuro: its requests in the vendor's words. One take for each, no song to work on."""

from collections.abc import Callable, Mapping
from typing import Any

from studio.errors import RequestUnfit
from studio.providers.aimusicapi.families import Family
from studio.providers.aimusicapi.models import BAND_MODEL, FORM_MODEL, VOCAL_MODEL, model_for
from studio.providers.aimusicapi.outcomes import submitted_to
from studio.providers.aimusicapi.posts import Post, callback, filled, length_of, voice_of
from studio.providers.materials import Materials
from studio.songs import Ability, CreateSong, Section, Voice

GENDERS = {Voice.FEMALE: "Female", Voice.MALE: "Male"}
SHORTEST_SECTION, LONGEST_SECTION = 5, 120
SHORTEST_FORM, LONGEST_FORM = 30, 120


def create(wish: CreateSong, materials: Materials) -> Post:
    """Say a new song, as the model wants it said."""
    body = filled(**SAYINGS[model_for(wish)](wish)) | callback(materials)
    return Post("nuro/create", body, submitted_to(Family.NURO))


NURO_MAKING: Mapping[Ability, Callable[[Any, Materials], Post]] = {Ability.CREATE: create}


def sung(wish: CreateSong) -> dict[str, Any]:
    """Say words that are to be sung."""
    one = {name: words[0] for name, words in wish.choices.items() if words}
    gender = voice_of(wish, GENDERS)
    return {
        "type": "vocal",
        "lyrics": wish.lyrics,
        "gender": gender,
        "duration": length_of(wish),
    } | one


def played(wish: CreateSong) -> dict[str, Any]:
    """Say music without words, by a description and lists of words."""
    lists = {name: list(words) for name, words in wish.choices.items() if words}
    return {"type": "bgm", "description": wish.description, "duration": length_of(wish)} | lists


def measured_out(wish: CreateSong) -> dict[str, Any]:
    """Say music without words, with its form if one was chosen; its length then follows.

    Raises
    ------
    RequestUnfit
        If the form is not one that the vendor plays.
    """
    body = {"type": "bgm", "version": "v2.0", "description": wish.description}
    if not wish.sections:
        return body | {"duration": length_of(wish)}
    _check_form(wish.sections)
    form = [{"name": one.name, "duration": round(one.seconds)} for one in wish.sections]
    return body | {"segments": form}


SAYINGS: Mapping[str, Callable[[CreateSong], dict[str, Any]]] = {
    VOCAL_MODEL: sung,
    BAND_MODEL: played,
    FORM_MODEL: measured_out,
}


def _check_form(sections: tuple[Section, ...]) -> None:
    lengths = [round(one.seconds) for one in sections]
    if not all(SHORTEST_SECTION <= length <= LONGEST_SECTION for length in lengths):
        raise RequestUnfit(
            f"Nuro plays sections of {SHORTEST_SECTION} to {LONGEST_SECTION} s. "
            "Make the others shorter or longer."
        )
    if not SHORTEST_FORM <= sum(lengths) <= LONGEST_FORM:
        raise RequestUnfit(
            f"Nuro plays {SHORTEST_FORM} to {LONGEST_FORM} s in all, these sections have "
            f"{sum(lengths)} s. Change their lengths."
        )
