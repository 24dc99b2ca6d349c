"""Patching: the band's new sound in a window of a clip, and the clip itself around it."""

from collections.abc import Sequence

from studio.emulator.dialects.aimusicapi.source import Source
from studio.emulator.works import Use, Work

FADE_SECONDS = 0.05
_LEAST_SECONDS = 0.5
"""Less of the clip than this is not kept beside the window."""


def patched(
    source: Source, works: Sequence[Use], start: float, end: float | None
) -> tuple[tuple[Work, ...], tuple[int, ...]]:
    """Lay what each of `works` makes of a clip into a window of it.

    Parameters
    ----------
    start, end
        Seconds of the clip; to its end if `end` is `None`.

    Returns
    -------
    All that has to be done, and the numbers of the takes in which it results.
    """
    done: list[Work] = list(works)
    results = []
    for number, work in enumerate(works, 1):
        pieces = _pieces(source, number, start, end)
        names = []
        for piece in pieces:
            done.append(piece)
            names.append(f"#{len(done)}")
        if len(names) == 1:
            results.append(len(done))
            continue
        joined = Use(
            "concat",
            tuple(names),
            {"crossfade_seconds": FADE_SECONDS, "curve": "linear"},
            title=work.title,
            style=work.style,
            lyrics=work.lyrics,
        )
        done.append(joined)
        results.append(len(done))
    return tuple(done), tuple(results)


def _pieces(source: Source, number: int, start: float, end: float | None) -> list[Use]:
    """Cut clip and take `number` so that the pieces overlap by a fade each."""
    has_before = start >= _LEAST_SECONDS
    has_after = end is not None and end <= source.length_seconds - _LEAST_SECONDS
    before = [_cut(source.sound, 0.0, start + FADE_SECONDS)] if has_before else []
    begins = start if has_before else 0.0
    ends = end + FADE_SECONDS if has_after and end is not None else None
    after = [_cut(source.sound, end or 0.0, None)] if has_after else []
    return [*before, _cut(f"#{number}", begins, ends), *after]


def _cut(sound: str, start: float, end: float | None) -> Use:
    options = {"start_seconds": round(start, 4), "end_seconds": end and round(end, 4)}
    return Use("trim", (sound,), {**options, "exact": True})
