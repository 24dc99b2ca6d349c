"""What is typed into a form, kept until it is no longer wanted. Every page has one form at most.

The widgets' own values live in the session; every change is also written to one small file for
each form in the data folder. So a draft outlives a page change, a refusal, a closed tab and a
restart of the server. A new tab begins with what was written last, and goes its own way from there.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import streamlit as st

from studio.disk import read_json, write_json
from studio.settings import Settings
from studio.songs import SongRequest
from studio.ui.form import workflows
from studio.ui.form.blanks import Blank
from studio.ui.form.recall import fields_of

_PRESSED = "form-pressed"
_OPEN = "form"
_DRAFTS = "drafts"
SAID_ABOVE = "The chosen connection cannot do this."
"""Stands for a reason that is said at the head of the form, and not once more at each field."""
_GREY: ContextVar[str] = ContextVar("grey", default="")
"""Why the fields that are drawn now cannot be used, in a sentence."""


def open_draft(form: str, blank: Blank) -> None:
    """Make `form` the one that all others here speak of; it begins with what was written last.

    Parameters
    ----------
    form
        Name of the page, for example `extend`.
    blank
        All its fields, each with what stands in it while nobody has said anything.
    """
    if st.session_state.get(_OPEN) != form:
        # Whoever has left a page does not want it to buy something when they come back.
        let_go()
    st.session_state[_OPEN] = form
    _GREY.set("")
    _begin(form, blank)


def grey_out() -> None:
    """Let the rest of the form be seen but not used in this run; what stands in it stays."""
    _GREY.set(SAID_ABOVE)


@contextmanager
def greyed(why: str) -> Iterator[None]:
    """Let what is drawn inside be seen but not used, because of `why`."""
    before = _GREY.set(why)
    try:
        yield
    finally:
        _GREY.reset(before)


def why_grey() -> str:
    """Say why the fields that are drawn now cannot be used; empty where they can."""
    return _GREY.get()


def key(field: str) -> str:
    """Give the session key of a field's widget."""
    return f"{form()}-{field}"


def form() -> str:
    """Name the form that is open; within a callback, the one whose widget was used."""
    name: str = st.session_state[_OPEN]
    return name


def value(field: str) -> Any:
    """Give what stands in a field now."""
    return st.session_state.get(key(field), blank(field))


def blank(field: str) -> Any:
    """Give what stands in a field while nobody has said anything."""
    return _draft()["blank"][field]


def put(**fields: Any) -> None:
    """Write into fields; only from callbacks, or before their widgets are drawn."""
    _put(form(), fields)


def was_written(field: str) -> bool:
    """Tell whether the studio has written into a field since it was last drawn."""
    return field in _draft()["written"]


def keep_draft() -> None:
    """Write the draft down, if it has changed; call it once the fields are drawn."""
    draft = _draft()
    draft["written"] = set()
    said = fields()
    if said == draft["stored"]:
        return
    draft["stored"] = said
    write_json(_file(form()), {**said, "nonce": draft["nonce"]})


def submit_key(request: SongRequest, to: str) -> str:
    """Name this very purchase: the same form with the same request is the same job.

    A second click, a rerun, and a second tab that began with the same draft all give this key.
    """
    said = f"{form_name()}\n{to}\n{request.model_dump_json()}"
    return sha256(said.encode()).hexdigest()[:32]


def form_name() -> str:
    """Name the present filling of the form; it changes once its request is a job."""
    nonce: str = _draft()["nonce"]
    return nonce


def press() -> None:
    """Note that the button of this form was pressed, until it is done.

    A button itself says so in one run of the page only, and a box that tells its text at the same
    moment makes Streamlit begin another run before that one is over.
    """
    st.session_state[_PRESSED] = form_name()


def was_pressed() -> bool:
    """Whether the button of this form was pressed, and that is not done yet."""
    pressed: bool = st.session_state.get(_PRESSED) == form_name()
    return pressed


def let_go() -> None:
    """Take the press as done."""
    st.session_state.pop(_PRESSED, None)


def begin_anew() -> None:
    """Let the next press be a new purchase, with everything typed still there."""
    draft = _draft()
    draft["nonce"] = uuid4().hex
    draft["stored"] = None
    keep_draft()


def write_down(request: SongRequest, *, to: str | None = None) -> None:
    """Fill the form of an earlier `request`, to ask for another like it.

    The form is that of `workflows.page_for(request.ability)`, whichever is open now.
    """
    page = workflows.PAGES[request.ability]
    blank = workflows.BLANKS[page]
    _begin(page, blank)
    fields = {"to": to, "picked": to is not None, **fields_of(request)}
    _put(page, {**blank, **{field: fields[field] for field in set(fields) & set(blank)}})
    st.session_state[_DRAFTS][page]["filled"] += 1


def filling() -> int:
    """Count how often the form was filled from outside; what remembers by itself begins anew."""
    count: int = _draft()["filled"]
    return count


def fields() -> dict[str, Any]:
    """Give all that stands in the form now."""
    # The session is slow to ask: its form once, and not for each field.
    name, state = form(), st.session_state
    usual = state[_DRAFTS][name]["blank"].items()
    return {field: state.get(f"{name}-{field}", written) for field, written in usual}


def _draft() -> dict[str, Any]:
    draft: dict[str, Any] = st.session_state[_DRAFTS][form()]
    return draft


def _begin(form: str, blank: Blank) -> None:
    """Read what was written last, once in a session."""
    drafts = st.session_state.setdefault(_DRAFTS, {})
    if form in drafts:
        return
    stored = _read(_file(form), blank)
    nonce = stored.pop("nonce", None) or uuid4().hex
    drafts[form] = {"nonce": nonce, "stored": stored, "blank": blank, "written": set(), "filled": 0}
    # What is empty is left to the widget's own default: see `fields.choice`.
    said = {
        field: written
        for field, written in stored.items()
        if written != blank[field] and f"{form}-{field}" not in st.session_state
    }
    _put(form, said)


def _put(form: str, fields: Mapping[str, Any]) -> None:
    for field, written in fields.items():
        st.session_state[f"{form}-{field}"] = written
    st.session_state[_DRAFTS][form]["written"] |= set(fields)


def _file(form: str) -> Path:
    return Settings.from_environment(os.environ).data / "drafts" / f"{form}.json"


def _read(file: Path, blank: Blank) -> dict[str, Any]:
    """Read what fits; a file from another version is no reason to stop."""
    stored = read_json(file, {})
    if not isinstance(stored, dict):
        return {}
    return {name: written for name, written in stored.items() if name in {*blank, "nonce"}}
