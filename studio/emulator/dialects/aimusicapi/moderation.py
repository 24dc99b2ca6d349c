"""Moderation: what is objected to in a request, refused in the vendor's words."""

from studio.emulator.dialects.aimusicapi.errors import refuse
from studio.emulator.objections import in_description, in_lyrics


def moderate(*, description: str = "", tags: str = "", lyrics: str = "") -> None:
    """Return if nothing is found to object to.

    Raises
    ------
    TurnedAway
        With the vendor's refusal of the first thing found.
    """
    found = [*in_description(f"{description}\n{tags}"), *in_lyrics(lyrics)]
    if found:
        raise refuse(found[0].kind, found[0].detail)
