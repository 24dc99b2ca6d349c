"""The cover: a picture painted from the song's own chords, tune and loudness.

A gallery should be pleasant before anyone uploads a picture, and the same song should always
have the same face.
"""

import io
import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.audio.samples import Samples
from studio.engine.painting.easel import SIDE, Colour, Easel, Palette
from studio.engine.score import Score

SLICES = 48
"""Into how many stretches of equal length the loudness is cut."""

Curve = NDArray[np.float64]

BRIGHT = (
    Palette("#F4E4C8", ("#E8A15B", "#D9643A", "#2F6F73", "#24424C")),
    Palette("#E9EBDD", ("#E3B23C", "#7FA16B", "#3D6B5C", "#263B38")),
    Palette("#F7E3DA", ("#F2A07B", "#D1495B", "#66507A", "#33304F")),
    Palette("#DCE8EA", ("#F0C36D", "#6FA8B5", "#2E6A8E", "#1D3B53")),
    Palette("#F1E7DC", ("#D6A24A", "#B65A3C", "#6C7F4E", "#3A3B2E")),
)
DARK = (
    Palette("#1B2030", ("#3A5A78", "#C46A4A", "#E3A85C", "#F0DDB8")),
    Palette("#201A24", ("#5A3B66", "#A8456B", "#E08A6D", "#F3D3B0")),
    Palette("#14231F", ("#2F5B4F", "#7C9A5E", "#D8B05A", "#EFE3C0")),
    Palette("#241813", ("#6B3A26", "#B4552F", "#E39A4A", "#F4DDB0")),
    Palette("#171C2B", ("#31487A", "#5B83A8", "#B7A7C9", "#F0D9C4")),
)


@dataclass(frozen=True, slots=True)
class Sitter:
    """What of a song its portrait shows."""

    loudness: Curve
    """Each slice, 0 to 1, `[SLICES]`."""
    chroma: Curve
    """How much each pitch class is harmony, 0 to 1, `[12]`."""
    energies: tuple[float, ...]
    """Energy of each section, 0 to 1."""


def paint(score: Score, mix: Samples, *, other: int = 0) -> bytes:
    """Paint the cover of `score`, as a PNG of `SIDE` x `SIDE` pixels.

    Parameters
    ----------
    score
        Gives the harmony, the form, the mood of the colours, and the seed.
    mix
        Gives the loudness, `float32 (channels, frames)`; silence is allowed.
    other
        0 is the song's own face; 1, 2 and so on are others, each composed in another way than the
        one before and than its own.
    """
    rng = np.random.default_rng([score.seed, 0xC0FE])
    palettes = DARK if score.key.mode == "minor" else BRIGHT
    palette, composition = rng.integers(len(palettes)), int(rng.integers(len(COMPOSITIONS)))
    if other:
        rng = np.random.default_rng([score.seed, 0xC0FE, other])
        palette = (palette + other) % len(palettes)
        composition += 1 + (other - 1) % (len(COMPOSITIONS) - 1)
    easel = Easel.set_up(palettes[palette], rng)
    compose = COMPOSITIONS[composition % len(COMPOSITIONS)]
    compose(sit(score, mix), easel)
    small = easel.image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    return _png(_grained(small, rng))


def sit(score: Score, mix: Samples) -> Sitter:
    """Take from a song what its portrait shows."""
    edges = np.linspace(0, mix.shape[1], SLICES + 1).astype(int)
    mono = mix.mean(axis=0)
    slices = [mono[a:b] for a, b in itertools.pairwise(edges)]
    loudness = np.array([np.sqrt(np.mean(np.square(s))) if len(s) else 0.0 for s in slices])
    chroma = np.zeros(12)
    for chord in score.chords:
        chroma[[chord.root, chord.bass, (chord.root + 7) % 12]] += chord.beats
    energies = tuple(section.energy for section in score.sections) or (0.5,)
    return Sitter(_to_one(loudness), _to_one(chroma), energies)


def hills(sitter: Sitter, easel: Easel) -> None:
    """Paint ridges of loudness, one behind the other, under a sun."""
    far, *_ = easel.colours
    sun = float(easel.rng.uniform(0.22, 0.78))
    easel.disc(sun, 0.34, 0.10 + 0.06 * max(sitter.energies), easel.colours[1])
    for layer, colour in enumerate((far, *easel.colours[1:])):
        base, tall = 0.52 + 0.13 * layer, 0.20 - 0.03 * layer
        curve = np.roll(sitter.loudness, int(easel.rng.integers(SLICES)))
        ridge = base - tall * _smooth(curve, 5 + 2 * layer)
        easel.polygon(_ground_under(ridge), colour)


def rings(sitter: Sitter, easel: Easel) -> None:
    """Wrap the loudness around a circle, a ring for each colour."""
    x, y = easel.rng.uniform(0.40, 0.60, size=2)
    for layer, colour in enumerate(easel.colours):
        curve = _smooth(np.roll(sitter.loudness, layer * SLICES // 4), 3)
        radius = (0.47 - 0.105 * layer) * (0.78 + 0.32 * curve)
        easel.polygon(_around(radius, x, y), colour)
    easel.disc(x, y, 0.035, easel.colours[0])


def petals(sitter: Sitter, easel: Easel) -> None:
    """Let each pitch class grow a petal as long as it is heard, around the circle of fifths."""
    turn = easel.rng.uniform(0, 2 * np.pi)
    for pitch in np.argsort(-sitter.chroma):
        reach = 0.24 + 0.22 * np.sqrt(sitter.chroma[pitch])
        # Steps of five spread the neighbours that a key favours all round the flower.
        angle = turn + 2 * np.pi * (7 * pitch * 5 % 12) / 12
        colour = easel.colours[int(pitch) % len(easel.colours)]
        easel.polygon(_petal(angle, reach), colour, opacity=0.86)
    easel.disc(0.5, 0.5, 0.06, easel.colours[3])


def tiles(sitter: Sitter, easel: Easel) -> None:
    """Lay quarter circles, coloured by the harmony and turned by chance."""
    count = 4 + round(2 * float(np.mean(sitter.energies)))
    weights = 0.15 + sitter.chroma.reshape(4, 3).sum(axis=1)
    for cell in range(count * count):
        corner = np.array([cell % count, cell // count]) / count
        ground, shape = easel.rng.choice(4, size=2, replace=False, p=weights / weights.sum())
        _tile(easel, corner, 1 / count, easel.colours[ground], easel.colours[shape])


def skyline(sitter: Sitter, easel: Easel) -> None:
    """Stand the loudness up as round-headed bars that mirror in water."""
    groups = sitter.loudness.reshape(16, -1).mean(axis=1)
    width = 1 / 19
    for index, height in enumerate(_to_one(groups)):
        x = (index + 1.5) * width + width / 2
        colour = easel.colours[1 + (index * 5 + int(height * 7)) % 3]
        easel.bar(x, (0.60, 0.52 - 0.40 * height), 0.36 * width, colour, opacity=1.0)
        easel.bar(x, (0.63, 0.68 + 0.20 * height), 0.36 * width, colour, opacity=0.35)
    easel.disc(float(easel.rng.uniform(0.2, 0.8)), 0.20, 0.07, easel.colours[0])


def ribbons(sitter: Sitter, easel: Easel) -> None:
    """Let bands of colour flow through the song, wide where it is loud."""
    along = np.linspace(-0.05, 1.05, 160)
    heard = np.interp(along, np.linspace(0, 1, SLICES), _smooth(sitter.loudness, 7))
    for layer, colour in enumerate((*easel.colours, *easel.colours[:2])):
        waves, phase = easel.rng.uniform(0.6, 1.6), easel.rng.uniform(0, 2 * np.pi)
        middle = 0.12 + 0.155 * layer + 0.07 * np.sin(2 * np.pi * waves * along + phase)
        half = 0.022 + 0.062 * heard
        upper, lower = np.stack([along, middle - half]), np.stack([along, middle + half])
        easel.polygon(np.concatenate([upper, lower[:, ::-1]], axis=1).T, colour)


Composition = Callable[[Sitter, Easel], None]
COMPOSITIONS: tuple[Composition, ...] = (hills, rings, petals, tiles, skyline, ribbons)


def _tile(
    easel: Easel, corner: NDArray[np.float64], side: float, ground: Colour, shape: Colour
) -> None:
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * side + corner
    easel.polygon(square, ground)
    start = easel.rng.integers(4)
    angles = np.linspace(0, np.pi / 2, 24) + start * np.pi / 2
    origin = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])[start]
    arc = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    easel.polygon(np.concatenate([[origin], origin + arc]) * side + corner, shape)


def _petal(angle: float, reach: float) -> NDArray[np.float64]:
    along = np.linspace(0, 1, 40)
    half = 0.10 * np.sin(np.pi * along**0.8)
    outline = np.concatenate(
        [np.stack([along * reach, half]).T, np.stack([along * reach, -half]).T[::-1]]
    )
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    turned: NDArray[np.float64] = outline @ turn
    return turned + 0.5


def _around(radius: Curve, x: float, y: float) -> NDArray[np.float64]:
    angles = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    closed = np.append(radius, radius[0])
    drawn = np.interp(angles, np.linspace(0, 2 * np.pi, len(closed)), closed)
    return np.stack([x + drawn * np.cos(angles), y + drawn * np.sin(angles)], axis=1)


def _ground_under(ridge: Curve) -> NDArray[np.float64]:
    along = np.linspace(0, 1, 200)
    line = np.interp(along, np.linspace(0, 1, len(ridge)), ridge)
    return np.concatenate([np.stack([along, line], axis=1), [[1, 1.01], [0, 1.01]]])


def _smooth(curve: Curve, width: int) -> Curve:
    window = np.hanning(width + 2)[1:-1]
    wrapped = np.concatenate([curve[-width:], curve, curve[:width]])
    return _to_one(np.convolve(wrapped, window / window.sum(), mode="same")[width:-width])


def _to_one(curve: Curve) -> Curve:
    low, high = float(curve.min()), float(curve.max())
    return (curve - low) / (high - low) if high > low else np.full_like(curve, 0.5)


def _grained(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    # A little paper: flat vector colour looks like a placeholder beside real covers.
    grain = rng.integers(-2, 3, size=(SIDE, SIDE, 1)) * 1.6
    return Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()
