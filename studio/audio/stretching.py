"""Stretching: other lengths at the same pitch, other pitches at the same length.

Signalsmith Stretch does the work: of all that were measured it keeps onsets and spectra best. It
starts anew at every call and cannot be stopped in one, so that long sounds go through it in runs of
some seconds, which are joined where the sound is quiet or about to be struck, and nobody hears it.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from python_stretch.Signalsmith import Stretch

from studio.audio.formants import with_formants_of
from studio.audio.samples import RATE, Samples, checked
from studio.audio.sinc import read_at
from studio.audio.work import UNWATCHED, Work

FACTORS = (0.1, 10.0)
"""What a sound can be stretched by, or any part of one that is warped."""

RUN_SECONDS = 10.0
_SEED = 1
_SEARCH_SECONDS = 2.0
_ANCHOR_SEARCH_SECONDS = 0.03
_HOP_SECONDS = 0.005
_FADE_SECONDS = 0.03
# What Signalsmith must have heard before and after, so that a run sounds as if it had heard all.
_CONTEXT_FRAMES = 16_384
# Within a run the speed may differ so much; the rest, as pitch at most 25 cents, is resampled.
_TOLERANCE = 1.03
# Above it, harmonics move less and air stays air, as its author recommends.
_TONALITY_LIMIT_HZ = 8_000.0

Points: TypeAlias = NDArray[np.float64]


def stretch(
    samples: Samples, factor: float, *, semitones: float = 0.0, work: Work = UNWATCHED
) -> Samples:
    """Make a sound longer or shorter at the same pitch.

    Peaks may rise by up to 2 dB.

    Parameters
    ----------
    samples
        `float32 (1 or 2, frames)` at `RATE`.
    factor
        2 is twice as long; within `FACTORS`.
    semitones
        By how much to shift it as well: both at once cost and lose no more than one.
    work
        Told as it goes on.

    Returns
    -------
    `round(frames * factor)` frames.

    Raises
    ------
    ValueError
        If the factor is out of range.
    Cancelled
        If it is not wanted any more.
    """
    frames = checked(samples).shape[1]
    path = _Path(np.array([0.0, frames]), np.array([0.0, frames * factor]))
    return _moved(samples, path, semitones, work)


def shift(
    samples: Samples, semitones: float, *, keep_formants: bool = False, work: Work = UNWATCHED
) -> Samples:
    """Make a sound higher or lower at the same length.

    Parameters
    ----------
    samples
        `float32 (1 or 2, frames)` at `RATE`.
    semitones
        Up, or down if negative; a hundredth is a cent.
    keep_formants
        Whether the colour stays where it was: for voices, which otherwise become dwarfs and giants
        beyond 3 semitones. For a whole band it does more harm than good.
    work
        Told as it goes on.

    Returns
    -------
    As many frames.

    Raises
    ------
    Cancelled
        If it is not wanted any more.
    """
    if not keep_formants:
        return stretch(samples, 1.0, semitones=semitones, work=work)
    shifted = stretch(samples, 1.0, semitones=semitones, work=work.part(0.0, 0.5))
    return with_formants_of(samples, shifted, work=work.part(0.5, 1.0))


def warp(
    samples: Samples,
    from_seconds: Sequence[float],
    to_seconds: Sequence[float],
    *,
    semitones: float = 0.0,
    work: Work = UNWATCHED,
) -> Samples:
    """Move points in time to other points, at the same pitch, and all between them in proportion.

    Parameters
    ----------
    samples
        `float32 (1 or 2, frames)` at `RATE`.
    from_seconds, to_seconds
        Where each point is and where it shall be, rising, at least two of each. Before the first
        and after the last the sound goes on at the speed that it has there.
    semitones
        By how much to shift it as well.
    work
        Told as it goes on.

    Returns
    -------
    From second 0 of the new time to where the last frame falls: what falls before 0 is cut, and it
    begins with silence if the first frame falls later.

    Raises
    ------
    ValueError
        If the points do not rise, or lie so that a part is stretched out of `FACTORS`.
    Cancelled
        If it is not wanted any more.
    """
    heard = np.asarray(from_seconds, float) * RATE
    wanted = np.asarray(to_seconds, float) * RATE
    if len(heard) != len(wanted) or len(heard) < 2:  # noqa: PLR2004 - a line has two ends
        raise ValueError("Expected as many times to warp from as to, at least two of each.")
    if not (np.all(np.diff(heard) > 0) and np.all(np.diff(wanted) > 0)):
        raise ValueError("Expected times that rise, to warp from and to.")
    return _moved(samples, _Path(heard, wanted).over(checked(samples).shape[1]), semitones, work)


@dataclass(frozen=True, slots=True)
class _Path:
    """Where each frame goes: straight lines between points, in frames."""

    heard: Points
    wanted: Points

    def over(self, frames: int) -> "_Path":
        """Return the path from the first to the last of `frames`."""
        speeds = self.speeds()
        heard, wanted = self.heard, self.wanted
        if heard[0] > 0:
            wanted = np.append(wanted[0] - heard[0] * speeds[0], wanted)
            heard = np.append(0.0, heard)
        if heard[-1] < frames:
            wanted = np.append(wanted, wanted[-1] + (frames - heard[-1]) * speeds[-1])
            heard = np.append(heard, float(frames))
        return _Path(heard, wanted)

    def speeds(self) -> Points:
        """Return how much longer each line becomes."""
        speeds: Points = np.diff(self.wanted) / np.diff(self.heard)
        return speeds

    def forward(self, heard: float) -> float:
        return float(np.interp(heard, self.heard, self.wanted))

    def back(self, wanted: Points) -> Points:
        """Return where frames come from, also a little beyond both ends."""
        found: Points = np.interp(wanted, self.wanted, self.heard)
        speeds = self.speeds()
        found += np.minimum(0.0, wanted - self.wanted[0]) / speeds[0]
        found += np.maximum(0.0, wanted - self.wanted[-1]) / speeds[-1]
        return found


def _moved(samples: Samples, path: _Path, semitones: float, work: Work) -> Samples:
    """Send `samples` along a path, run by run."""
    lowest, highest = FACTORS
    speeds = path.speeds() if samples.shape[1] else np.ones(1)
    if not (lowest <= speeds.min() and speeds.max() <= highest):
        raise ValueError(f"Expected to stretch by {lowest} to {highest}, got {speeds.min():.3g}.")
    moved = np.zeros((samples.shape[0], max(0, round(float(path.wanted[-1])))), np.float32)
    if speeds.size and np.all(path.heard == path.wanted) and not semitones:
        moved[:] = samples[:, : moved.shape[1]]
        return moved
    fade = round(_FADE_SECONDS * RATE / 2)
    begin = max(0, round(float(path.wanted[0])))
    cuts = [begin, *_cuts(samples, path, work.part(0.0, 0.05)), moved.shape[1]]
    for start, end in itertools.pairwise(cuts):
        work.at(0.05 + 0.95 * start / max(1, moved.shape[1]), "stretching")
        before = fade if start > begin else 0
        piece = _run(samples, path, (start - before, min(end + fade, moved.shape[1])), semitones)
        _join(moved, piece, start - before, 2 * before)
    return moved


def _run(samples: Samples, path: _Path, span: tuple[int, int], semitones: float) -> Samples:
    """Return what lies in a span of the new time."""
    places = path.back(np.arange(span[0], span[1], dtype=np.float64))
    first = int(places[0]) - _CONTEXT_FRAMES
    count = int(places[-1]) + _CONTEXT_FRAMES - first
    speed = (span[1] - span[0]) / max(1.0, places[-1] - places[0])
    engine = Stretch(_SEED)
    engine.preset(samples.shape[0], float(RATE))
    engine.setTransposeSemitones(semitones, _TONALITY_LIMIT_HZ / RATE)
    engine.setTimeFactor(count / round(count * speed))
    stretched = np.asarray(engine.process(_taken(samples, first, count)), np.float32)
    places = (places - first) * (stretched.shape[1] / count)
    begin = round(float(places[0]))
    even = begin + np.arange(len(places))
    if np.abs(places - even).max() <= 1.0:
        return stretched[:, begin : begin + len(places)]
    return read_at(stretched, places)


def _taken(samples: Samples, first: int, count: int) -> Samples:
    """Return `count` frames from `first`, with silence where there are none."""
    taken = np.zeros((samples.shape[0], count), np.float32)
    low, high = max(0, first), min(samples.shape[1], first + count)
    if high > low:
        taken[:, low - first : high - first] = samples[:, low:high]
    return taken


def _join(whole: Samples, piece: Samples, at: int, fade: int) -> None:
    """Lay a piece down, its first `fade` frames over what lies there, at constant power."""
    end = at + piece.shape[1]
    if fade:
        old, new = whole[:, at : at + fade], piece[:, :fade]
        rise = np.linspace(0.0, 1.0, fade, dtype=np.float32)
        power = float(np.sqrt(np.vdot(old, old) * np.vdot(new, new)))
        alike = float(np.vdot(old, new)) / power if power > 0 else 1.0
        # What is in phase adds up in amplitude and the rest in power, so that neither dips.
        norm = np.sqrt((1 - rise) ** 2 + rise**2 + 2 * max(0.0, alike) * rise * (1 - rise))
        piece = np.concatenate([(old * (1 - rise) + new * rise) / norm, piece[:, fade:]], axis=1)
    whole[:, at:end] = piece


def _cuts(samples: Samples, path: _Path, work: Work) -> list[int]:
    """Return where in the new time one run ends and the next begins."""
    cuts: list[int] = []
    start = max(0.0, float(path.heard[0]))
    for anchor in [*_turns(path), float(path.heard[-1])]:
        while max(anchor - start, path.forward(anchor) - path.forward(start)) > 1.5 * _length():
            work.at(start / max(1, samples.shape[1]), "listening")
            ahead = start + _length() * min(1.0, _speed_at(path, start))
            start = _quiet_place(samples, ahead, _SEARCH_SECONDS)
            cuts.append(round(path.forward(start)))
        if anchor < path.heard[-1]:
            start = _quiet_place(samples, anchor, _ANCHOR_SEARCH_SECONDS)
            cuts.append(round(path.forward(start)))
    fade = round(_FADE_SECONDS * RATE)
    inside = [cut for cut in cuts if fade < cut < path.wanted[-1] - fade]
    return [cut for at, cut in enumerate(inside) if at == 0 or cut - inside[at - 1] > 2 * fade]


def _length() -> float:
    return RUN_SECONDS * RATE


def _speed_at(path: _Path, heard: float) -> float:
    at = int(np.clip(np.searchsorted(path.heard, heard, "right") - 1, 0, len(path.heard) - 2))
    return float(1 / path.speeds()[at])


def _turns(path: _Path) -> list[float]:
    """Return the points where the speed has changed too much for one run."""
    turns = []
    slowest = fastest = path.speeds()[0]
    for point, speed in zip(path.heard[1:-1], path.speeds()[1:], strict=True):
        slowest, fastest = min(slowest, speed), max(fastest, speed)
        if fastest > slowest * _TOLERANCE:
            turns.append(float(point))
            slowest = fastest = speed
    return turns


def _quiet_place(samples: Samples, near: float, seconds: float) -> float:
    """Return the frame around `near` where a seam is heard least: quiet, or before a stroke."""
    hop = round(_HOP_SECONDS * RATE)
    hops = max(3, round(2 * seconds / _HOP_SECONDS))
    first = round(near) - hops * hop // 2
    window = _taken(samples, first, hops * hop).reshape(-1, hops, hop)
    level = 10 * np.log10(np.square(window).mean(axis=(0, 2)) + 1e-9)
    fading = max(1, round(_FADE_SECONDS / _HOP_SECONDS))
    around = np.convolve(level, np.ones(fading) / fading, "same")
    after = np.array([level[at : at + 2 * fading].max() for at in range(hops)])
    best = int(
        np.argmin(around - 0.5 * np.append(after[fading // 2 :], after[-1:].repeat(fading // 2)))
    )
    return float(np.clip(first + (best + 0.5) * hop, 0, samples.shape[1]))
