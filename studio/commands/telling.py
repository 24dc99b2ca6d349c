"""What the command line tells of a job and of a song: names that scripts may rely on."""

from pathlib import Path

from studio.jobs.model import Job
from studio.offer import Estimate
from studio.songs import Attachment, Song


def tell_song(song: Song, file: Path | None, wav: Path | None) -> dict[str, object]:
    """Tell of `song`, whose sound lies in `file`; `None` while it is still at the provider."""
    return {
        "id": song.id,
        "title": song.title,
        "file": _absolute(file),
        "wav": _absolute(wav),
        "length_seconds": song.length,
        "style": song.style,
        "seed": song.seed,
        "take": song.take,
        "job": song.job,
        "connection": song.connection,
        "made_at": song.made_at.isoformat(),
    }


def tell_job(job: Job) -> dict[str, object]:
    """Tell of `job`: its state by name, and why it stands there."""
    return {
        "id": job.id,
        "state": job.state.value,
        "reason": job.reason,
        "connection": job.connection,
        "kind": job.kind,
        "ability": job.request.ability.value,
        "title": job.request.called,
        "doing": job.doing,
        "progress": job.progress,
        "remote": job.remote,
        "songs": list(job.songs),
        "attached": list(job.attached),
        "texts": [text.model_dump(mode="json") for text in job.texts],
        "persona": job.persona,
        "created_at": job.created_at.isoformat(),
        "sent_at": job.sent_at and job.sent_at.isoformat(),
        "over_at": job.over_at and job.over_at.isoformat(),
        "request": job.request.model_dump(mode="json", exclude_defaults=True),
    }


def tell_attachment(found: Attachment, file: Path | None) -> dict[str, object]:
    """Tell of what is attached to a song; `file` is where it lies, if it is a file that is home."""
    return {
        "id": found.id,
        "song": found.song,
        "kind": found.kind.value,
        "name": found.name,
        "file": _absolute(file),
        "facts": dict(found.facts),
        "connection": found.connection,
        "remote": found.remote,
        "job": found.job,
        "made_at": found.made_at.isoformat(),
    }


def tell_estimate(estimate: Estimate) -> dict[str, object]:
    """Tell what a request would take, and what it would cost."""
    return {
        "price": estimate.price.amount,
        "unit": estimate.price.unit,
        "approximate": estimate.price.approximate,
        "steps": [step.ability.value for step in estimate.steps],
        "advice": estimate.advice,
        "problem": estimate.problem,
    }


def _absolute(path: Path | None) -> str | None:
    return None if path is None else str(path.absolute())
