"""Moderation: what the gateway objects to is taken first, and then ends in an error.

One case is printed by the vendor, of an artist in a description; the other texts are guessed.
"""

from collections.abc import Iterator, Mapping

from studio.emulator.dialects.gateway.clip import Trouble
from studio.emulator.dialects.gateway.clips import MODERATED
from studio.emulator.objections import Objection, in_description, in_lyrics

ALIASES: Mapping[str, str] = {"朗朗": "Lang Lang"}
"""The vendor's own example: it hears his name even where the word only means "catchy"."""
_TEXTS: Mapping[str, str] = {
    "artist": "{where} contained artist name: {detail}",
    "producer": "{where} contained producer tag: {detail}",
    "copyright": "{where} contained copyrighted material: {detail}",
    "inappropriate": "{where} contained inappropriate content: {detail}",
    "moderation": "{where} needs moderation review",
    "format": "{where} could not be read: a mark is not closed",
}


def moderate(*, description: str = "", tags: str = "", lyrics: str = "") -> Trouble | None:
    """Return what a clip ends in, if there is anything to object to."""
    found = next(_objections(description, tags, lyrics), None)
    if found is None:
        return None
    where, objection = found
    text = _TEXTS[objection.kind].format(where=where, detail=objection.detail.casefold())
    return Trouble(kind=MODERATED, message=text)


def _objections(description: str, tags: str, lyrics: str) -> Iterator[tuple[str, Objection]]:
    for where, text in (("Song Description", description), ("Tags", tags)):
        for objection in in_description(text, ALIASES):
            yield where, objection
    for objection in in_lyrics(lyrics):
        yield "Lyrics", objection
