"""Recovering: a sound that comes once more becomes that of its song, where the song has none.

The file lies under the song's name before the job says that it has it, and the song last; so a step
that is repeated after an interruption goes on where it was.
"""

from functools import partial

from studio.errors import NotFound
from studio.jobs.desk import Desk
from studio.jobs.model import Job
from studio.songs import Ability, Attached, Finding, Song


def give_back(job: Job, finding: Finding, desk: Desk) -> Job | None:
    """Bring a sound home as that of its song; `None` if the finding is something else.

    Raises
    ------
    VendorTrouble, SoundUnreadable
        If it cannot be brought.
    """
    song = _song(job, finding, desk)
    if song is None or finding.link is None or (song.is_home and song.id not in job.songs):
        return None
    brought = desk.files.bring_song(song.id, partial(desk.provider.fetch, finding.link))
    job = desk.save(job, songs=(song.id,))
    home = {"sound": brought.sound, "wav": brought.wav, "length": brought.length or song.length}
    desk.gallery.put(song.model_copy(update={**home, "link": None, "link_ends_at": None}))
    return job


def was_given_back(job: Job, finding: Finding, desk: Desk) -> bool:
    """Whether the song has its sound by this finding."""
    song = _song(job, finding, desk)
    return song is not None and song.id in job.songs and song.is_home


def _song(job: Job, finding: Finding, desk: Desk) -> Song | None:
    """Return the song of which the sound was asked for, if that is what was found."""
    if job.request.ability is not Ability.RECOVER or finding.kind is not Attached.FILE:
        return None
    try:
        return desk.gallery.get(*job.request.sources)
    except NotFound:
        return None
