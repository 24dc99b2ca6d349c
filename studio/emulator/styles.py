"""Styles: what free text asks for, as tools that go on with a sound want to hear it."""

from studio.emulator.house import House


def other_style(house: House, text: str, sound: str) -> str:
    """Return the band's own name of the style that `text` asks for.

    Parameters
    ----------
    sound
        Id of the sound that is worked on. Empty is returned if it is in that style already, or no
        style is named.
    """
    name = house.band.musicians.style_in(text)
    held = house.sounds.find(sound)
    score = house.band.musicians.recall(held.path) if held and name else None
    return "" if score and score.style == name else name
