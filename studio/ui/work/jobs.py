"""A job on a page: how far it is, what it brought, and what it waits for."""

from datetime import UTC, datetime

import streamlit as st

from studio.errors import ConnectionUnknown, NotFound
from studio.jobs.model import Job, State
from studio.providers.limits import Price
from studio.songs import Ability, Attachment, Song, Take
from studio.ui import flash
from studio.ui.abilities import FINDERS, MUSIC
from studio.ui.explain import problems
from studio.ui.form import draft
from studio.ui.form.workflows import page_for
from studio.ui.frame import pages_dir
from studio.ui.opened import studio
from studio.ui.player import show_track, take_track
from studio.ui.song.asked import lines_of
from studio.ui.song.bench import ask_instead
from studio.ui.song.cards import show_card
from studio.ui.song.titles import name_of
from studio.ui.words import ago, amount, plain, span
from studio.ui.work import doubts

_DOING = {
    State.QUEUED: "waiting for its turn",
    State.SENDING: "being sent",
    State.WORKING: "being made",
    State.FETCHING: "being brought home",
}
LONGEST_TEXT = 2000


def show_job(job: Job) -> None:
    """Show one job as its state asks for."""
    with st.container(border=True, key=f"job-{job.id}"):
        match job.state:
            case State.UNSURE:
                _show_unsure(job)
            case State.FAILED:
                _show_failed(job)
            case State.DONE | State.CANCELLED:
                _show_over(job)
            case _:
                _show_under_way(job)


def _show_head(job: Job, beside: str) -> None:
    with st.container(gap=None):
        st.markdown(f"**{plain(name_of(job))}**")
        st.caption(f"{plain(job.connection)} · {beside}")


def _show_under_way(job: Job) -> None:
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        awaited = _awaited(job) if job.state is State.QUEUED else ""
        _show_head(job, plain(awaited) if awaited else doing_of(job))
        st.button(
            "Cancel", key=f"cancel-{job.id}", type="tertiary", on_click=_cancel, args=(job.id,)
        )
    if job.reason and not awaited:
        st.caption(plain(job.reason))
    if job.state in {State.WORKING, State.FETCHING}:
        if job.progress is not None:
            st.progress(job.progress)
        if job.request.ability in MUSIC:
            _show_takes(job)


def doing_of(job: Job) -> str:
    """Say what is going on and how long it will take."""
    doing = job.doing or _DOING[job.state]
    return plain(doing) + (f" · {span(job.left)} left" if job.left is not None else "")


def _awaited(job: Job) -> str:
    """Say which job must be done before this one, and how far that is; empty where none is."""
    for needed in job.needs:
        try:
            first = studio().job(needed)
        except NotFound:
            continue
        if first.state is State.UNSURE:
            return f"waits until you have decided about: {name_of(first)}"
        if not first.state.is_over:
            return f"first: {name_of(first)} · {first.doing or _DOING[first.state]}"
    return ""


def _show_takes(job: Job) -> None:
    """Show every take: as a song once it is home, else as far as it is."""
    songs = {song.take: song for song in _songs(job)}
    for take in job.takes or _expected(job):
        if take.number in songs:
            show_card(songs[take.number])
        elif take.failed:
            st.caption(f"Take {take.number}: {plain(take.failed)}")
        else:
            early = studio().early_path(job.id, take.number) is not None
            line = "its first seconds are ready" if early else "being made"
            line = f"take {take.number} · {line}" if take.title else line
            track = take_track(job, take, early=early, line=line)
            show_track(track, key=f"take-{job.id}-{take.number}")


def _expected(job: Job) -> tuple[Take, ...]:
    """Stand in for takes of which nobody has told yet."""
    try:
        count = studio().offer(job.connection).takes(job.request)
    except ConnectionUnknown:
        count = 1
    return tuple(Take(number=number) for number in range(1, count + 1))


def _songs(job: Job) -> list[Song]:
    return [song for song in map(studio().song, job.songs) if song.deleted_at is None]


def _show_over(job: Job) -> None:
    now = datetime.now(UTC)
    when = ago(job.over_at or job.created_at, now)
    done = "made" if job.request.ability in MUSIC else "done"
    word = "cancelled" if job.state is State.CANCELLED else done
    cost = "" if job.cost is None else f" · {plain(_price(job.cost))}"
    with st.container(horizontal=True, vertical_alignment="center"):
        _show_head(job, f"{word} {when}{cost}")
        _show_way(job)
    if job.reason and job.state is State.DONE:
        st.markdown(plain(job.reason))
    for song in _songs(job):
        show_card(song)
    for take in job.takes:
        if take.failed:
            st.caption(f"Take {take.number}: {plain(take.failed)}")
    _show_found(job)
    _show_texts(job)


def _show_way(job: Job) -> None:
    """Lead to where the result lies, unless it is shown here."""
    if job.attached and job.request.sources:
        st.page_link(
            pages_dir() / "song.py",
            label="Open the song",
            query_params={"id": job.request.sources[0]},
        )
    if job.persona is not None or job.request.ability is Ability.PHRASE:
        st.page_link(pages_dir() / "personas.py", label="Open Personas", icon=":material/mic:")


def _show_found(job: Job) -> None:
    """Say what was found out about a song, where it is more than the job's own name says."""
    found = [each for each in map(_attachment, job.attached) if each is not None]
    if names := [plain(each.name) for each in found if each.name]:
        st.caption(f"Kept with the song: {', '.join(names)}")


def _attachment(found: str) -> Attachment | None:
    try:
        return studio().attachment(found)
    except NotFound:
        return None


def _show_texts(job: Job) -> None:
    """Show what was written, each version to be copied."""
    for number, text in enumerate(job.texts, 1):
        title = text.title or f"Version {number}"
        with st.expander(plain(title)):
            st.code(text.text[:LONGEST_TEXT], language=None, wrap_lines=True)


def _price(cost: Price) -> str:
    return "free" if cost.is_free else amount(cost.amount, cost.unit)


def _show_unsure(job: Job) -> None:
    _show_head(job, ":orange-badge[waits for your decision]")
    doubts.show(job)


def _show_failed(job: Job) -> None:
    _show_head(job, f":red-badge[failed] {ago(job.over_at or job.created_at, datetime.now(UTC))}")
    st.markdown(plain(job.reason or "The vendor gave no reason."))
    for song in _songs(job):
        show_card(song)
    with st.container(horizontal=True):
        if st.button("Do it again", key=f"again-{job.id}", icon=":material/refresh:"):
            with problems():
                studio().do_again(job.id)
                flash.say("It is being made again.")
                st.rerun()
        if st.button("Change and do it again", key=f"change-{job.id}", icon=":material/edit:"):
            change(job)
    show_asked(job)


def change(job: Job) -> None:
    """Open the page where such a job is asked for, filled in as this one was."""
    known = {connection.name for connection in studio().connections()}
    to = job.connection if job.connection in known else None
    draft.write_down(job.request, to=to)
    if to and job.request.ability in FINDERS:
        ask_instead(job.request.sources[0], to)
    st.switch_page(page_for(job.request.ability))


def show_asked(job: Job) -> None:
    """Show what was asked and answered, folded, ready to be copied."""
    with st.expander("What was asked and answered"):
        st.markdown("\n".join(f"- {name}: {plain(said)}" for name, said in lines_of(job.request)))
        told = [f"job {job.id} at {job.connection} ({job.kind})", f"state {job.state.value}"]
        told += [f"id at the vendor {job.remote}"] if job.remote else []
        told += [f"reason: {job.reason}"] if job.reason else []
        asked = job.request.model_dump_json(indent=1, exclude_defaults=True)
        st.code("\n".join([*told, asked]), language=None, wrap_lines=True)


def _cancel(job: str) -> None:
    with problems():
        studio().cancel(job)
