"""The easel: a canvas, the colours on it, and the few shapes that covers are painted with.

Everything is drawn twice as large as it is shown and scaled down, which smooths the edges.
Places and sizes are in shares of the canvas, 0 to 1, with y pointing down.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

SIDE = 512
CANVAS = 2 * SIDE

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """A ground and the colours that go on it, from far to near."""

    ground: str
    colours: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Easel:
    """A canvas with the colours to use on it, from far to near."""

    image: Image.Image
    draw: ImageDraw.ImageDraw
    colours: tuple[Colour, ...]
    rng: np.random.Generator

    @classmethod
    def set_up(cls, palette: Palette, rng: np.random.Generator) -> "Easel":
        """Stretch an empty canvas on the ground of `palette`."""
        image = Image.new("RGB", (CANVAS, CANVAS), palette.ground)
        colours = tuple(_rgb(name) for name in palette.colours)
        return cls(image, ImageDraw.Draw(image, "RGBA"), colours, rng)

    def polygon(self, points: NDArray[np.float64], colour: Colour, *, opacity: float = 1.0) -> None:
        """Fill the outline through `points`, `[n, 2]`."""
        corners = [(float(x), float(y)) for x, y in points * CANVAS]
        self.draw.polygon(corners, fill=(*colour, round(255 * opacity)))

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Fill a circle."""
        box = [(x - radius) * CANVAS, (y - radius) * CANVAS]
        box += [(x + radius) * CANVAS, (y + radius) * CANVAS]
        self.draw.ellipse(box, fill=(*colour, 255))

    def bar(
        self, x: float, ends: tuple[float, float], half: float, colour: Colour, *, opacity: float
    ) -> None:
        """Stand a bar with round heads at `x`, between two heights, `half` wide to each side."""
        top, bottom = sorted(ends)
        box = [(x - half) * CANVAS, top * CANVAS, (x + half) * CANVAS, bottom * CANVAS]
        fill = (*colour, round(255 * opacity))
        self.draw.rounded_rectangle(box, radius=half * CANVAS, fill=fill)


def _rgb(name: str) -> Colour:
    return int(name[1:3], 16), int(name[3:5], 16), int(name[5:7], 16)
