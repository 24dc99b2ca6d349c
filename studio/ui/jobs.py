"""A job on a page: how far it is, what it brought, and what a person can decide."""

from datetime import UTC, datetime

import streamlit as st

from studio.jobs.model import Job, State
from studio.offer import in_words
from studio.providers.limits import Price
from studio.songs import Song, Take
from studio.ui import draft, flash
from studio.ui.cards import show_card
from studio.ui.explain import problems
from studio.ui.frame import pages_dir
from studio.ui.opened import studio
from studio.ui.player import show_track, take_track
from studio.ui.words import ago, amount, plain, shortened, span

_DOING = {
    State.QUEUED: "waiting for its turn",
    State.SENDING: "being sent",
    State.WORKING: "being made",
    State.FETCHING: "being brought home",
}


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


def name_of(job: Job) -> str:
    """Name a job by its song, or by what was asked for."""
    titles = [job.request.text("title"), *(take.title for take in job.takes), job.request.called]
    return shortened(next(filter(None, titles), "A song"), letters=60)


def _show_head(job: Job, beside: str) -> None:
    with st.container(gap=None):
        st.markdown(f"**{plain(name_of(job))}**")
        st.caption(f"{plain(job.connection)} · {beside}")


def _show_under_way(job: Job) -> None:
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        _show_head(job, _doing(job))
        st.button(
            "Cancel", key=f"cancel-{job.id}", type="tertiary", on_click=_cancel, args=(job.id,)
        )
    if job.reason:
        st.caption(plain(job.reason))
    if job.state in {State.WORKING, State.FETCHING}:
        if job.progress is not None:
            st.progress(job.progress)
        _show_takes(job)


def _doing(job: Job) -> str:
    """Say what is going on and how long it will take."""
    doing = job.doing or _DOING[job.state]
    return plain(doing) + (f" · {span(job.left)} left" if job.left is not None else "")


def _show_takes(job: Job) -> None:
    """Show every take: as a song once it is home, else as far as it is."""
    songs = {song.take: song for song in _songs(job)}
    for take in job.takes or (Take(number=1), Take(number=2)):
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


def _songs(job: Job) -> list[Song]:
    return [song for song in map(studio().song, job.songs) if song.deleted_at is None]


def _show_over(job: Job) -> None:
    now = datetime.now(UTC)
    when = ago(job.over_at or job.created_at, now)
    word = "cancelled" if job.state is State.CANCELLED else "made"
    cost = "" if job.cost is None else f" · {plain(_price(job.cost))}"
    _show_head(job, f"{word} {when}{cost}")
    if job.reason and job.state is State.DONE:
        st.markdown(plain(job.reason))
    for song in _songs(job):
        show_card(song)
    for take in job.takes:
        if take.failed:
            st.caption(f"Take {take.number}: {plain(take.failed)}")


def _price(cost: Price) -> str:
    return "free" if cost.is_free else amount(cost.amount, cost.unit)


def _show_unsure(job: Job) -> None:
    _show_head(job, ":orange-badge[waits for your decision]")
    st.markdown(plain(job.reason or "Nobody can tell whether the vendor took this request."))
    st.caption(_known(job))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        remote = st.text_input("Its id at the vendor", key=f"remote-{job.id}", live=True, width=220)
        if st.button("It was made: fetch it", key=f"made-{job.id}", disabled=not remote.strip()):
            with problems():
                studio().it_was_made(job.id, remote.strip())
                _changed("It is fetched from the vendor.")
        if st.button("It was not: send it again", key=f"send-{job.id}"):
            with problems():
                studio().send_again(job.id)
                _changed("It is sent once more.")
        if st.button("Let it go", key=f"let-go-{job.id}", type="tertiary"):
            with problems():
                studio().give_up(job.id)
                _changed("It is let go.")


def _known(job: Job) -> str:
    """Say what is known of a job that may have been bought."""
    parts = [f"sent {ago(job.sent_at, datetime.now(UTC))}" if job.sent_at else "not surely sent"]
    if job.estimate is not None and not job.estimate.is_free:
        parts.append(f"would cost {in_words(job.estimate)}")
    before, after = job.balance_before, job.balance_after
    if before is not None and after is not None:
        spent = "nothing was charged" if after.amount >= before.amount else "something was charged"
        parts.append(f"balance {before.amount:g} before, {after.amount:g} after: {spent}")
    return plain(" · ".join(parts))


def _show_failed(job: Job) -> None:
    _show_head(job, f":red-badge[failed] {ago(job.over_at or job.created_at, datetime.now(UTC))}")
    st.markdown(plain(job.reason or "The vendor gave no reason."))
    for song in _songs(job):
        show_card(song)
    with st.container(horizontal=True):
        if st.button("Do it again", key=f"again-{job.id}", icon=":material/refresh:"):
            with problems():
                studio().do_again(job.id)
                _changed("It is being made again.")
        if st.button("Change and do it again", key=f"change-{job.id}", icon=":material/edit:"):
            draft.write_down(job.request, to=job.connection)
            st.switch_page(pages_dir() / "create.py")
    show_asked(job)


def show_asked(job: Job) -> None:
    """Show what was asked and answered, folded, ready to be copied."""
    with st.expander("What was asked and answered"):
        told = [f"job {job.id} at {job.connection} ({job.kind})", f"state {job.state.value}"]
        told += [f"id at the vendor {job.remote}"] if job.remote else []
        told += [f"reason: {job.reason}"] if job.reason else []
        asked = job.request.model_dump_json(indent=1, exclude_defaults=True)
        st.code("\n".join([*told, asked]), language=None, wrap_lines=True)


def _cancel(job: str) -> None:
    with problems():
        studio().cancel(job)


def _changed(word: str) -> None:
    flash.say(word)
    st.rerun()
