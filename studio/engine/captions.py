"""Captions: a timeline as players read it: JSON, LRC, SRT or WebVTT, by the ending of the file."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from studio.engine.timeline import By, TimedLine, Timeline


@dataclass(frozen=True, slots=True)
class Captions:
    """A timeline, and what is known about it."""

    lines: Timeline
    by: By
    """From the score, which is exact, or found by words, or guessed by lines."""
    title: str


def to_json(captions: Captions) -> str:
    """Return a list of lines, each saying how it was found; times in seconds."""
    marks = {"exact": captions.by == "score", "by": captions.by}
    lines = [_rounded(asdict(line) | marks) for line in captions.lines]
    return json.dumps(lines, ensure_ascii=False, indent=1) + "\n"


def to_lrc(captions: Captions) -> str:
    """Return LRC: a line for each line, with the minutes and seconds at which it begins."""
    lines = [f"[ti:{_one_line(captions.title)}]"]
    lines += [f"[{_lrc_time(line.start_seconds)}]{_one_line(line.line)}" for line in captions.lines]
    return "\n".join(lines) + "\n"


def to_srt(captions: Captions) -> str:
    """Return SubRip, numbered from 1."""
    cues = [
        f"{number}\n{_srt_time(line.start_seconds)} --> {_srt_time(line.end_seconds)}\n"
        f"{_one_line(line.line)}\n"
        for number, line in enumerate(captions.lines, 1)
    ]
    return "\n".join(cues)


def to_vtt(captions: Captions) -> str:
    """Return WebVTT, with the times of the words where they are known, as karaoke wants them."""
    cues = [
        f"{_vtt_time(line.start_seconds)} --> {_vtt_time(line.end_seconds)}\n"
        f"{_vtt_text(line, captions.by)}\n"
        for line in captions.lines
    ]
    return "\n".join(["WEBVTT\n", *cues])


WRITERS: dict[str, Callable[[Captions], str]] = {
    ".json": to_json,
    ".lrc": to_lrc,
    ".srt": to_srt,
    ".vtt": to_vtt,
}
"""By the ending of the file."""


def _vtt_text(line: TimedLine, by: By) -> str:
    if by == "lines":
        return _escaped(_one_line(line.line))
    first, *rest = line.words
    later = (f"<{_vtt_time(word.start_seconds)}>{_escaped(word.word)}" for word in rest)
    return " ".join([_escaped(first.word), *later])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _lrc_time(seconds: float) -> str:
    hundredths = round(max(0.0, seconds) * 100)
    return f"{hundredths // 6000:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}"


def _vtt_time(seconds: float) -> str:
    thousandths = round(max(0.0, seconds) * 1000)
    whole = thousandths // 1000
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths % 1000:03}"


def _srt_time(seconds: float) -> str:
    return _vtt_time(seconds).replace(".", ",")


def _rounded(value: object) -> object:
    match value:
        case float():
            return round(value, 3)
        case dict():
            return {key: _rounded(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_rounded(inner) for inner in value]
        case _:
            return value
