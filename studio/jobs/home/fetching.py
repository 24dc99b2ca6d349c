"""Fetching: everything that is finished is brought home, each piece for itself.

It does not ask the vendor how far it is: a file that does not come is tried again on its own.
"""

from typing import Any

from studio.jobs.desk import Desk, wait_seconds
from studio.jobs.home.findings import all_findings, bring_findings
from studio.jobs.home.personas import with_persona
from studio.jobs.home.takes import bring_home, merged
from studio.jobs.model import Job
from studio.jobs.settling import MOST_TRIES, keep_all_links, settle
from studio.providers.base import Finished


def told_of(job: Job, answer: Finished) -> dict[str, Any]:
    """Return what is known of the results of `job` after `answer`."""
    return {
        "takes": merged(job.takes, answer.takes),
        "findings": all_findings(job.findings, answer.findings),
        "texts": answer.texts or job.texts,
        "persona_remote": answer.persona or job.persona_remote,
    }


def fetch(job: Job, desk: Desk) -> Job:
    """Bring home what is finished, and end the job when everything is."""
    job = with_persona(job, desk)
    job, trouble = bring_home(job, desk)
    job, another = bring_findings(job, desk)
    if not (trouble or another):
        return settle(job, desk)
    if job.tries + 1 >= MOST_TRIES:
        return settle(keep_all_links(job, desk), desk)
    due_at = desk.later(job, wait_seconds(job.tries))
    return desk.save(job, tries=job.tries + 1, due_at=due_at, reason=trouble or another)


def bring_more(job: Job, desk: Desk) -> Job:
    """Bring home the takes that are finished while others are made, and rest until the next look.

    What does not come is tried again before that, if there is time.
    """
    job, trouble = bring_home(job, desk)
    due_at = desk.next_look(job)
    if trouble is None:
        is_written = job.tries == 0 and job.due_at > desk.now()
        return job if is_written else desk.save(job, tries=0, due_at=due_at)
    due_at = min(due_at, desk.later(job, wait_seconds(job.tries)))
    return desk.save(job, tries=job.tries + 1, due_at=due_at, reason=trouble)
