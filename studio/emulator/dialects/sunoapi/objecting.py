"""Objecting: words for which a task comes to nothing, in the texts that the vendor's have."""

from studio.emulator.dialects.sunoapi.task import SENSITIVE, Failed
from studio.emulator.objections import in_description, in_lyrics

_TEXTS = {
    "moderation": "Song Description flagged for moderation",
    "artist": "Song Description contained artist name: {detail}",
    "producer": "Song Description contained producer tag: {detail}",
    "copyright": "Lyrics contained copyrighted material: {detail}",
    "inappropriate": "Lyrics flagged for moderation: {detail}",
}
"""By kind of objection; what is not here this vendor does not mind. Guessed."""


def object_to(description: str, lyrics: str = "") -> None:
    """Return if nothing is found to object to.

    Raises
    ------
    Failed
        With the vendor's words for the first thing found.
    """
    for found in (*in_description(description), *in_lyrics(lyrics)):
        if found.kind in _TEXTS:
            raise Failed(SENSITIVE, _TEXTS[found.kind].format(detail=found.detail))
