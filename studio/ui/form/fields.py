"""Fields: widgets whose values belong to the draft of the form that is open.

A field that the chosen model does not take is grey, says why, and keeps what is in it.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from studio.ui.form import draft
from studio.ui.form.blanks import OPEN
from studio.ui.words import plain

FEW = 8
"""As many as can be chosen from at a glance; more are put into a list."""


def kept(widget: Any, field: str, label: str, *args: Any, **options: Any) -> None:
    """Draw a widget whose value belongs to the draft."""
    widget(label, *args, key=draft.key(field), persist_state="session", **_greyed(options))


def _greyed(options: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let a widget be as grey as what stands around it, unless it says itself how it is."""
    why = draft.why_grey()
    if not why or "disabled" in options:
        return options
    said = {} if why == draft.SAID_ABOVE else {"help": plain(why)}
    return {**options, "disabled": True, **said}


def choice(
    field: str, label: str, options: Mapping[Any, str], untouched: str, meaning: str = ""
) -> None:
    """Offer one of a few, where leaving it to the provider is a choice of its own."""
    one_of(field, label, {OPEN: untouched, **options}, help=meaning or None)


def one_of(field: str, label: str, options: Mapping[Any, str], **more: Any) -> Any:
    """Offer one of `options`, the first of them as usual; gives what is chosen."""
    usual, chosen = next(iter(options)), draft.value(field)
    if chosen not in options and draft.why_grey():
        options = {**options, chosen: "As chosen before"}
    elif chosen not in options:
        draft.put(**{field: usual})
    # A value that the studio writes goes to the browser with every drawing until the browser
    # answers, and there wins over a click that is on its way. So what is usual is never written.
    if len(options) > FEW:
        kept(st.selectbox, field, label, list(options), format_func=options.__getitem__, **more)
    else:
        more |= {"default": None if draft.was_written(field) else usual, "required": True}
        kept(st.pills, field, label, list(options), format_func=options.__getitem__, **more)
    return draft.value(field)


def switch(field: str, label: str, options: Mapping[Any, str], **more: Any) -> Any:
    """Offer one of two or three ways, side by side; gives what is chosen."""
    usual = next(iter(options))
    if draft.value(field) not in options:
        draft.put(**{field: usual})
    kept(
        st.segmented_control,
        field,
        label,
        list(options),
        format_func=options.__getitem__,
        default=None if draft.was_written(field) else usual,
        required=True,
        **more,
    )
    return draft.value(field)


def marked(
    widget: Any,
    field: str,
    label: str,
    options: Mapping[Any, str],
    *,
    noting: Mapping[str, Any] | None = None,
    **more: Any,
) -> Any:
    """Offer one of `options` whose labels change with what else is chosen; gives what is chosen.

    Streamlit knows a choice by its label. So with other labels it is another widget, and the
    choice itself stands in the draft. What is in `noting` is put there too when somebody chooses.
    """
    if draft.value(field) not in options:
        draft.put(**{field: next(iter(options))})
    said = sha256("\n".join(options.values()).encode()).hexdigest()[:8]
    key = draft.key(f"{field}-{said}")
    if st.session_state.get(key) != draft.value(field):
        st.session_state[key] = draft.value(field)
    widget(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        on_change=_note_marked,
        args=(field, key, noting or {}),
        **more,
    )
    return draft.value(field)


def _note_marked(field: str, key: str, noting: Mapping[str, Any]) -> None:
    draft.put(**{field: st.session_state[key]}, **noting)


def toggle(field: str, label: str, **more: Any) -> bool:
    """Offer to turn something on or off; gives how it stands."""
    usual = draft.blank(field)
    kept(st.toggle, field, label, value=False if draft.was_written(field) else usual, **more)
    return bool(draft.value(field))


def weight(field: str, label: str, meaning: str, words: Mapping[float, str] | None = None) -> None:
    """Offer a share between none and all, in words."""
    values = dict(words or WEIGHTS)
    chosen = draft.value(field)
    if isinstance(chosen, float) and chosen not in values:
        values = dict(sorted({**values, chosen: f"{chosen:g}"}.items()))
    choice(field, label, values, "As usual", meaning)


WEIGHTS: Mapping[float, str] = {0.0: "none", 0.25: "little", 0.5: "even", 0.75: "much", 1.0: "all"}


def folded(title: str, name: str) -> ExpanderContainer:
    """Give a box that most people leave closed; what is in it need be drawn only when open.

    Parameters
    ----------
    title
        What is seen of it; when it changes, Streamlit closes the box.
    name
        Of the box in its form.
    """
    return st.expander(title, key=draft.key(f"open-{name}"), on_change="rerun")
