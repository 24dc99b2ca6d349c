"""Rules about the songs that are worked on: where they come from, and which stretch is meant."""

from studio.misfits.asked import Asked
from studio.songs import Song, Window


def origin(asked: Asked) -> str:
    """Say if only songs that were made there can be worked on, and this one was not."""
    if asked.limits.origin != "made":
        return ""
    for song in asked.songs:
        if not was_made_at(asked.connection, song):
            others = ", ".join(asked.others)
            way = (
                f"These take it: {others}." if others else "No other connection of yours takes it."
            )
            return (
                f"{asked.who} does this only with songs that were made at {asked.connection}, and "
                f"{song.title!r} was not. {way}"
            )
    return ""


def was_made_at(connection: str, song: Song) -> bool:
    """Whether a song was made at a connection, which knows it by an id."""
    return song.connection == connection and song.remote is not None


def length(asked: Asked) -> str:
    """Say if a song is too long to be worked on."""
    longest = asked.limits.longest_source
    for song in asked.songs:
        if (song.length or 0) > longest:
            return (
                f"{song.title!r} lasts {song.length:.0f} s; {asked.who} takes at most "
                f"{longest:g}. Trim it first."
            )
    return ""


def window(asked: Asked) -> str:
    """Say if a stretch is too short or too long, or not inside the song."""
    wish, limits = asked.wish("window"), asked.limits
    if not isinstance(wish, Window):
        return ""
    lasts = wish.end - wish.start
    if lasts < limits.shortest_window:
        return f"{asked.who} needs a window of at least {limits.shortest_window:g} s. Widen it."
    if limits.longest_window is not None and lasts > limits.longest_window:
        return f"{asked.who} takes a window of at most {limits.longest_window:g} s. Narrow it."
    return _inside(asked, wish.end, "The window ends")


def point(asked: Asked) -> str:
    """Say if a point is not inside the song."""
    at = asked.wish("at")
    return _inside(asked, at, "The point is") if isinstance(at, int | float) else ""


def _inside(asked: Asked, moment: float, what: str) -> str:
    """Say if a moment is after the end of the song; a tenth of a second is a matter of rounding."""
    song = asked.songs[0] if asked.songs else None
    if song is None or song.length is None or moment <= song.length + 0.1:
        return ""
    return (
        f"{what} at {moment:.1f} s, but {song.title!r} lasts {song.length:.1f} s. Move it to the "
        "left."
    )
