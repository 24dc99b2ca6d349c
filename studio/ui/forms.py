"""The fields of Create, in the musician's words; each keeps what is typed in the draft."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from studio.client import Offer
from studio.providers.limits import Limits
from studio.songs import SHORTEST_SECONDS, Ability, CreateSong, Voice
from studio.ui import draft
from studio.ui.opened import studio
from studio.ui.words import clock, plain

DESCRIBE = "Describe it"
WRITE = "Write it"
STYLES = ("pop", "rock", "soul", "jazz", "lo-fi", "house", "hip-hop", "ballad", "folk")
SECTIONS = ("Intro", "Verse", "Pre-Chorus", "Chorus", "Bridge", "Outro")
LENGTHS = (15.0, 30.0, 60.0, 120.0, 180.0, 240.0)
VOICES = {Voice.FEMALE.value: "Female", Voice.MALE.value: "Male"}


def choose_connection() -> str:
    """Choose who makes the song; gives the connection's name."""
    names = [connection.name for connection in studio().connections()]
    if draft.value("to") not in names:
        draft.put(to=studio().default().name)
    _kept(st.selectbox, "to", "Connection", names, label_visibility="collapsed", width=220)
    return str(draft.value("to"))


def offer_of(to: str) -> Offer:
    """Tell what the chosen connection can do."""
    return studio().offer(to)


def choose_way() -> str:
    """Choose between describing a song and writing it."""
    if draft.value("way") not in {DESCRIBE, WRITE}:
        draft.put(way=DESCRIBE)
    _kept(
        st.segmented_control,
        "way",
        "How to begin",
        [DESCRIBE, WRITE],
        default=_unless_written("way", DESCRIBE),
        required=True,
        label_visibility="collapsed",
    )
    return str(draft.value("way"))


def write_description() -> None:
    """Say in a sentence or two what to hear."""
    _kept(
        st.text_area,
        "description",
        "What do you want to hear?",
        height=104,
        placeholder="a slow soul song about leaving the city, with brass",
    )


def write_song() -> None:
    """Write title, style and words by hand."""
    _kept(
        st.text_input, "title", "Title", live=True, placeholder="left open, the song finds its own"
    )
    _kept(
        st.text_input,
        "style",
        "Style",
        live=True,
        placeholder="slow soul with brass, close harmony",
    )
    instrumental = draft.value("instrumental")
    _kept(
        st.text_area,
        "lyrics",
        "Words",
        height=210,
        disabled=instrumental,
        placeholder="[Verse]\nThe platform lights are thinning out\n\n[Chorus]\n…",
        help="Leave empty to have words written. Marks like [Verse] say where a part begins.",
    )
    with st.container(horizontal=True, vertical_alignment="center", key="section-marks"):
        st.caption("Add a part:", width="content")
        for section in SECTIONS:
            st.button(
                plain(f"[{section}]"),
                key=f"mark-{section}",
                type="tertiary",
                disabled=instrumental,
                on_click=_add_mark,
                args=(section,),
            )


def choose_styles() -> None:
    """Pick from well-known styles; they are added to what is written."""
    chosen = draft.value("styles") or []
    known = [style for style in chosen if style in STYLES]
    if known != chosen:
        # Only then: what the studio writes into a field wins over a click that is on its way.
        draft.put(styles=known)
    _kept(
        st.pills,
        "styles",
        "Styles",
        list(STYLES),
        selection_mode="multi",
        label_visibility="collapsed",
    )


def folded(title: str) -> ExpanderContainer:
    """Give a box that most people leave closed; what is in it need be drawn only when open."""
    return st.expander(title, key=f"open-{title}", on_change="rerun")


def choose_sound(limits: Limits, models: Sequence[str]) -> None:
    """Choose voice, length and model, as far as the connection lets one."""
    _kept(st.toggle, "instrumental", "Instrumental: no singing")
    if limits.voice and not draft.value("instrumental"):
        _choice("voice", "Voice", VOICES, "Any")
    if limits.longest is not None:
        longest = limits.longest
        lengths = {*LENGTHS, draft.value("length")} - {draft.OPEN}
        fitting = sorted(at for at in lengths if SHORTEST_SECONDS <= at <= longest)
        _choice("length", "Length", {at: clock(at) for at in fitting}, "As it comes")
    if len(models) > 1:
        _choice("model", "Model", {model: model for model in models}, "Default")


def fine_tune(limits: Limits) -> None:
    """Set what most people leave alone."""
    _kept(
        st.text_input,
        "exclude",
        "Leave out",
        placeholder="saxophone, choir",
        help="What should not be heard.",
    )
    if limits.weights:
        _weight("style_weight", "Follow the style", "How closely to keep to the style.")
        _weight("weirdness", "Weirdness", "How far from the usual to go.")
    if limits.seed:
        _kept(
            st.number_input,
            "seed",
            "Seed",
            min_value=0,
            max_value=2**32 - 1,
            step=1,
            placeholder="a fresh one each time",
            help="The same request with the same seed makes the same song.",
        )


def written_request(limits: Limits) -> CreateSong | None:
    """Give what is asked for within `limits`, or `None` while nothing is said yet.

    What was chosen for another connection and cannot be chosen here stays in the draft, unsaid.
    """
    chips = list(draft.value("styles") or [])
    described = draft.value("way") == DESCRIBE
    said: dict[str, Any] = {
        field: draft.value(field) for field in ("instrumental", "exclude", "seed")
    }
    for field in draft.OPEN_FIELDS:
        said[field] = None if draft.value(field) == draft.OPEN else draft.value(field)
    if described:
        said["description"] = _joined([draft.value("description"), *chips])
    else:
        said["style"] = _joined([*chips, draft.value("style")])
        said["title"] = draft.value("title").strip()
        said["lyrics"] = "" if said["instrumental"] else draft.value("lyrics").strip()
    for field in _unknown_to(limits, instrumental=said["instrumental"]):
        said[field] = None
    if not (said.get("description") or said.get("style") or said.get("lyrics")):
        return None
    return CreateSong(**said)


def _unknown_to(limits: Limits, *, instrumental: bool) -> list[str]:
    """Name the fields that are not offered within `limits`."""
    unknown = [] if limits.voice and not instrumental else ["voice"]
    unknown += [] if limits.longest is not None else ["length"]
    unknown += [] if limits.weights else ["style_weight", "weirdness"]
    return unknown if limits.seed else [*unknown, "seed"]


def limits_of(offer: Offer) -> Limits:
    """Give the limits of the chosen model, or of the connection's first."""
    model = draft.value("model")
    if model not in offer.models:
        draft.put(model=draft.OPEN)
        model = next(iter(offer.models))
    return offer.models[model].limits_for(Ability.CREATE)


def _joined(parts: Sequence[str]) -> str:
    return ", ".join(part.strip().rstrip(",") for part in parts if part.strip())


def _add_mark(section: str) -> None:
    words = draft.value("lyrics").rstrip()
    draft.put(lyrics=f"{words}\n\n[{section}]\n" if words else f"[{section}]\n")


def _weight(field: str, label: str, meaning: str) -> None:
    values = {0.0: "none", 0.25: "little", 0.5: "even", 0.75: "much", 1.0: "all"}
    chosen = draft.value(field)
    if chosen != draft.OPEN and chosen not in values:
        values = dict(sorted({**values, chosen: f"{chosen:g}"}.items()))
    _choice(field, label, values, "As usual", meaning)


def _choice(
    field: str, label: str, options: dict[Any, str], untouched: str, meaning: str = ""
) -> None:
    """Offer one of a few, where leaving it to the provider is a choice of its own."""
    options = {draft.OPEN: untouched, **options}
    if draft.value(field) not in options:
        draft.put(**{field: draft.OPEN})
    _kept(
        st.pills,
        field,
        label,
        list(options),
        default=_unless_written(field, draft.OPEN),
        format_func=options.__getitem__,
        required=True,
        help=meaning or None,
    )


def _unless_written(field: str, usual: str) -> str | None:
    """Give the widget's own default, where the studio has not just written a value.

    A value that the studio writes goes to the browser with every drawing until the browser answers,
    and there wins over a click that is on its way. So what is usual is never written.
    """
    return None if field in draft.was_written() else usual


def _kept(widget: Any, field: str, label: str, *args: Any, **options: Any) -> None:
    """Draw a widget whose value belongs to the draft."""
    widget(label, *args, key=draft.key(field), persist_state="session", **options)
