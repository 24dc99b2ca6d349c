"""Captioning: given words found in a sound, where no score tells when they are sung."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from studio.audio import extras
from studio.audio.ear.spectrum import heard_mono
from studio.audio.intake import load
from studio.audio.transcribing.alignment import align_words
from studio.audio.transcribing.phrases import find_phrases
from studio.audio.transcribing.voices import stems_to_hear
from studio.audio.work import Work
from studio.engine.captions import Captions
from studio.engine.timeline import GivenLine, timeline_by_lines, timeline_by_words
from studio.engine.writing.language import language_of
from studio.errors import ToolUnfit

MOST_LETTERS = 20_000
"""Of words that are looked for."""

Way = Literal["auto", "words", "lines"]


def captions_in(
    path: Path, lines: Sequence[GivenLine], *, work: Work, alone: bool = False, by: Way = "auto"
) -> Captions:
    """Find the given words in a sound.

    Parameters
    ----------
    path
        The sound.
    lines
        What is sung in it; at least one.
    work
        Told as it goes on.
    alone
        Whether the sound is the voice alone, so that it has not to be taken apart first.
    by
        `words` finds each word (English, extra `align`), `lines` lays the lines over what is sung,
        `auto` finds words where it can.

    Raises
    ------
    ToolUnfit
        If no voice is heard.
    ExtraMissing
        If words are asked for and the extra is not there.
    """
    voice = _voice_in(path, work.part(0.0, 0.5), alone=alone)
    language = language_of(" ".join(line.text for line in lines))
    words = [word for line in lines for word in line.words]
    can = language == "en" and extras.has("align")
    if by == "words" or (by == "auto" and can):
        aligned = align_words(voice, words, work=work.part(0.5, 0.9))
        if aligned:
            return Captions(timeline_by_words(lines, aligned), "words", path.stem)
    phrases = find_phrases(voice, work=work.part(0.9, 1.0, "listening for the voice"))
    if not phrases:
        raise ToolUnfit(f"No voice was heard in {path.name}, so its words cannot be timed.")
    return Captions(timeline_by_lines(lines, phrases), "lines", path.stem)


def _voice_in(path: Path, work: Work, *, alone: bool) -> NDArray[np.float32]:
    sound = load(path)
    if alone:
        return heard_mono(sound, work=work)
    return stems_to_hear(sound, ["vocals"], work=work)["vocals"]
