"""The drawer: words and styles that were written on request, kept until somebody uses them."""

from datetime import UTC, datetime

import streamlit as st

from studio.jobs.model import Job, State
from studio.songs import Ability, Text
from studio.ui import flash
from studio.ui.form import draft
from studio.ui.form.blanks import OWN_WORDS, WRITE
from studio.ui.form.workflows import BLANKS, page_for
from studio.ui.form.writing import muse, versions
from studio.ui.opened import studio
from studio.ui.words import ago, plain, shortened
from studio.ui.work import lists

ABILITIES = frozenset(muse.BOXES)
SHOWN = 8


def show() -> None:
    """Follow what is being written, and show what was written, the newest first."""
    waiting = _not_written()
    if waiting:
        st.subheader("Being written", anchor=False)
        lists.follow(waiting, _not_written)
    done = studio().jobs(abilities=ABILITIES, states={State.DONE}, limit=SHOWN)
    written = [job for job in done if job.texts]
    if written:
        st.subheader("Written so far", anchor=False)
    for job in written:
        _show_one(job)


def _not_written() -> list[Job]:
    """Give the jobs that are under way, wait for a decision, or failed of late."""
    jobs = studio().jobs(abilities=ABILITIES, limit=SHOWN)
    over = {State.DONE, State.CANCELLED}
    return [job for job in jobs if job.state not in over and _is_recent(job)]


def _is_recent(job: Job) -> bool:
    return job.over_at is None or datetime.now(UTC) - job.over_at < lists.RECENT


def _show_one(job: Job) -> None:
    when = ago(job.over_at or job.created_at, datetime.now(UTC))
    st.caption(f"**{plain(shortened(job.request.called))}** · {plain(job.connection)} · {when}")
    box = muse.BOXES[job.request.ability]
    if versions.show(
        job.texts,
        key=f"version-{job.id}",
        label="Use it in a new song",
        take=lambda text: _put_into_create(box, text),
    ):
        st.switch_page(page_for(Ability.CREATE))


def _put_into_create(box: str, text: Text) -> None:
    """Put a text into the form of a new song, from where it can be taken back."""
    draft.open_draft("create", BLANKS["create"])
    muse.take(box, text)
    draft.put(way=WRITE)
    if box == "lyrics":
        draft.put(words=OWN_WORDS, title=draft.value("title") or text.title)
    flash.say("It stands in the form of a new song.")
