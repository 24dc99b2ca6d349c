"""Lyrics timeline: when each word is sung, for karaoke, subtitles and videos.

Exact for a song of the band. For any other sound with given words, English words are found by a
recogniser (extra `align`); without it, and in other languages, lines are laid over what is sung.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from studio.audio.tool import Facts, Options, Tool
from studio.audio.work import Work
from studio.engine.captioning import MOST_LETTERS, captions_in
from studio.engine.captions import WRITERS, Captions
from studio.engine.papers import score_of
from studio.engine.timeline import GivenLine, given_lines, timeline_of
from studio.engine.writing.lyrics import parse_lyrics
from studio.errors import ToolUnfit

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
        given = _given(sounds[0], options)
        captions = captions_in(sounds[0], given, alone=options.alone, by=options.by, work=work)
    out.write_text(writer(captions), encoding="utf-8")
    return _facts_of(captions)


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
