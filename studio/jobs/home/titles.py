"""Titles: what a song is called, and which words it carries, when the vendor does not say."""

from collections.abc import Mapping, Sequence

from studio.errors import NotFound
from studio.gallery.table import Gallery
from studio.songs import Ability, Part, Song, SongRequest, Take

LONGEST_TITLE = 80
UNTITLED = "Untitled"
PARTS: Mapping[Part, str] = {
    Part.TAIL: "tail",
    Part.SECTION: "new section",
    Part.WHOLE: "whole",
}
MADE: Mapping[Ability, str] = {
    Ability.EXTEND: "extended",
    Ability.COVER: "cover",
    Ability.REPLACE: "new section",
    Ability.ADD_VOCALS: "with vocals",
    Ability.ADD_INSTRUMENTAL: "with band",
    Ability.SAMPLE: "sampled",
    Ability.REMASTER: "remaster",
    Ability.CONCAT: "whole",
    Ability.SWAP_VOCALS: "other vocals",
    Ability.SWAP_SOUND: "other sound",
    Ability.VARY: "variation",
}
"""What a song that was made from another is, said behind the other's title."""
AS_IT_WAS = frozenset({Ability.REMASTER, Ability.CONCAT})
"""What leaves the words of its source as they are."""


def known_songs(song_ids: Sequence[str], gallery: Gallery) -> list[Song]:
    """Return the songs with these ids that the gallery still knows."""
    songs = []
    for song_id in song_ids:
        try:
            songs.append(gallery.get(song_id))
        except NotFound:
            continue
    return songs


def title_of(take: Take, request: SongRequest, sources: Sequence[Song]) -> str:
    """Return the vendor's title, or the one wished for, or one that says what the take is."""
    told = take.title or request.text("title") or _of_sources(take, request, sources)
    return told or _first_words(request) or UNTITLED


def worded(request: SongRequest, name: str, sources: Sequence[Song]) -> str:
    """Return the `style` or `lyrics` of what `request` makes, as far as it is known."""
    if request.ability in AS_IT_WAS and sources:
        return str(getattr(sources[0], name))
    return request.text(name)


def _of_sources(take: Take, request: SongRequest, sources: Sequence[Song]) -> str:
    if not sources:
        return ""
    if request.ability is Ability.MASHUP:
        return " + ".join(_stem(song.title, LONGEST_TITLE // 3) for song in sources)
    what = PARTS.get(take.part) or MADE.get(request.ability)
    title = _stem(sources[0].title, LONGEST_TITLE - 20)
    return f"{title} ({what})" if what else title


def _stem(title: str, longest: int) -> str:
    """Return a title without what was said behind it before, as long as may be."""
    for what in {*PARTS.values(), *MADE.values()}:
        title = title.removesuffix(f" ({what})")
    return title[:longest].strip()


def _first_words(request: SongRequest) -> str:
    text = request.text("description") or request.text("style")
    return " ".join(text.split())[:LONGEST_TITLE].strip()
