"""Bringing takes home: from a vendor's link to a song in the gallery.

The sound is fetched aside, checked, renamed, and its song written in the same breath. The id of the
song follows from the job and the take, so that doing it twice makes one song.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from studio.errors import SoundUnreadable, VendorTrouble
from studio.jobs.desk import Desk
from studio.jobs.home.titles import known_songs, title_of, worded
from studio.jobs.model import Job
from studio.providers.base import Refused
from studio.songs import Part, Song, Take

EARLY_BYTES = 600_000


def merged(known: Sequence[Take], told: Sequence[Take]) -> tuple[Take, ...]:
    """Return what is known of the takes after `told`.

    A take that the vendor has named keeps its number, in whatever order it is told of next time.
    One that is no longer told of is not forgotten, and what was finished stays so.
    """
    takes = {take.number: take for take in known}
    for take in told:
        number = _number_of(take, takes)
        before = takes.get(number, take)
        if take.finished or not before.finished:
            early = take.early or before.early
            takes[number] = take.model_copy(update={"number": number, "early": early})
    return tuple(takes[number] for number in sorted(takes))


def _number_of(take: Take, known: Mapping[int, Take]) -> int:
    same = [number for number, one in known.items() if take.remote and one.remote == take.remote]
    if same:
        return same[0]
    there = known.get(take.number)
    is_another = there is not None and there.remote and take.remote
    return max(known) + 1 if is_another else take.number


def bring_home(job: Job, desk: Desk) -> tuple[Job, str | None]:
    """Bring every finished take home that is not; return the job, and the trouble if there was."""
    trouble = None
    for take in job.takes:
        if not take.finished or song_id(job, take) in job.songs:
            continue
        try:
            song = _fetched(job, take, desk)
        except (VendorTrouble, SoundUnreadable) as problem:
            trouble = str(problem)
            continue
        desk.gallery.put(song)
        job = desk.save(job, songs=_in_order(job, song))
    return job, trouble


def keep_links(job: Job, desk: Desk) -> Job:
    """Keep the finished takes that could not be brought home as songs with their links."""
    for take in job.takes:
        if take.finished and song_id(job, take) not in job.songs:
            song = as_song(job, take, desk)
            desk.gallery.put(song)
            job = desk.save(job, songs=_in_order(job, song))
    return job


def bring_early(job: Job, desk: Desk) -> None:
    """Bring the first seconds of unfinished takes here; without them it simply starts later."""
    for take in job.takes:
        if take.early and not take.finished:
            fetch = partial(desk.provider.fetch, take.early, at_most=EARLY_BYTES)
            try:
                desk.files.bring_early(job.id, take.number, fetch)
            except (VendorTrouble, SoundUnreadable):
                continue


def fetched_again(song: Song, job: Job, desk: Desk) -> Song:
    """Bring home a song that is kept with its link only; a fresh link is asked for first.

    Raises
    ------
    VendorTrouble, SoundUnreadable
        If it still cannot be brought.
    """
    take = _told_again(song, job, desk)
    home = _fetched(job, take, desk)
    desk.gallery.put(home)
    return desk.gallery.get(song.id)


def song_id(job: Job, take: Take) -> str:
    """Return the id of the song that this take becomes."""
    return f"{job.id}-{take.number}"


def as_song(job: Job, take: Take, desk: Desk) -> Song:
    """Return the song that `take` is, with nothing of it at home yet."""
    sources = known_songs(job.request.sources, desk.gallery)
    return Song(
        id=song_id(job, take),
        title=title_of(take, job.request, sources),
        part=take.part,
        style=take.style or worded(job.request, "style", sources),
        lyrics=take.lyrics or worded(job.request, "lyrics", sources),
        length=take.length,
        made_at=desk.now(),
        connection=job.connection,
        kind=job.kind,
        job=job.id,
        take=take.number,
        remote=take.remote,
        seed=take.seed,
        request=job.request,
        parents=_parents(job, take, sources),
        facts=take.facts,
        link=take.sound,
        link_ends_at=take.ends_at,
    )


def _told_again(song: Song, job: Job, desk: Desk) -> Take:
    """Return the take that the song is, with the newest link there is."""
    known = Take(
        number=song.take, remote=song.remote, finished=True, sound=song.link, length=song.length
    )
    if job.remote is None:
        return known
    try:
        progress = desk.provider.check(job.remote, job.request)
    except VendorTrouble:
        return known
    told = () if isinstance(progress, Refused) else merged(job.takes, progress.takes)
    fresh = [take for take in told if take.number == song.take and take.sound]
    return fresh[0] if fresh else known


def _fetched(job: Job, take: Take, desk: Desk) -> Song:
    if take.sound is None:
        raise SoundUnreadable(f"{desk.provider.title} names no file for take {take.number}.")
    song = as_song(job, take, desk)
    brought = desk.files.bring_song(song.id, _fetch(desk, take.sound))
    return song.model_copy(
        update={
            "sound": brought.sound,
            "length": brought.length or take.length,
            "wav": brought.wav or _wav(song, take, desk),
            "cover": _cover(song, take, desk),
            "link": None,
            "link_ends_at": None,
        }
    )


def _wav(song: Song, take: Take, desk: Desk) -> str | None:
    """Bring the lossless file too, if there is one; the song stands without it."""
    if take.wav is None:
        return None
    try:
        desk.files.bring_sound(f"{song.id}.wav", _fetch(desk, take.wav))
    except (VendorTrouble, SoundUnreadable):
        return None
    return f"{song.id}.wav"


def _cover(song: Song, take: Take, desk: Desk) -> str | None:
    if take.cover is None:
        return None
    try:
        return desk.files.bring_picture(song.id, _fetch(desk, take.cover))
    except (VendorTrouble, SoundUnreadable):
        return None


def _fetch(desk: Desk, link: str) -> Callable[[Path], None]:
    return partial(desk.provider.fetch, link)


def _in_order(job: Job, song: Song) -> tuple[str, ...]:
    """Return the ids of the job's songs in the order of its takes."""
    home = {*job.songs, song.id}
    return tuple(song_id(job, take) for take in job.takes if song_id(job, take) in home)


def _parents(job: Job, take: Take, sources: Sequence[Song]) -> tuple[str, ...]:
    """Return the ids of the songs that `take` was made from, the first first.

    Those of a whole are the song that was there before and what was made for it, whether that was
    made by the same job or is what this one joins.
    """
    before = [parent for song in sources if take.part is Part.WHOLE for parent in song.parents]
    wholes = [one.number for one in job.takes if one.part is Part.WHOLE]
    pieces = [one for one in job.takes if one.part in {Part.TAIL, Part.SECTION}]
    made = []
    if take.number in wholes and pieces:
        # As many wholes as pieces, told of in the same order.
        place = min(wholes.index(take.number), len(pieces) - 1)
        made = [song_id(job, pieces[place])]
        before = []
    return tuple(dict.fromkeys([*before, *job.request.sources, *made]))
