"""Lyrics timeline: when each word is sung, for karaoke, subtitles and videos.

Exact for a song of the band. For any other sound with given words, English words are found by a
recogniser (extra `align`); without it, and in other languages, lines are laid over what is sung.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from studio.audio import extras
from studio.audio.ear.spectrum import heard_mono
from studio.audio.intake import load
from studio.audio.tool import Facts, Options, Tool
from studio.audio.transcribing.alignment import align_words
from studio.audio.transcribing.phrases import find_phrases
from studio.audio.transcribing.voices import stems_to_hear
from studio.audio.work import Work
from studio.engine.captions import WRITERS, Captions
from studio.engine.papers import score_of
from studio.engine.timeline import (
    GivenLine,
    given_lines,
    timeline_by_lines,
    timeline_by_words,
    timeline_of,
)
from studio.engine.writing.language import language_of
from studio.engine.writing.lyrics import parse_lyrics
from studio.errors import ToolUnfit

MOST_LETTERS = 20_000
NOTES = {
    "score": "Exact: every vowel begins on its note.",
    "words": "Words were found by a recogniser: most within a tenth of a second, some not.",
    "lines": "Lines were laid over what is sung, and words spread within them: a guess to correct.",
}
NOBODY = "Nobody sings in this song."


class TimelineOptions(Options):
    """What is sung, where no score tells."""

    lyrics: str = ""
    """The words, with their section marks; not needed for a song of the band."""
    lyrics_file: Path | None = None
    """A text file that holds the words instead."""
    alone: bool = False
    """The sound is the voice alone, so that it has not to be taken apart first."""
    by: Literal["auto", "words", "lines"] = "auto"
    """words: find each word (English); lines: only lay the lines over what is sung."""


def write_timeline(
    sounds: Sequence[Path], options: TimelineOptions, out: Path, work: Work
) -> Facts:
    """Write when the words of a sound are sung to `out`, in the format of its ending.

    Raises
    ------
    ToolUnfit
        If the words are missing or not text, nobody sings, or the ending is not known.
    ExtraMissing
        If words are asked for and the extra `align` is not there.
    """
    writer = WRITERS.get(out.suffix.lower())
    if writer is None:
        raise ToolUnfit(
            f"A timeline is written as {', '.join(WRITERS)}, not as “{out.suffix}”. Choose one."
        )
    work.at(0.0, "looking for the score")
    score = score_of(sounds[0])
    if score is not None:
        captions = Captions(timeline_of(score), "score", score.title)
    else:
        captions = _found(sounds[0], options, work)
    out.write_text(writer(captions), encoding="utf-8")
    return _facts_of(captions)


def _found(path: Path, options: TimelineOptions, work: Work) -> Captions:
    """Find the given words in a sound."""
    lines = _given(path, options)
    voice = _voice_of(path, options, work.part(0.0, 0.5))
    language = language_of(" ".join(line.text for line in lines))
    words = [word for line in lines for word in line.words]
    can = language == "en" and extras.has("align")
    if options.by == "words" or (options.by == "auto" and can):
        aligned = align_words(voice, words, work=work.part(0.5, 0.9))
        if aligned:
            return Captions(timeline_by_words(lines, aligned), "words", path.stem)
    phrases = find_phrases(voice, work=work.part(0.9, 1.0, "listening for the voice"))
    if not phrases:
        raise ToolUnfit(f"No voice was heard in {path.name}, so its words cannot be timed.")
    return Captions(timeline_by_lines(lines, phrases), "lines", path.stem)


def _given(path: Path, options: TimelineOptions) -> tuple[GivenLine, ...]:
    text = _text_of(options.lyrics_file) if options.lyrics_file else options.lyrics
    lines = given_lines(parse_lyrics(text[:MOST_LETTERS]))
    if not lines:
        raise ToolUnfit(
            f"{path.name} does not say which words are sung in it. Give them as lyrics."
        )
    return lines


def _text_of(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as file:
            return file.read(MOST_LETTERS)
    except OSError as error:
        raise ToolUnfit(f"The lyrics in {path.name} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise ToolUnfit(
            f"{path.name} is no text in UTF-8. Save the lyrics as plain text."
        ) from error


def _voice_of(path: Path, options: TimelineOptions, work: Work) -> NDArray[np.float32]:
    sound = load(path)
    if options.alone:
        return heard_mono(sound, work=work)
    return stems_to_hear(sound, ["vocals"], work=work)["vocals"]


def _facts_of(captions: Captions) -> dict[str, Any]:
    return {
        "exact": captions.by == "score",
        "by": captions.by,
        "lines": len(captions.lines),
        "words": sum(len(line.words) for line in captions.lines),
        "first_seconds": round(captions.lines[0].start_seconds, 3) if captions.lines else None,
        "last_seconds": round(captions.lines[-1].end_seconds, 3) if captions.lines else None,
        "note": NOTES[captions.by] if captions.lines else NOBODY,
    }


TOOL = Tool(TimelineOptions, write_timeline, makes=".json", seconds_per_second=0.2)
