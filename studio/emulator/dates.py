"""Dates: how times stand in the answers of vendors."""

from datetime import UTC, datetime


def millis(seconds: float) -> int:
    """Return a time in milliseconds since 1970."""
    return int(seconds * 1000)


def iso(seconds: float) -> str:
    """Return a time to the millisecond, ending in Z: `2026-01-01T00:00:00.000Z`."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def plain(seconds: float) -> str:
    """Return a time to the second, without a zone: `2026-01-01 00:00:00`."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}"
