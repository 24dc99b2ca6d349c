"""What the command line tells of a job and of a song: names that scripts may rely on."""

from pathlib import Path

from studio.jobs.model import Job
from studio.songs import Song


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
        "title": job.request.called,
        "doing": job.doing,
        "progress": job.progress,
        "remote": job.remote,
        "songs": list(job.songs),
        "created_at": job.created_at.isoformat(),
        "sent_at": job.sent_at and job.sent_at.isoformat(),
        "over_at": job.over_at and job.over_at.isoformat(),
        "request": job.request.model_dump(mode="json", exclude_defaults=True),
    }


def _absolute(path: Path | None) -> str | None:
    return None if path is None else str(path.absolute())
