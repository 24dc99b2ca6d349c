"""The muse: words and styles written on request, offered beside the box that they are for.

What is taken goes into the box; what stood there before comes back with one press. The job is
noted in the draft, so that what was paid for is still there after a page change or a restart.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import streamlit as st

from studio.errors import NotFound, StudioProblem
from studio.jobs.model import Job, State
from studio.offer import in_words
from studio.songs import Ability, EnrichTags, SongRequest, Text, WriteLyrics
from studio.ui import flash
from studio.ui.form import draft, fields
from studio.ui.form.writing import versions
from studio.ui.opened import studio
from studio.ui.words import plain

LOOK_SECONDS = 1.0
BOXES: Mapping[Ability, str] = {Ability.LYRICS: "lyrics", Ability.TAGS: "style"}
"""Which box is for what is written."""


class Aid(NamedTuple):
    """What the muse can do for one box."""

    ability: Ability
    label: str
    press: str
    going: str
    icon: str

    @property
    def box(self) -> str:
        """Name of the field."""
        return BOXES[self.ability]


WORDS = Aid(
    Ability.LYRICS,
    "Write words for me",
    "Write a few versions",
    "Words are being written…",
    ":material/edit_note:",
)
STYLE = Aid(
    Ability.TAGS,
    "Enrich the style",
    "Make it richer",
    "The style is being enriched…",
    ":material/auto_fix_high:",
)


def offer(aid: Aid, to: str) -> None:
    """Offer help with a box, by the connection `to` or else by the first that can give it."""
    able = studio().who_can(aid.ability)
    if not able or draft.why_grey():
        return
    with st.popover(
        aid.label, icon=aid.icon, type="tertiary", key=_menu(aid), on_change="rerun"
    ) as menu:
        if menu.open:
            _ask(aid, to if to in able else able[0])


def take(box: str, text: Text) -> None:
    """Put a text into a box of the open form; what stood there can be brought back."""
    note = {"before": draft.value(box)}
    draft.put(**{box: text.text.strip()}, muse={**draft.value("muse"), box: note})


def _ask(aid: Aid, to: str) -> None:
    if aid is WORDS:
        fields.kept(
            st.text_input,
            "muse_about",
            "What are they to be about?",
            live=True,
            placeholder="leaving the city on the last train",
        )
    request = _request(aid)
    if request is None:
        st.caption(
            "A few words will do." if aid is WORDS else "Write a few words into the box first."
        )
        return
    estimate = studio().estimate(request, to)
    if estimate.problem:
        st.caption(plain(estimate.problem))
        return
    job = _note(aid).get("job")
    with st.container(horizontal=True, vertical_alignment="center"):
        # Named after the job before it: a second click finds nothing to press.
        st.button(
            aid.press,
            key=draft.key(f"{aid.box}-write-{job}"),
            on_click=_submit,
            args=(aid, request, to),
        )
        st.caption(plain(f"{to} · {in_words(estimate.price)}"), width="content")


def _request(aid: Aid) -> SongRequest | None:
    if aid is STYLE:
        style = draft.value("style").strip()
        return EnrichTags(style=style) if style else None
    about = draft.value("muse_about").strip()
    return WriteLyrics(description=about) if about else None


def _submit(aid: Aid, request: SongRequest, to: str) -> None:
    note = _note(aid)
    key = draft.submit_key(request, f"{to} after {note.get('job')}")
    try:
        job = studio().submit(request, to=to, key=key)
    except StudioProblem as problem:
        flash.complain(problem)
    else:
        _remember(aid, {**note, "job": job.id})
    st.session_state[_menu(aid)] = False


def show_answer(aid: Aid) -> None:
    """Show what came of it: how far it is, versions to choose from, and the way back."""
    if _note(aid).get("before"):
        st.button(
            "Bring back what stood there",
            key=draft.key(f"{aid.box}-undo"),
            type="tertiary",
            icon=":material/undo:",
            on_click=_undo,
            args=(aid,),
        )
    job = _job(aid)
    if job is None:
        return
    if job.state.is_under_way:
        _follow(aid, job)
    elif job.texts:
        versions.show(
            job.texts,
            key=draft.key(f"{aid.box}-version"),
            label="Take this one",
            take=lambda text: take(aid.box, text),
        )
        _offer_to_put_aside(aid, "None of these")
    else:
        st.caption(plain(_why_nothing(job)))
        _offer_to_put_aside(aid, "All right")


def _follow(aid: Aid, job: Job) -> None:
    @st.fragment(run_every=LOOK_SECONDS)
    def look() -> None:
        if not studio().job(job.id).state.is_under_way:
            st.rerun()
        st.caption(f":material/hourglass_top: {aid.going}")

    look()


def _why_nothing(job: Job) -> str:
    if job.state is State.UNSURE:
        return "Nobody can tell whether it was taken. It waits for your decision on Jobs."
    return job.reason or "Nothing came of it."


def _offer_to_put_aside(aid: Aid, label: str) -> None:
    st.button(
        label,
        key=draft.key(f"{aid.box}-aside"),
        type="tertiary",
        icon=":material/close:",
        on_click=_remember,
        args=(aid, {"before": _note(aid).get("before")}),
    )


def _job(aid: Aid) -> Job | None:
    noted = _note(aid).get("job")
    try:
        return studio().job(noted) if noted else None
    except NotFound:
        return None


def _undo(aid: Aid) -> None:
    note = _note(aid)
    draft.put(**{aid.box: note["before"]})
    _remember(aid, {"job": note.get("job")})


def _note(aid: Aid) -> dict[str, Any]:
    note: dict[str, Any] = draft.value("muse").get(aid.box, {})
    return note


def _remember(aid: Aid, note: dict[str, Any]) -> None:
    draft.put(muse={**draft.value("muse"), aid.box: note})


def _menu(aid: Aid) -> str:
    return draft.key(f"{aid.box}-menu")
