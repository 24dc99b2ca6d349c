"""Personas: what a job that made a voice leaves behind."""

from studio.jobs.desk import Desk
from studio.jobs.model import Job
from studio.songs import Persona


def with_persona(job: Job, desk: Desk) -> Job:
    """Write down the persona that `job` has made, if it has; under its own id, so only once."""
    if job.persona_remote is None or job.persona is not None:
        return job
    request = job.request
    desk.personas.put(
        Persona(
            id=job.id,
            name=request.text("name") or request.called,
            connection=job.connection,
            remote=job.persona_remote,
            source=next(iter(request.sources), ""),
            description=request.text("description"),
            style=request.text("style"),
            job=job.id,
            made_at=desk.now(),
        )
    )
    return desk.save(job, persona=job.id)
