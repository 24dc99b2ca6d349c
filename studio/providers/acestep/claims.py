"""Claims: what a server of ACE-Step is said to do; all of it can be looked up for nothing."""

from collections.abc import Callable, Mapping

from studio.providers.acestep.answers import Stats, as_object, code_of, task_in
from studio.providers.acestep.refusals import OK, opened
from studio.providers.acestep.server import look_at
from studio.providers.claims import Claim, Verdict
from studio.providers.lenient import as_text
from studio.providers.wire import Answer, Wire

NOBODY = "00000000-0000-4000-8000-000000000000"
"""The id of a task that nobody has."""
ELSEWHERE = "v1/audio?path=%2Fno%2Fsuch%2Fplace.mp3"
"""A file outside the folder that it gives out."""


def _envelope(wire: Wire) -> Verdict:
    answer = wire.ask("GET", "health")
    told = answer.members()
    holds = answer.status == OK and code_of(told) == OK and isinstance(told.get("data"), dict)
    return Verdict(holds=holds, found=_shown(answer))


def _unknown_task(wire: Wire) -> Verdict:
    answer = wire.ask("POST", "query_result", {"task_id_list": [NOBODY]})
    task = task_in(opened(answer), NOBODY)
    holds = task.status == 0 and task.result in ("[]", [])
    status = "none" if task.status is None else f"{task.status:g}"
    return Verdict(holds=holds, found=f"Status {status}, result {str(task.result)[:60]!r}.")


def _stats(wire: Wire) -> Verdict:
    answer = wire.ask("GET", "v1/stats")
    stats = Stats.model_validate(as_object(opened(answer)))
    holds = None not in {stats.jobs.queued, stats.jobs.running, stats.avg_job_seconds}
    return Verdict(holds=holds, found=_shown(answer))


def _models(wire: Wire) -> Verdict:
    shelves = look_at(wire).shelves
    names = ", ".join(shelf.name for shelf in shelves)
    return Verdict(holds=bool(shelves), found=f"{names or 'No models'}.")


def _elsewhere(wire: Wire) -> Verdict:
    answer = wire.ask("GET", ELSEWHERE)
    return Verdict(holds=answer.status in {403, 404}, found=_shown(answer))


SAYS = {
    "envelope": "Health comes with data and code 200.",
    "unknown task": "Status 0 with an empty result, as if it were being made.",
    "counters": "How many jobs are queued and running, and how long one takes.",
    "models": "A list of the models that are there, with what each can do.",
    "file elsewhere": "Nothing is given out from outside its own folder (403).",
}
LOOKS: Mapping[str, Callable[[Wire], Verdict]] = {
    "envelope": _envelope,
    "unknown task": _unknown_task,
    "counters": _stats,
    "models": _models,
    "file elsewhere": _elsewhere,
}
CLAIMS = tuple(Claim(name=name, says=says) for name, says in SAYS.items())


def _shown(answer: Answer) -> str:
    """Say in short what came back, without anything secret."""
    told = answer.members()
    code = code_of(told)
    text = as_text(told.get("error")) or as_text(told.get("detail"))
    inside = "" if code is None else f", code {code:g}"
    return f"HTTP {answer.status}{inside}{': ' + text[:100].rstrip('.') if text else ''}."
