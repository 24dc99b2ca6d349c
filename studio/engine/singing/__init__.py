"""The singer: words and notes in, a sung voice out."""

from studio.engine.singing.language import count_syllables
from studio.engine.singing.portrait import persona_of
from studio.engine.singing.singer import sing
from studio.engine.singing.speakers import sources

__all__ = ["count_syllables", "persona_of", "sing", "sources"]
