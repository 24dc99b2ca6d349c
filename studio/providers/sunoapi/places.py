"""Places: where the vendor has a song: made there, or uploaded to it.

What was made there is known by two ids, of the task and of the sound, which the studio keeps as
one: `<task>/<sound>`. What was uploaded is known by the link that the upload was given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from studio.errors import RequestUnfit
from studio.providers.materials import Material, Materials
from studio.songs import Attached

FRESH_UPLOAD = timedelta(hours=24)
"""An upload is free, so it is done anew after the shorter of the two spans that are printed."""
LONGEST_UPLOAD = timedelta(days=3)
"""How long an upload lies there, as the vendor itself says."""
KEPT = timedelta(days=14)
"""How long what was made lies there."""
VOICE_MARK = "voice/"
"""Stands before the id of a voice that was made from a recording; a persona has none."""
WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Made:
    """A sound that was made there."""

    task: str
    sound: str
    since: datetime | None = None


def joined(task: str, sound: str) -> str | None:
    """Return both ids as one; `None` if either is missing."""
    return f"{task}/{sound}" if task and sound else None


def task_in(remote: str) -> str:
    """Return the id of the task, also where a person typed that alone."""
    return remote.strip().partition("/")[0].strip()


def sound_in(remote: str) -> str:
    """Return the id of the sound; empty where there is only a task."""
    return remote.strip().partition("/")[2].strip()


def find_made(material: Material) -> Made | None:
    """Return by which ids the vendor knows a song that it made."""
    remote = (material.remote or "").strip()
    if material.is_upload or remote.startswith(WEB) or not sound_in(remote):
        return None
    return Made(task_in(remote), sound_in(remote), material.there_since)


def find_kept(material: Material, now: datetime | None) -> Made | None:
    """Return the same, as long as the vendor promises to keep it."""
    there = find_made(material)
    return None if there is None or is_old(there, now) else there


def made(materials: Materials) -> Made:
    """Return by which ids the vendor knows the song that is worked on.

    Raises
    ------
    RequestUnfit
        If it did not make it.
    """
    known = find_made(materials.songs[0])
    if known is None:
        raise RequestUnfit(
            f"sunoapi.org does this only with songs that it made, and “{_title(materials, 0)}” is "
            "none. Choose a song that was made there, or another connection."
        )
    return known


def find_upload(
    material: Material, now: datetime | None, *, at_most: timedelta = FRESH_UPLOAD
) -> str | None:
    """Return the newest link to an upload that is not older than `at_most`."""
    known = [
        (one.made_at, one.remote)
        for one in material.attachments
        if one.kind is Attached.UPLOAD and one.remote
    ]
    if material.is_upload and material.remote and material.there_since:
        known.append((material.there_since, material.remote))
    fresh = [(at, link) for at, link in known if now is None or now - at < at_most]
    return max(fresh)[1] if fresh else None


def upload(materials: Materials, number: int = 0) -> str:
    """Return the link to one of the songs, as it was uploaded.

    Raises
    ------
    RequestUnfit
        If it was not; `before` should have had it brought there.
    """
    link = find_upload(materials.songs[number], materials.gathered_at, at_most=LONGEST_UPLOAD)
    if link is None:
        raise RequestUnfit(
            f"sunoapi.org does not have “{_title(materials, number)}” any more. Send this again: "
            "it is uploaded first."
        )
    return link


def split_task(material: Material, now: datetime | None) -> str | None:
    """Return the task that split a song into stems, while its files are still there.

    One that took the voice off goes before the others: of those the vendor's pages disagree
    whether notes can be had.
    """
    stems = [
        one
        for one in material.attachments
        if one.kind is Attached.STEM and one.remote and (now is None or now - one.made_at < KEPT)
    ]
    of_two = [one for one in stems if one.name == "Instrumental"]
    tasks = [task_in(one.remote or "") for one in [*of_two, *stems]]
    return next(iter(tasks), None)


def is_old(one: Made, now: datetime | None) -> bool:
    """Whether the vendor may have thrown the sound away by now."""
    return now is not None and one.since is not None and now - one.since > KEPT


def without_upload(materials: Materials) -> Sequence[Material]:
    """Return the songs that have to be uploaded before their link can be given."""
    now = materials.gathered_at
    return [one for one in materials.songs if find_upload(one, now) is None]


def _title(materials: Materials, number: int) -> str:
    return materials.songs[number].song.title
