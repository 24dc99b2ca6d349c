"""Titles of songs that are spoken of by their ids: parents, sources, what a job works on."""

from collections.abc import Mapping, Sequence

from studio.errors import NotFound
from studio.jobs.model import Job
from studio.songs import Part, Song
from studio.ui.abilities import ABILITIES
from studio.ui.opened import studio
from studio.ui.words import shortened

LETTERS = 60
FEW_LETTERS = 24
"""On a card, where what follows is worth more than the end of a title."""
PARTS: Mapping[Part, str] = {
    Part.TAIL: "only the tail",
    Part.SECTION: "only the new section",
    Part.WHOLE: "the whole",
}
"""Which part of what was wished a song is; of the song itself nothing need be said."""
MARKS: Mapping[Part, str] = {Part.TAIL: "tail", Part.SECTION: "section"}
"""The same in a word, where it says more than how the song was made."""


def title_of(song: str) -> str:
    """Give the title of the song with this id; of one that is gone for good, words that say so."""
    try:
        return shortened(studio().song(song).title, letters=LETTERS)
    except NotFound:
        return "a song that is gone"


def titles_of(songs: Sequence[str]) -> str:
    """Give the titles of songs as one would say them: *Rain and Sun*."""
    return " and ".join(dict.fromkeys(map(title_of, songs)))


def name_of(job: Job) -> str:
    """Name a job by what becomes of it: *Cover of Rain*; a new song by its own title."""
    request = job.request
    called = [request.text("title"), *(take.title for take in job.takes), request.called, "A song"]
    name = shortened(next(filter(None, called)), letters=LETTERS)
    return ABILITIES[request.ability].job.format(titles_of(request.sources), name=name)


def came_from(song: Song) -> str:
    """Say in a few words how this song came, and from which other: *cover · from Rain*.

    How comes first: songs made from one another mostly share their titles.
    """
    if not song.parents:
        return "brought by you" if song.is_own else ""
    whence = shortened(titles_of(song.parents), letters=FEW_LETTERS)
    made = "" if song.request is None else ABILITIES[song.request.ability].mark
    mark = MARKS.get(song.part, made)
    return f"{mark} · from {whence}" if mark else f"from {whence}"
