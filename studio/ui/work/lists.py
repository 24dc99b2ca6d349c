"""Lists of jobs: which there are, and how a page follows them."""

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta

import streamlit as st

from studio.jobs.model import Job, State
from studio.songs import Ability
from studio.ui.abilities import FINDERS
from studio.ui.explain import problems
from studio.ui.opened import studio
from studio.ui.song.bench import Bench
from studio.ui.work.jobs import show_job

LOOK_SECONDS = 1.0
SHOWN = 20
RECENT = timedelta(minutes=30)

_UNDER_WAY = {state for state in State if state.is_under_way}


def follow(jobs: Sequence[Job], look: Callable[[], Sequence[Job]]) -> None:
    """Show `jobs`, and `look()` again every second for as long as one of them is under way."""
    busy = any(job.state.is_under_way for job in jobs)
    known = [job.id for job in jobs]
    first = [jobs]

    @st.fragment(run_every=LOOK_SECONDS if busy else None)
    def draw() -> None:
        now = first.pop() if first else look()
        for job in now:
            with problems():
                show_job(job)
        moved = [job.id for job in now] != known
        if busy and (moved or not any(job.state.is_under_way for job in now)):
            # The whole page, so that the looking ends and other lists hear of it.
            st.rerun()

    draw()


def follow_recent(abilities: Collection[Ability] | None = None, *, with_done: bool = True) -> None:
    """Follow what is under way, and show what was made in the last half hour.

    Parameters
    ----------
    abilities
        Of which jobs; `None` is all of them.
    with_done
        Whether what was made is shown; not where the page shows it anyway.
    """

    def look() -> list[Job]:
        return [job for job in _recent(abilities) if with_done or job.state is not State.DONE]

    jobs = look()
    if jobs:
        st.subheader(_title_of({job.state for job in jobs}), anchor=False)
        follow(jobs, look)


def _title_of(states: Collection[State]) -> str:
    """Say over a list of jobs what is there, the most urgent first."""
    if State.UNSURE in states:
        return "For you to decide"
    if any(state.is_under_way for state in states):
        return "Being made"
    return "Just made" if State.DONE in states else "Not made"


def follow_song(bench: Bench) -> None:
    """Follow what is being found out about a song, and what failed of late."""

    def look() -> list[Job]:
        jobs = studio().jobs(of_song=bench.song.id, abilities=FINDERS, limit=SHOWN)
        return [job for job in jobs if _asks_for_a_look(job)]

    if jobs := [job for job in bench.jobs if _asks_for_a_look(job)]:
        follow(jobs, look)


def _asks_for_a_look(job: Job) -> bool:
    return not job.state.is_over or (job.state is State.FAILED and _over_for(job) < RECENT)


def show_section(title: str, look: Callable[[], Sequence[Job]]) -> bool:
    """Show a part of the page Jobs, if there is anything in it; tells whether there was."""
    jobs = look()
    if jobs:
        st.subheader(title, anchor=False)
        follow(jobs, look)
    return bool(jobs)


def waiting() -> list[Job]:
    """Give the jobs whose fate a person must decide."""
    return studio().jobs(states={State.UNSURE})


def under_way() -> list[Job]:
    """Give the jobs that are being made."""
    return _wholes(studio().jobs(states=_UNDER_WAY))


def failed() -> list[Job]:
    """Give the jobs that failed of late."""
    return _wholes(studio().jobs(states={State.FAILED}, limit=SHOWN))


def done_today() -> list[Job]:
    """Give the jobs that ended today."""
    over = studio().jobs(states={State.DONE, State.CANCELLED}, limit=SHOWN)
    return _wholes([job for job in over if _over_for(job) < timedelta(days=1)])


def _recent(abilities: Collection[Ability] | None) -> list[Job]:
    """Give what is not over or was made of late: what needs a person first, then the newest."""
    jobs = studio().jobs(abilities=abilities, limit=SHOWN)
    shown = [job for job in jobs if not job.state.is_over or _over_for(job) < RECENT]
    shown = [job for job in shown if job.state is not State.CANCELLED]
    return sorted(_wholes(shown), key=lambda job: job.state is not State.UNSURE)


def _wholes(jobs: Sequence[Job]) -> list[Job]:
    """Leave out what another job that is shown waits for, and tells of."""
    awaited = {needed for job in jobs for needed in job.needs}
    return [job for job in jobs if job.id not in awaited or job.state is State.UNSURE]


def _over_for(job: Job) -> timedelta:
    return datetime.now(UTC) - (job.over_at or job.created_at)
