"""A listing: the same rows as a table for people, or as JSON for programs."""

import json
from collections.abc import Mapping, Sequence
from unicodedata import east_asian_width

Row = Mapping[str, object]


def listing(rows: Sequence[Row], columns: Sequence[str], *, as_json: bool) -> str:
    """Write `rows` as one JSON array with all they hold, or as a table of `columns`."""
    return to_json(rows) if as_json else table(rows, columns)


def to_json(value: object) -> str:
    """Write `value` on one line, in the letters it is made of."""
    return json.dumps(value, ensure_ascii=False, default=str)


def table(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """Line up `columns` of `rows`, two spaces apart, each cell on one line."""
    cells = [list(columns), *([one_line(row.get(name)) for name in columns] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    return "\n".join("  ".join(map(_pad, line, widths)).rstrip() for line in cells)


def one_line(value: object) -> str:
    """Write `value` on one line, with nothing in it that could command the terminal."""
    text = "" if value is None else str(value)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    # Chinese, Japanese and Korean letters and most emoji take two columns.
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
