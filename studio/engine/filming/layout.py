"""Layout: where everything of a music video stands, and what stands still in it."""

from colorsys import hsv_to_rgb, rgb_to_hsv
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from studio.engine.filming.canvas import Box
from studio.engine.filming.fonts import PLAIN
from studio.engine.filming.lettering import Area, Block, lettered

Shape = Literal["wide", "square", "tall"]

WHITE = (255, 255, 255)

_SIZES: dict[Shape, tuple[int, int]] = {
    "wide": (1280, 720),
    "square": (1080, 1080),
    "tall": (720, 1280),
}
_CORNER = 0.045
_DARK = 0.4
_COLOURFUL = 1.5
_LIGHT = 0.6
"""How light an accent is at least, 0 to 1."""
_GREY = 0.08
_DISCREET, _ROW = 0.55, 12


@dataclass(frozen=True, slots=True)
class Layout:
    """Places on a picture, in pixels."""

    size: tuple[int, int]
    """Width and height."""
    cover: Box
    title: Box
    words: Box
    """The line that is sung."""
    following: Box
    """The line after it."""
    wave: Box
    progress: Box
    clock: Box
    credit: Box
    """Whose film it is, below everything."""
    centred: bool


def layout_of(shape: Shape, *, words: bool) -> Layout:
    """Lay a video out, with or without room for words."""
    size = _SIZES[shape]
    if not words:
        return _without_words(size)
    match shape:
        case "wide":
            return _beside(size)
        case "square":
            return _stacked(size, side=404, top=56, title=96, words=148, following=84)
        case "tall":
            return _stacked(size, side=528, top=76, title=116, words=168, following=90)


def _beside(size: tuple[int, int]) -> Layout:
    width, height = size
    left = 532
    return Layout(
        size,
        cover=Box(72, 72, 400, 400),
        title=Box(left, 72, width - left - 64, 96),
        words=Box(left, 204, width - left - 64, 172),
        following=Box(left, 388, width - left - 64, 88),
        centred=False,
        **_foot(width, height, wave=152),
    )


def _stacked(
    size: tuple[int, int], *, side: int, top: int, title: int, words: int, following: int
) -> Layout:
    width, height = size
    margin = 56
    boxes, y = [], top + side + 32
    for tall, gap in ((title, 20), (words, 8), (following, 0)):
        boxes.append(Box(margin, y, width - 2 * margin, tall))
        y += tall + gap
    return Layout(
        size,
        cover=Box((width - side) // 4 * 2, top, side, side),
        title=boxes[0],
        words=boxes[1],
        following=boxes[2],
        centred=True,
        **_foot(width, height, wave=min(176, (height - 76 - y) // 4 * 4)),
    )


def _without_words(size: tuple[int, int]) -> Layout:
    width, height = size
    wave = 168 if height <= width else 232
    side = min(width - 160, height - wave - 62 - 196) // 4 * 4
    top = (height - wave - 62 - side - 124) // 4 * 2
    nothing = Box(0, 0, 0, 0)
    return Layout(
        size,
        cover=Box((width - side) // 4 * 2, top, side, side),
        title=Box(56, top + side + 24, width - 112, 100),
        words=nothing,
        following=nothing,
        centred=True,
        **_foot(width, height, wave=wave),
    )


def _foot(width: int, height: int, *, wave: int) -> dict[str, Box]:
    # Where it is narrow, whose film it is takes two rows.
    height -= _ROW if height > width else 0
    return {
        "wave": Box(0, height - wave - 62, width, wave),
        "progress": Box(64, height - 38, width - 128 - 132, 4),
        "clock": Box(width - 64 - 116, height - 52, 116, 32),
        "credit": Box(64, height - 30, width - 128 - 132, 26 + _ROW),
    }


def still(
    layout: Layout, cover: Image.Image, title: str, subtitle: str, credit: str = ""
) -> Image.Image:
    """Paint what does not move: a blurred ground, the cover, the title, whose film it is."""
    picture = _backdrop(cover, layout.size)
    _hang(picture, cover, layout.cover)
    box = layout.title
    small = max(20, box.height // 4) if subtitle else 0
    area = Area(box.width, box.height - round(1.4 * small), 46, centred=layout.centred)
    name = lettered(title.split(), area)
    _write(picture, name, (box.left, box.top), 1.0)
    if subtitle:
        under = Area(box.width, round(1.4 * small), small, centred=layout.centred)
        block = lettered(subtitle.split(), under, weight=PLAIN)
        _write(picture, block, (box.left, box.top + name.mask.shape[0]), 0.66)
    if credit:
        box = layout.credit
        block = lettered(credit.split(), Area(box.width, box.height, 17), weight=PLAIN)
        _write(picture, block, (box.left, box.top), _DISCREET)
    ImageDraw.Draw(picture, "RGBA").rounded_rectangle(
        _corners(layout.progress), 2, (255, 255, 255, 56)
    )
    return picture


def accent_of(cover: Image.Image) -> tuple[int, int, int]:
    """Return the most telling colour of a cover, light enough to be read on a dark ground."""
    small = cover.convert("RGB").resize((96, 96)).quantize(8).convert("RGB")
    colours = np.array([colour for _, colour in small.getcolors(96 * 96) or []], np.float64)
    counts = np.array([count for count, _ in small.getcolors(96 * 96) or []], np.float64)
    spread = colours.max(axis=1) - colours.min(axis=1)
    red, green, blue = colours[np.argmax((spread + 8) * counts**0.25)] / 255
    hue, saturation, _ = rgb_to_hsv(red, green, blue)
    strong = np.array(
        hsv_to_rgb(hue, min(max(saturation, 0.5), 0.8) if saturation > _GREY else 0.0, 1.0)
    )
    light = float(strong @ [0.2126, 0.7152, 0.0722])
    # Towards white until it is as light as text on dark has to be.
    share = max(0.0, (_LIGHT - light) / (1 - light)) if light < 1 else 0.0
    found = 255 * (strong + (1 - strong) * share)
    return round(float(found[0])), round(float(found[1])), round(float(found[2]))


def _backdrop(cover: Image.Image, size: tuple[int, int]) -> Image.Image:
    width, height = size
    side = max(size)
    wide = cover.convert("RGB").resize((160, 160)).filter(ImageFilter.GaussianBlur(9))
    wide = ImageEnhance.Color(wide).enhance(_COLOURFUL)
    wide = wide.resize((side, side), Image.Resampling.BICUBIC)
    left, top = (side - width) // 2, (side - height) // 2
    dark = ImageEnhance.Brightness(wide.crop((left, top, left + width, top + height))).enhance(
        _DARK
    )
    pixels = np.asarray(dark, np.float32)
    # Darker below, where the wave is, and a grain so fine that gradients show no steps.
    pixels = pixels * np.linspace(1.1, 0.72, height, dtype=np.float32)[:, None, None]
    grain = np.random.default_rng(1).uniform(-1.2, 1.2, (height, width, 1))
    return Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8))


def _hang(picture: Image.Image, cover: Image.Image, box: Box) -> None:
    """Put the cover up, with round corners and a shadow."""
    corner = round(box.width * _CORNER)
    shadow = Image.new("L", picture.size)
    lower = (box.left, box.top + 14, box.left + box.width, box.top + box.height + 14)
    ImageDraw.Draw(shadow).rounded_rectangle(lower, corner, 150)
    picture.paste((0, 0, 0), mask=shadow.filter(ImageFilter.GaussianBlur(22)))
    mask = Image.new("L", (2 * box.width, 2 * box.height))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, 2 * box.width, 2 * box.height), 2 * corner, 255)
    side = min(cover.size)
    left, top = (cover.width - side) // 2, (cover.height - side) // 2
    square = cover.convert("RGB").crop((left, top, left + side, top + side))
    square = square.resize((box.width, box.height), Image.Resampling.LANCZOS)
    picture.paste(square, (box.left, box.top), mask.resize((box.width, box.height)))


def _write(picture: Image.Image, block: Block, at: tuple[int, int], opacity: float) -> None:
    mask = Image.fromarray((block.mask * opacity).astype(np.uint8))
    picture.paste(WHITE, at, mask)


def _corners(box: Box) -> tuple[int, int, int, int]:
    return (box.left, box.top, box.left + box.width - 1, box.top + box.height - 1)
