"""Stems: each instrument is a task of its own there, and all of them are one job here.

The ids of the tasks are kept together, each behind the name of its track: `vocals=3f2a…,drums=…`.
"""

from collections.abc import Mapping, Sequence

from studio.errors import RequestUnfit
from studio.providers.acestep.answers import WHO, Entry, Task, entries_of
from studio.providers.acestep.models import TRACKS
from studio.providers.acestep.results import DONE, FAILED, LONGEST_STAGE, link_to, why
from studio.providers.base import Finished, Progress, Refused, Working
from studio.providers.wire import Wire
from studio.songs import Attached, Finding, SplitStems, Take

BREAK, NAMED = ",", "="
INITIALS = {"fx": "FX"}


def each(request: SplitStems) -> tuple[SplitStems, ...]:
    """Return a request for every track that `request` wants.

    Raises
    ------
    RequestUnfit
        If there are no such tracks.
    """
    if request.detail == "one" and request.instrument in TRACKS:
        return (request,)
    if request.detail != "full":
        raise RequestUnfit(
            f"{WHO} pulls single instruments out of a song: choose all, or one of "
            f"{', '.join(TRACKS)}."
        )
    return tuple(
        request.model_copy(update={"detail": "one", "instrument": track}) for track in TRACKS
    )


def joined(tasks: Mapping[str, str]) -> str:
    """Return the ids of tasks by their tracks as one."""
    return BREAK.join(f"{track}{NAMED}{task}" for track, task in tasks.items())


def parted(remote: str, request: SplitStems) -> dict[str, str]:
    """Return the ids of the tasks by their tracks; those without names are in the usual order."""
    told = [one.strip() for one in remote.split(BREAK) if one.strip()]
    usual = [one.instrument for one in each(request)]
    tasks = {}
    for place, one in enumerate(told):
        track, named, task = one.partition(NAMED)
        if named:
            tasks[track] = task
        elif place < len(usual):
            tasks[usual[place]] = track
    return tasks


def to_stems(tasks: Mapping[str, Task], request: SplitStems, wire: Wire) -> Progress:
    """Say how far the tasks are, of which each pulls out one track.

    Raises
    ------
    AnswerUnreadable
        If nobody can tell.
    """
    entries = {track: entries_of(task) for track, task in tasks.items()}
    over = [track for track, task in tasks.items() if task.status in {DONE, FAILED}]
    if len(over) < len(tasks):
        return _going_on(entries, over)
    found = tuple(
        Finding(
            kind=Attached.STEM,
            name=INITIALS.get(track, track.replace("_", " ").capitalize()),
            link=link_to(file, wire),
            remote=f"{tasks[track].task_id}/1",
        )
        for track in tasks
        if (file := _file(entries[track]))
    )
    missing = _missing(tasks, entries, request)
    if not found:
        return Refused(reason=missing)
    lost = (Take(number=1, failed=missing),) if missing else ()
    return Finished(findings=found, takes=lost)


def _going_on(entries: Mapping[str, Sequence[Entry]], over: Sequence[str]) -> Working:
    """Tell the share that is done; of tasks that the server does not know, nothing is told."""
    told = {track: next(iter(some)) for track, some in entries.items() if some}
    if not told:
        return Working()
    shares = [
        1.0 if track in over else min(one.progress or 0.0, 1.0) for track, one in told.items()
    ]
    stages = [" ".join(one.stage.split()) for track, one in told.items() if track not in over]
    many = f"{len(over)} of {len(entries)} pulled out"
    return Working(
        doing=many if len(entries) > 1 else stages[0][:LONGEST_STAGE],
        progress=sum(shares) / len(entries),
    )


def _missing(
    tasks: Mapping[str, Task], entries: Mapping[str, Sequence[Entry]], request: SplitStems
) -> str:
    """Say which tracks will not come, and why the first of them does not; empty if all came."""
    failed = [track for track in tasks if not _file(entries[track])]
    unasked = [one.instrument for one in each(request) if one.instrument not in tasks]
    told = []
    if failed:
        told.append(f"Without {', '.join(failed)}. {why(entries[failed[0]])}")
    if unasked:
        told.append(f"{WHO} was not asked for {', '.join(unasked)}: ask for them one by one.")
    return " ".join(told).replace("_", " ")


def _file(entries: Sequence[Entry]) -> str:
    return next((entry.file for entry in entries if entry.file), "")
