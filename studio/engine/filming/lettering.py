"""Lettering: words as shapes that fit into an area, and where each of them stands."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from studio.engine.filming.fonts import BOLD, Font, drawable, font_of, runs_of

_SMALLEST = 14
_SHRINK = 0.92
_LINE_HEIGHT = 1.28


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands in a block, in pixels."""

    top: int
    bottom: int
    left: int
    right: int
    leftwards: bool
    """Whether it is read from right to left."""


@dataclass(frozen=True, slots=True)
class Block:
    """Words as a mask."""

    mask: NDArray[np.uint8]
    """`[height, width]`, 255 where there is ink."""
    places: tuple[Place, ...]
    """Of each word."""


@dataclass(frozen=True, slots=True)
class Area:
    """What a block has to fit into, in pixels."""

    width: int
    height: int
    size: int
    """Of the letters, if they fit; otherwise smaller."""
    centred: bool = False


def lettered(words: Sequence[str], area: Area, *, weight: int = BOLD, gap: str = " ") -> Block:
    """Draw words in rows that fit into an area, in smaller letters if they must.

    Parameters
    ----------
    words
        In the order they are read; what no font has is drawn as a dot. If even the smallest letters
        do not fit, the last words are left out, and their places are empty.
    area
        What they have to fit into.
    weight
        `BOLD` or `PLAIN`.
    gap
        What stands between words, empty in Chinese.
    """
    shown = [drawable(word) for word in words]
    hand = _Hand(area.size, weight, gap)
    while hand.size > _SMALLEST and not _fits(_rows(shown, hand, area.width), hand, area):
        hand = replace(hand, size=max(_SMALLEST, int(hand.size * _SHRINK)))
    rows = _balanced(shown, hand, area.width)
    return _inked(shown, rows[: max(1, int(area.height / hand.line_height))], hand, area)


@dataclass(frozen=True, slots=True)
class _Hand:
    """How it is written."""

    size: int
    weight: int
    gap: str

    @property
    def line_height(self) -> float:
        return self.size * _LINE_HEIGHT

    def width(self, text: str) -> int:
        return sum(round(self.font(face).getlength(run)) for run, face in runs_of(text))

    def font(self, face: Path | None) -> Font:
        return font_of(face, self.size, self.weight)


Row: TypeAlias = list[tuple[int, int]]
"""The words of a row, each by its number and width."""


def _rows(words: Sequence[str], hand: _Hand, width: int) -> list[Row]:
    rows: list[Row] = [[]]
    space = hand.width(hand.gap)
    used = 0
    for number, word in enumerate(words):
        wide = hand.width(word)
        if rows[-1] and used + space + wide > width:
            rows.append([])
            used = 0
        used += wide + (space if rows[-1] else 0)
        rows[-1].append((number, wide))
    return rows


def _fits(rows: list[Row], hand: _Hand, area: Area) -> bool:
    widest = max((wide for row in rows for _, wide in row), default=0)
    return len(rows) * hand.line_height <= area.height and widest <= area.width


def _balanced(words: Sequence[str], hand: _Hand, width: int) -> list[Row]:
    """Return as many rows as are needed, about equally long."""
    best = _rows(words, hand, width)
    for share in (0.9, 0.8, 0.7, 0.6, 0.55):
        narrower = _rows(words, hand, int(width * share))
        if len(narrower) > len(best):
            break
        best = narrower
    return best


def _inked(words: Sequence[str], rows: list[Row], hand: _Hand, area: Area) -> Block:
    image = Image.new("L", (area.width, max(1, round(len(rows) * hand.line_height) + 2)))
    draw = ImageDraw.Draw(image)
    places = [Place(0, 0, 0, 0, leftwards=False)] * len(words)
    space = hand.width(hand.gap)
    leftwards = _reads_leftwards("".join(words))
    for number, row in enumerate(rows):
        length = sum(wide for _, wide in row) + space * (len(row) - 1)
        free = max(0, area.width - length)
        x = free // 2 if area.centred else free if leftwards else 0
        top = round(number * hand.line_height)
        for word, wide in reversed(row) if leftwards else row:
            _ink(draw, (x, top + round(hand.size * 0.98)), words[word], hand)
            bottom = top + round(hand.line_height)
            places[word] = Place(top, bottom, x, min(x + wide, area.width), leftwards)
            x += wide + space
    return Block(np.asarray(image), tuple(places))


def _ink(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, hand: _Hand) -> None:
    x, y = at
    for run, face in runs_of(text):
        font = hand.font(face)
        draw.text((x, y), run, font=font, fill=255, anchor="ls")
        x += round(font.getlength(run))


def _reads_leftwards(text: str) -> bool:
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind in {"R", "AL"} for kind in strong if kind in {"L", "R", "AL"}), False)
