"""Words on the screen: other people's text made safe, and numbers as people say them."""

import re
from datetime import datetime

from studio.offer import amount_in_words

# Between these two, a word joiner: seen by nobody, but no address any more for Markdown.
_ADDRESS = re.compile(r"(https?:|www)(?=//|\.)|@", re.IGNORECASE)
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
MINUTE = 60
HOUR = 3600
DAY = 86400


def plain(text: str) -> str:
    """Give `text` so that Markdown shows it letter by letter, on one line.

    Streamlit reads Markdown in titles, labels, captions and messages alike, and a picture in it
    would be fetched from a stranger.
    """
    line = _ADDRESS.sub("\\g<0>\u2060", " ".join(text.split()))
    return _PUNCTUATION.sub(r"\\\1", line)


def shortened(text: str, *, letters: int = 70) -> str:
    """Give the beginning of `text` on one line, with an ellipsis where something was left out."""
    line = " ".join(text.split())
    return line if len(line) <= letters else line[: letters - 1].rstrip() + "…"


def clock(seconds: float | None) -> str:
    """Say a length: 124.3 is `2:04`."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), MINUTE)
    return f"{minutes}:{rest:02d}"


def span(seconds: float) -> str:
    """Say how long something takes: `8 s`, `2 min`, `1 h 5 min`."""
    if seconds < 100:  # noqa: PLR2004  # below this, seconds are what people count in
        return f"{max(1, round(seconds))} s"
    if seconds < HOUR:
        return f"{round(seconds / MINUTE)} min"
    hours, rest = divmod(round(seconds / MINUTE), MINUTE)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def ago(then: datetime, now: datetime) -> str:
    """Say when something happened, as one would tell a friend."""
    passed = (now - then).total_seconds()
    if passed < MINUTE:
        return "just now"
    if passed < HOUR:
        return f"{int(passed // MINUTE)} min ago"
    if passed < DAY and then.astimezone().date() == now.astimezone().date():
        return f"today {then.astimezone():%H:%M}"
    if passed < 7 * DAY:
        return f"{then.astimezone():%A %H:%M}"
    return f"{then.astimezone():%-d %b %Y}"


def amount(value: float, unit: str) -> str:
    """Say an amount of a vendor's money: `20 credits`, `1 credit`, `$0.055`."""
    return amount_in_words(value, unit)
