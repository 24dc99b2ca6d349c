"""Region: a point or a window, chosen on the waveform of a song."""

from collections.abc import Mapping
from typing import Any

from studio.songs import Song
from studio.ui.player import player, song_track

LEAST_SECONDS = 0.1


def choose(
    song: Song,
    *,
    key: str,
    point: bool = False,
    start: float | None = None,
    end: float | None = None,
    shortest: float = LEAST_SECONDS,
    longest: float | None = None,
    labels: tuple[str, str] = ("From", "to"),
) -> tuple[float, float]:
    """Let a person choose a window of `song`, or a point; gives its start and end in seconds.

    Parameters
    ----------
    song
        One that is home.
    key
        Of the widget; with the song in it, so that another song begins anew.
    point
        Whether only `start` is chosen; the end is then that of the song.
    start, end
        Where to begin; what is open is taken from the song. Changing them moves the window.
    shortest, longest
        How long a window may be, in seconds.
    labels
        What stands before the two times.
    """
    length = song.length or 0.0
    begin = min(start or 0.0, length)
    limit = length if longest is None else min(length, begin + longest)
    until = length if point else min(limit if end is None else end, limit)
    chosen = player()(
        key=key,
        data={
            **song_track(song),
            "view": "region",
            "point": point,
            "start": round(begin, 1),
            "end": round(until, 1),
            "shortest": min(shortest, length),
            "longest": longest,
            "startLabel": labels[0],
            "endLabel": labels[1],
        },
        on_window_change=_noted,
    )
    return _within(chosen.window, (begin, until), length)


def _within(
    told: Mapping[str, Any] | None, usual: tuple[float, float], length: float
) -> tuple[float, float]:
    """Read what the browser tells, which may be of an earlier song."""
    if not told:
        return usual
    start, end = float(told["start"]), float(told["end"])
    return usual if end > length + 1 or start > end else (start, min(end, length))


def _noted() -> None:
    """Stand in for a callback: Streamlit keeps only what has one."""
