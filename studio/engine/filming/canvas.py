"""Canvas: a picture as a video encoder wants it, on which small parts are drawn anew.

Drawing in the encoder's own colours (BT.709, half as many colours as lights each way) spares the
conversion of every frame, which would cost more than all the drawing.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Plane: TypeAlias = NDArray[np.uint8]
Tint: TypeAlias = tuple[int, int, int]
"""Light and two differences of colour, as bytes."""

FULL = 256
"""Opacity of what hides all below it."""

_KR, _KB = 0.2126, 0.0722  # BT.709


@dataclass(frozen=True, slots=True)
class Box:
    """Where something is, in even pixels."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Canvas:
    """A picture that is never changed, and a copy of it that is drawn on."""

    ground: Plane
    """`[height * 3 / 2, width]`: lights, and below them both differences of colour."""
    drawn: Plane
    """Of the same shape: what the encoder gets."""

    @classmethod
    def of(cls, image: Image.Image) -> "Canvas":
        """Return a canvas with a picture, whose sides are multiples of four, as its ground."""
        ground = packed(np.asarray(image.convert("RGB")))
        return cls(ground, ground.copy())

    def clear(self, box: Box) -> None:
        """Show the ground again."""
        for ground, drawn, part in self._parts(box):
            drawn[part] = ground[part]

    def lay(self, box: Box, opacity: NDArray[np.uint16], tint: Tint) -> None:
        """Lay a colour over what is drawn.

        Parameters
        ----------
        box
            Where.
        opacity
            `[box.height, box.width]`, 0 to `FULL`.
        tint
            The colour.
        """
        quarter = _quartered(opacity)
        for (_, drawn, part), colour, cover in zip(
            self._parts(box), tint, (opacity, quarter, quarter), strict=True
        ):
            mixed = drawn[part] * (FULL - cover) + cover * np.uint16(colour)
            drawn[part] = mixed >> 8

    def _parts(self, box: Box) -> list[tuple[Plane, Plane, tuple[slice, slice]]]:
        whole = slice(box.top, box.top + box.height), slice(box.left, box.left + box.width)
        half = (
            slice(box.top // 2, (box.top + box.height) // 2),
            slice(box.left // 2, (box.left + box.width) // 2),
        )
        grounds, drawns = planes(self.ground), planes(self.drawn)
        return list(zip(grounds, drawns, (whole, half, half), strict=True))


def planes(packing: Plane) -> tuple[Plane, Plane, Plane]:
    """Return views of the lights and the two differences of colour."""
    height, width = packing.shape[0] * 2 // 3, packing.shape[1]
    colours = packing[height:].reshape(2, height // 2, width // 2)
    return packing[:height], colours[0], colours[1]


def packed(rgb: Plane) -> Plane:
    """Return a picture, `[height, width, 3]`, in the encoder's colours."""
    height, width, _ = rgb.shape
    packing = np.empty((height * 3 // 2, width), np.uint8)
    light, blue, red = _converted(rgb.astype(np.float32))
    views = planes(packing)
    views[0][:] = np.rint(light)
    for view, colour in zip(views[1:], (blue, red), strict=True):
        view[:] = np.rint(colour.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3)))
    return packing


def tint_of(rgb: tuple[int, int, int]) -> Tint:
    """Return a colour in the encoder's colours."""
    light, blue, red = (round(float(c)) for c in _converted(np.array(rgb, np.float32)))
    return light, blue, red


def _converted(rgb: NDArray[np.float32]) -> tuple[NDArray[np.floating], ...]:
    red, green, blue = (rgb[..., at] / np.float32(255) for at in range(3))
    light = _KR * red + (1 - _KR - _KB) * green + _KB * blue
    return (
        16 + 219 * light,
        128 + 112 * (blue - light) / (1 - _KB),
        128 + 112 * (red - light) / (1 - _KR),
    )


def _quartered(opacity: NDArray[np.uint16]) -> NDArray[np.uint16]:
    four = opacity[::2, ::2] + opacity[1::2, ::2] + opacity[::2, 1::2] + opacity[1::2, 1::2]
    return np.asarray(four >> 2, np.uint16)
