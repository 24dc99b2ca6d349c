"""Waiting: what the state of the whole server says about one task that is not done.

A server answers for an id that it never had as for a song that it is making, and goes on to do so
where a model could not be loaded. Its counters know better.
"""

from studio.errors import RemoteUnknown
from studio.providers.acestep.answers import WHO, Stats
from studio.providers.acestep.results import QUEUED
from studio.providers.base import Working


def judged(working: Working, stats: Stats | None) -> Working:
    """Return what is known of a task with what the server says of all.

    Only a task that it calls queued by itself is shown with the queue: for all others a queue that
    moves would look like progress of theirs.

    Raises
    ------
    RemoteUnknown
        If nothing is being made there at all. It is looked for again all the same: the counters
        may be a moment ahead.
    """
    if stats is None or working.unknown:
        return working
    queued, running = stats.jobs.queued, stats.jobs.running
    if queued == 0 and running == 0:
        raise RemoteUnknown(_idle(stats))
    known = stats.avg_job_seconds if stats.jobs.succeeded else None
    if working.doing == QUEUED:
        ahead = (queued or 1) - 1 + (running or 0)
        return working.model_copy(
            update={
                "doing": f"waiting its turn, {ahead:.0f} before it"
                if ahead
                else "waiting its turn",
                "left": None if known is None else (ahead + 1) * known,
            }
        )
    if known is None or working.progress is None:
        return working
    return working.model_copy(update={"left": (1 - working.progress) * known})


def _idle(stats: Stats) -> str:
    failed = stats.jobs.failed or 0
    why = (
        f"{failed:.0f} of its jobs failed since it was started: perhaps a model could not be "
        "loaded. Its window says why."
        if failed
        else "It may have been started anew, and then has forgotten this."
    )
    return f"{WHO} is making nothing at the moment, and this is not done. {why}"
