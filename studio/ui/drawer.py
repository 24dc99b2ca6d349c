"""The drawer: words and styles that were written on request, kept until somebody uses them."""

from datetime import UTC, datetime

import streamlit as st

from studio.jobs.model import Job, State
from studio.songs import Ability, Text
from studio.ui import draft, flash, muse, versions
from studio.ui.blanks import OWN_WORDS, WRITE
from studio.ui.opened import studio
from studio.ui.words import ago, plain, shortened
from studio.ui.workflows import BLANKS, page_for

SHOWN = 8


def show_earlier() -> None:
    """Show what was written of late, the newest first."""
    done = studio().jobs(abilities=set(muse.BOXES), states={State.DONE}, limit=SHOWN)
    written = [job for job in done if job.texts]
    if written:
        st.subheader("Written so far", anchor=False)
    for job in written:
        _show_one(job)


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
