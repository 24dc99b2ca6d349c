"""What is typed on Create, kept until it is no longer wanted.

The widgets' own values live in the session; every change is also written to one small file in
the data folder. So a draft outlives a page change, a refusal, a closed tab and a restart of the
server. There is one draft for each studio: a new tab begins with what was written last, and goes
its own way from there.
"""

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import streamlit as st

from studio.disk import read_json, write_json
from studio.settings import Settings
from studio.songs import SongRequest

OPEN = "open"
"""Stands for: the provider may choose."""

OPEN_FIELDS = ("voice", "model", "length", "style_weight", "weirdness")

EMPTY: Mapping[str, Any] = {
    "way": "Describe it",
    "to": None,
    "description": "",
    "styles": [],
    "style": "",
    "lyrics": "",
    "title": "",
    "instrumental": False,
    "voice": OPEN,
    "model": OPEN,
    "length": OPEN,
    "exclude": "",
    "style_weight": OPEN,
    "weirdness": OPEN,
    "seed": None,
}


_WRITTEN = "draft-written"


def key(field: str) -> str:
    """Give the session key of a field's widget."""
    return f"draft-{field}"


def value(field: str) -> Any:
    """Give what stands in a field now."""
    return st.session_state.get(key(field), EMPTY[field])


def put(**fields: Any) -> None:
    """Write into fields; only from callbacks, or before their widgets are drawn."""
    for field, written in fields.items():
        st.session_state[key(field)] = written
    st.session_state[_WRITTEN] = was_written() | set(fields)


def was_written() -> set[str]:
    """Name the fields that the studio has written into since they were last drawn."""
    found: set[str] = st.session_state.get(_WRITTEN, set())
    return found


def open_draft() -> None:
    """Begin the session with what was written last."""
    if "draft" in st.session_state:
        return
    stored = _read(_file())
    nonce = stored.pop("nonce", None)
    st.session_state["draft"] = {"nonce": nonce or uuid4().hex, "stored": stored}
    # What is empty is left to the widget's own default: see `forms._choice`.
    put(
        **{
            field: written
            for field, written in stored.items()
            if written != EMPTY[field] and key(field) not in st.session_state
        }
    )


def keep_draft() -> None:
    """Write the draft down, if it has changed; call it once the fields are drawn."""
    st.session_state[_WRITTEN] = set()
    draft = st.session_state["draft"]
    fields = {field: value(field) for field in EMPTY}
    if fields == draft["stored"]:
        return
    draft["stored"] = fields
    write_json(_file(), {**fields, "nonce": draft["nonce"]})


def submit_key(request: SongRequest, to: str) -> str:
    """Name this very purchase: the same form with the same request is the same job.

    A second click, a rerun, and a second tab that began with the same draft all give this key.
    """
    said = f"{st.session_state['draft']['nonce']}\n{to}\n{request.model_dump_json()}"
    return sha256(said.encode()).hexdigest()[:32]


def form_name() -> str:
    """Name the present form; it changes once its request is a job."""
    nonce: str = st.session_state["draft"]["nonce"]
    return nonce


def begin_anew() -> None:
    """Let the next press be a new purchase, with everything typed still there."""
    draft = st.session_state["draft"]
    draft["nonce"] = uuid4().hex
    draft["stored"] = None
    keep_draft()


def write_down(request: SongRequest, *, to: str | None = None) -> None:
    """Fill the form with an earlier `request`, to make another like it."""
    open_draft()
    fields = {**EMPTY, "to": to, **_fields_of(request)}
    if request.text("lyrics") or not request.text("description"):
        fields["way"] = "Write it"
    else:
        said = [request.text("description"), request.text("style")]
        fields["description"] = ", ".join(part for part in said if part)
    put(**fields)


def _fields_of(request: SongRequest) -> dict[str, Any]:
    """Say `request` in the fields of the form."""
    asked = request.model_dump(mode="json")
    return {field: asked[field] for field in set(asked) & set(EMPTY) if asked[field] is not None}


def _file() -> Path:
    return Settings.from_environment(os.environ).data / "draft.json"


def _read(file: Path) -> dict[str, Any]:
    """Read what fits; a file from another version is no reason to stop."""
    stored = read_json(file, {})
    if not isinstance(stored, dict):
        return {}
    return {name: written for name, written in stored.items() if name in {*EMPTY, "nonce"}}
