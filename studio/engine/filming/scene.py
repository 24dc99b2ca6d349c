"""Scene: what stands before the camera of a music video, and how it moves on from frame to frame.

Whatever stands still is painted once; of a frame only the bars, the line that is being sung and a
clock are drawn anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.audio.samples import RATE, Samples
from studio.engine.filming.canvas import FULL, Box, Canvas, Tint, tint_of
from studio.engine.filming.fonts import BOLD
from studio.engine.filming.karaoke import Shown, block_of, preview_of, shown, sung_part, sung_shares
from studio.engine.filming.layout import Layout, Shape, accent_of, layout_of, still
from studio.engine.filming.lettering import Area, Block, lettered
from studio.engine.filming.outline import Outline, outline_of
from studio.engine.timeline import Timeline

FRAME_RATE = 25

_TO_COME, _NEXT, _UNSUNG, _CLOCK = 0.38, 0.42, 0.93, 0.7
"""How opaque each is drawn."""
_SIZES = (50, 32)
"""Of the letters of the line that is sung, and of the next."""


@dataclass(frozen=True, slots=True)
class Script:
    """What a film shows."""

    title: str
    subtitle: str
    cover: Image.Image
    words: Timeline
    """Empty if there are none to show."""
    credit: str = ""
    """Whose film it is, in small letters; may be empty."""


def frames_of(samples: Samples) -> int:
    """Return how many frames a film of this sound has."""
    return max(1, round(float(samples.shape[1]) / RATE * FRAME_RATE))


class Scene:
    """What stands before the camera; `draw` moves it on."""

    def __init__(self, layout: Layout, canvas: Canvas, outline: Outline, accent: Tint) -> None:
        self.layout = layout
        self._canvas = canvas
        self._outline = outline
        self._accent = accent
        self._white = tint_of((255, 255, 255))
        self._lines: tuple[Shown, ...] = ()
        self._blocks: dict[tuple[int, bool], Block] = {}
        self._state: object = None
        self._second = -1

    @classmethod
    def of(cls, script: Script, samples: Samples, shape: Shape) -> "Scene":
        """Set a scene for a script."""
        layout = layout_of(shape, words=bool(script.words))
        picture = still(layout, script.cover, script.title, script.subtitle, script.credit)
        outline = outline_of(samples, frames_of(samples), FRAME_RATE)
        scene = cls(layout, Canvas.of(picture), outline, tint_of(accent_of(script.cover)))
        scene._lines = shown(script.words)
        return scene

    def draw(self, number: int) -> NDArray[np.uint8]:
        """Return a frame, `[height * 3 / 2, width]`, as `yuv420p`; valid until the next one."""
        self._draw_wave(number)
        self._draw_clock(number)
        self._draw_words((number + 0.5) / FRAME_RATE)
        return self._canvas.drawn

    def _draw_wave(self, number: int) -> None:
        box = self.layout.wave
        self._canvas.clear(box)
        bars = self._outline.at(number, box.width, box.height)
        half = box.width // 4 * 2
        played = Box(box.left, box.top, half, box.height)
        to_come = Box(box.left + half, box.top, box.width - half, box.height)
        self._canvas.lay(played, bars[:, :half], self._accent)
        self._canvas.lay(to_come, _dimmed(bars[:, half:], _TO_COME), self._white)

    def _draw_clock(self, number: int) -> None:
        box, count = self.layout.progress, len(self._outline.pulse)
        done = round(box.width * (number + 1) / count) // 2 * 2
        if done:
            line = Box(box.left, box.top, done, box.height)
            self._canvas.lay(line, np.full((box.height, done), FULL, np.uint16), self._accent)
        second = number // FRAME_RATE
        if second != self._second:
            self._second = second
            text = f"{_clock(second)} / {_clock(count // FRAME_RATE)}"
            block = lettered([text], Area(self.layout.clock.width, self.layout.clock.height, 22))
            self._canvas.clear(self.layout.clock)
            self._lay(block, self.layout.clock, _CLOCK)

    def _draw_words(self, seconds: float) -> None:
        at = next((n for n, s in enumerate(self._lines) if s.end_seconds > seconds), None)
        opacity = 0.0 if at is None else self._lines[at].opacity(seconds)
        shares = () if at is None else sung_shares(self._lines[at].line, seconds)
        state = (at, opacity, shares)
        if state == self._state:
            return
        self._state = state
        self._canvas.clear(self.layout.words)
        self._canvas.clear(self.layout.following)
        if at is not None and opacity > 0:
            self._draw_line(self._block(at, following=False), shares, opacity)
            if at + 1 < len(self._lines):
                below = self._block(at + 1, following=True)
                self._lay(below, self.layout.following, _NEXT * opacity)

    def _draw_line(self, block: Block, shares: Sequence[float], opacity: float) -> None:
        box = self._standing(block)
        self._lay(block, box, _UNSUNG * opacity)
        sung = _through(block.mask, sung_part(block, shares))
        self._lay(Block(sung, ()), box, opacity, self._accent)

    def _standing(self, block: Block) -> Box:
        """Return where a line of words stands: in the middle of its box."""
        box = self.layout.words
        tall = min(box.height, block.mask.shape[0] + 1) // 2 * 2
        return Box(box.left, box.top + (box.height - tall) // 2 * 2, box.width, tall)

    def _block(self, at: int, *, following: bool) -> Block:
        key = (at, following)
        if key not in self._blocks:
            # The blocks of lines that have gone are not needed again.
            self._blocks = {k: b for k, b in self._blocks.items() if k[0] >= at - 1}
            box = self.layout.following if following else self.layout.words
            area = Area(box.width, box.height, _SIZES[following], self.layout.centred)
            line = self._lines[at].line
            made = preview_of(line, area) if following else block_of(line, area, weight=BOLD)
            self._blocks[key] = made
        return self._blocks[key]

    def _lay(self, block: Block, box: Box, opacity: float, tint: Tint | None = None) -> None:
        tall = min(box.height, block.mask.shape[0]) // 2 * 2
        wide = min(box.width, block.mask.shape[1]) // 2 * 2
        cover = _dimmed(block.mask[:tall, :wide].astype(np.uint16), opacity * FULL / 255)
        self._canvas.lay(Box(box.left, box.top, wide, tall), cover, tint or self._white)


def _dimmed(cover: NDArray[np.uint16], share: float) -> NDArray[np.uint16]:
    return np.asarray((cover.astype(np.uint32) * round(share * FULL)) >> 8, np.uint16)


def _through(mask: NDArray[np.uint8], part: NDArray[np.uint16]) -> NDArray[np.uint8]:
    return np.asarray((mask * part.astype(np.uint32)) >> 8, np.uint8)


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"
