"""Patching: the band's work on a window of a clip, laid back into the clip.

The band hears the window alone, so that words which are to be sung there are not spread over the
whole. What it makes is as loud as records are, and is brought to the loudness of what was there.
"""

from dataclasses import replace

from studio.emulator.dialects.aimusicapi.source import Source
from studio.emulator.works import Use, Work

TAKES = 2
FADE_SECONDS = 0.05
_LEAST_SECONDS = 0.5
"""Less of the clip than this is not kept beside the window."""
_WHOLE, _WINDOW, _LOUDNESS = "#1", "#2", "#3.came_lufs"


def patched(
    source: Source, work: Use, start: float, end: float | None
) -> tuple[tuple[Work, ...], tuple[int, ...]]:
    """Do a work on a window of a clip, twice, and lay what comes of it back into the clip.

    Parameters
    ----------
    start, end
        Seconds of the clip; to its end if `end` is `None`.

    Returns
    -------
    All that has to be done, and the numbers of the takes in which it results.
    """
    begins = start if start >= _LEAST_SECONDS else 0.0
    is_last = end is None or end > source.length_seconds - _LEAST_SECONDS
    ends = None if is_last or end is None else end
    if not begins and ends is None:
        return (work, work), (1, 2)
    window = _cut(_WHOLE, begins, None if ends is None else ends + FADE_SECONDS)
    done: list[Work] = [Use("normalise", (source.sound,)), window, Use("normalise", (_WINDOW,))]
    before = _added(done, _cut(_WHOLE, 0.0, begins + FADE_SECONDS)) if begins else None
    after = None if ends is None else _added(done, _cut(_WHOLE, ends, None))
    seconds = (ends or source.length_seconds) - begins + (0.0 if is_last else FADE_SECONDS)
    results = []
    for _ in range(TAKES):
        made = _added(done, replace(work, sounds=(_WINDOW,)))
        level = _added(done, Use("normalise", (made,), told={"lufs": _LOUDNESS}))
        fitting = _added(done, _cut(level, 0.0, seconds))
        names = tuple(name for name in (before, fitting, after) if name)
        _added(done, _joined(names, work))
        results.append(len(done))
    return tuple(done), tuple(results)


def _added(done: list[Work], work: Use) -> str:
    """Do a work after all others, and return the name of what it makes."""
    done.append(work)
    return f"#{len(done)}"


def _joined(names: tuple[str, ...], work: Use) -> Use:
    return Use(
        "concat",
        names,
        {"crossfade_seconds": FADE_SECONDS, "curve": "linear"},
        title=work.title,
        style=work.style,
        lyrics=work.lyrics,
    )


def _cut(sound: str, start: float, end: float | None) -> Use:
    options = {"start_seconds": round(start, 4), "end_seconds": end and round(end, 4)}
    return Use("trim", (sound,), {**options, "exact": True})
