"""Points: where a song goes on, within what every maker of music takes."""

from studio.errors import RequestUnfit

EDGE_SECONDS = 0.1
"""How near a point may be to either end of a song."""


def going_on_at(at: float | None, length: float | None) -> float:
    """Return where a tail starts, in seconds: where it was asked for, or at the end of the song.

    Raises
    ------
    RequestUnfit
        If nobody knows where that is, or it is not within the song.
    """
    if length is None:
        if at is None:
            raise RequestUnfit("Nobody knows how long this song is. Choose where it goes on.")
        return round(max(at, EDGE_SECONDS), 2)
    if at is not None and at > length + EDGE_SECONDS:
        raise RequestUnfit(
            f"The song is {length:.0f} s long, so it cannot go on at {at:g} s. "
            "Choose an earlier point."
        )
    latest = length - EDGE_SECONDS
    return round(max(latest if at is None else min(at, latest), EDGE_SECONDS), 2)
