"""Paint: two pictures for a song, from its harmony, its form and its loudness."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from studio.audio.intake import load
from studio.audio.tool import Facts, Options, Tool
from studio.audio.work import Work
from studio.engine.painting.easel import SIDE
from studio.engine.painting.heard import score_heard
from studio.engine.painting.picture import paint
from studio.engine.papers import score_of

PICTURES = 2


class PaintOptions(Options):
    """Which pictures."""

    seed: int = Field(0, ge=0, lt=2**32)
    """Another number, other pictures."""


def paint_covers(sounds: Sequence[Path], options: PaintOptions, out: Path, work: Work) -> Facts:
    """Paint `cover-1.png` and `cover-2.png` into the folder `out`; neither is the song's own."""
    known = score_of(sounds[0])
    samples = load(sounds[0], work=work.part(0.0, 0.2))
    sitter = known or score_heard(samples, work.part(0.2, 0.7))
    for number in range(1, PICTURES + 1):
        work.at(0.5 + 0.2 * number, "painting")
        picture = paint(sitter, samples, other=PICTURES * options.seed + number)
        (out / f"cover-{number}.png").write_bytes(picture)
    return {"exact": known is not None, "pictures": PICTURES, "side_pixels": SIDE}


TOOL = Tool(PaintOptions, paint_covers, makes=".png", many=True, seconds_per_second=0.03)
