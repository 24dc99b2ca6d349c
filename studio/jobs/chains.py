"""Chains: what must be done before a job, and what completes it, as jobs of their own.

A tail is bought at a vendor that must be given the sound first, and is joined to it afterwards:
three jobs. The ids and keys of the others follow from those of the one that was asked for, so that
whatever is repeated after an interruption makes none of them twice.
"""

from collections.abc import Callable
from datetime import datetime

from studio.jobs.model import Job
from studio.providers.base import Provider
from studio.providers.materials import Materials
from studio.songs import SongRequest


def chain(
    request: SongRequest,
    *,
    job_id: str,
    key: str,
    connection: str,
    provider: Provider | type[Provider],
    materials: Callable[[SongRequest], Materials],
    now: datetime,
    part_of: str | None = None,
) -> tuple[Job, ...]:
    """Return `request` as a job, behind the jobs that must be done first: for `JobTable.add_all`.

    What completes it is not among them: its steps put that down themselves, from
    `Provider.after`, when its songs are home.

    Parameters
    ----------
    request
        What is asked for.
    job_id, key
        Id and submit key of its job; those of the others follow from them.
    connection, provider
        Where it is sent, and who speaks there.
    materials
        Finds out what a request works with.
    now
        The time.
    part_of
        Id of the job that this one completes.
    """

    def job(request: SongRequest, job_id: str, key: str, part_of: str | None) -> Job:
        return Job(
            id=job_id,
            key=key,
            connection=connection,
            kind=provider.kind,
            request=request,
            part_of=part_of,
            due_at=now,
            created_at=now,
            estimate=provider.price(request, materials(request)),
        )

    before = provider.before(request, materials(request))
    needed = tuple(
        job(first, f"{job_id}b{place}", f"{key} before {place}", job_id)
        for place, first in enumerate(before, start=1)
    )
    needs = {"needs": tuple(one.id for one in needed)}
    return (*needed, job(request, job_id, key, part_of).model_copy(update=needs))
