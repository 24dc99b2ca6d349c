"""Findings: files and facts about a song, brought home and attached to it.

Each file is fetched aside, checked, renamed, and attached in the same breath. The id of the
attachment follows from the job and its place there, so that doing it twice makes one.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from studio.errors import SoundUnreadable, VendorTrouble
from studio.jobs.desk import Desk
from studio.jobs.home.checks import LARGEST_PICTURE_BYTES, is_data, is_film, is_midi, picture_ending
from studio.jobs.home.recovering import give_back, was_given_back
from studio.jobs.model import Job
from studio.providers.base import Finished
from studio.songs import Attached, Attachment, Finding

SOUNDS = {Attached.STEM: ".mp3", Attached.VOX: ".mp3", Attached.WAV: ".wav", Attached.FILE: ".mp3"}
"""What is sound, and how its file ends if its link does not tell."""
ENDINGS = {Attached.MIDI: ".mid", Attached.VIDEO: ".mp4"}
"""How the files of others end; what is left is data."""
CHECKS: Mapping[Attached, Callable[[Path], None]] = {
    Attached.MIDI: is_midi,
    Attached.VIDEO: is_film,
}
SOUND_ENDINGS = frozenset({".mp3", ".wav", ".m4a", ".flac", ".ogg", ".opus", ".aac"})


def all_findings(known: Sequence[Finding], told: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return what is known after `told`: each stays at its place, with its newest link."""
    findings = list(known)
    # Two that look alike in one answer are two.
    places = [(_marks(one), place) for place, one in enumerate(known)]
    for finding in told:
        same = next((place for marks, place in places if marks == _marks(finding)), None)
        if same is None:
            findings.append(finding)
        else:
            places = [(marks, place) for marks, place in places if place != same]
            findings[same] = finding
    return tuple(findings)


def bring_findings(job: Job, desk: Desk) -> tuple[Job, str | None]:
    """Bring home every finding that is not; return the job, and the trouble if there was one."""
    trouble = None
    for place, finding in enumerate(job.findings, start=1):
        if _is_home(job, place, finding, desk):
            continue
        try:
            given = give_back(job, finding, desk)
            job = given or _attached(
                job, _fetched(_attachment(job, place, finding, desk), desk), desk
            )
        except (VendorTrouble, SoundUnreadable) as problem:
            trouble = str(problem)
    return job, trouble


def keep_finding_links(job: Job, desk: Desk) -> Job:
    """Attach the findings whose file could not be brought home with their links."""
    for place, finding in enumerate(job.findings, start=1):
        if not _is_home(job, place, finding, desk):
            job = _attached(job, _attachment(job, place, finding, desk), desk)
    return job


def attached_again(attachment: Attachment, job: Job, desk: Desk) -> Attachment:
    """Bring home a file that is kept with its link only; a fresh link is asked for first.

    Raises
    ------
    VendorTrouble, SoundUnreadable
        If it still cannot be brought.
    """
    if attachment.file is not None:
        return attachment
    link = _fresh_link(attachment, job, desk) or attachment.link
    home = _fetched(attachment.model_copy(update={"link": link}), desk)
    desk.attachments.put(home)
    return home


def attachment_id(job: Job, place: int) -> str:
    """Return the id of the attachment that the finding at `place`, from 1, becomes."""
    return f"{job.id}-f{place}"


def _is_home(job: Job, place: int, finding: Finding, desk: Desk) -> bool:
    return attachment_id(job, place) in job.attached or was_given_back(job, finding, desk)


def _fresh_link(attachment: Attachment, job: Job, desk: Desk) -> str | None:
    if job.remote is None:
        return None
    try:
        progress = desk.provider.check(job.remote, job.request)
    except VendorTrouble:
        return None
    told = progress.findings if isinstance(progress, Finished) else ()
    known = enumerate(all_findings(job.findings, told), start=1)
    return next(
        (one.link for place, one in known if attachment_id(job, place) == attachment.id), None
    )


def _marks(finding: Finding) -> tuple[Attached, str, str | None]:
    """Return by what a finding is known again: its link may change."""
    return finding.kind, finding.name, finding.remote


def _attached(job: Job, attachment: Attachment, desk: Desk) -> Job:
    desk.attachments.put(attachment)
    home = {*job.attached, attachment.id}
    ids = [attachment_id(job, place) for place in range(1, len(job.findings) + 1)]
    return desk.save(job, attached=tuple(id_ for id_ in ids if id_ in home))


def _attachment(job: Job, place: int, finding: Finding, desk: Desk) -> Attachment:
    """Return what the finding at `place` becomes, with nothing of it at home yet."""
    return Attachment(
        id=attachment_id(job, place),
        song=next(iter((*job.request.sources, *job.songs)), ""),
        connection=job.connection,
        job=job.id,
        made_at=desk.now(),
        **dict(finding),
    )


def _fetched(attachment: Attachment, desk: Desk) -> Attachment:
    """Return the attachment with its file at home, if it has one."""
    if attachment.link is None:
        return attachment
    fetch = partial(desk.provider.fetch, attachment.link)
    facts = dict(attachment.facts)
    file = attachment.id + _ending(attachment)
    if attachment.kind in SOUNDS:
        facts["length_seconds"] = round(desk.files.bring_sound(file, fetch), 3)
    elif attachment.kind is Attached.COVER:
        # One byte too many tells that it is too large, and no more of it is wanted.
        fetch = partial(fetch, at_most=LARGEST_PICTURE_BYTES + 1)
        file = desk.files.bring_picture(attachment.id, fetch, ending=picture_ending)
    else:
        desk.files.bring(file, fetch, check=CHECKS.get(attachment.kind, is_data))
    return attachment.model_copy(update={"file": file, "link": None, "facts": facts})


def _ending(attachment: Attachment) -> str:
    if attachment.kind not in SOUNDS:
        return ENDINGS.get(attachment.kind, ".json")
    link = urlsplit(attachment.link or "")
    # Some tell the name of the file only behind the question mark.
    told = [PurePosixPath(unquote(place)).suffix.lower() for place in (link.path, link.query)]
    return next((one for one in told if one in SOUND_ENDINGS), SOUNDS[attachment.kind])
