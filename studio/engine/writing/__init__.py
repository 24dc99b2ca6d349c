"""Writing: from a brief to a score, in the order that a band works it out."""

from studio.engine.writing.arranging import arrange
from studio.engine.writing.language import language_of
from studio.engine.writing.midi import to_midi
from studio.engine.writing.reading import understand
from studio.engine.writing.style import STYLES

__all__ = ["STYLES", "arrange", "language_of", "to_midi", "understand"]
