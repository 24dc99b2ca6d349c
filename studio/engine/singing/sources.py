"""Sources: who speaks for the singer on this machine."""

from studio.engine.singing.espeak import Espeak
from studio.engine.singing.speech import Speech


def source_for(language: str) -> Speech:
    """Return the clearest source on this machine that knows the `language`."""
    return next((source for source in _sources() if source.speaks(language)), Espeak())


def sources() -> str:
    """Say in a sentence which voice sings here."""
    return "espeak-ng sings, in about a hundred languages."


def _sources() -> tuple[Speech, ...]:
    return (Espeak(),)
