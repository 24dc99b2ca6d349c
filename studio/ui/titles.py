"""Titles of songs that are spoken of by their ids: parents, sources, what a job works on."""

from collections.abc import Mapping, Sequence

from studio.errors import NotFound
from studio.jobs.model import Job
from studio.songs import Part, Song
from studio.ui.abilities import ABILITIES
from studio.ui.opened import studio
from studio.ui.words import shortened

LETTERS = 60
PARTS: Mapping[Part, str] = {
    Part.TAIL: "only the tail",
    Part.SECTION: "only the new section",
    Part.WHOLE: "the whole",
}
"""Which part of what was wished a song is; of the song itself nothing need be said."""


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
    """Say in a few words which song this one came from, and how: *from Rain (cover)*."""
    if not song.parents:
        return "brought by you" if song.is_own else ""
    marks = [
        "" if song.request is None else ABILITIES[song.request.ability].mark,
        PARTS.get(song.part, ""),
    ]
    told = ", ".join(filter(None, marks))
    return f"from {titles_of(song.parents)}" + (f" ({told})" if told else "")
