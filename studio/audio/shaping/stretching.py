"""Stretching: other lengths at the same pitch, other pitches at the same length.

Signalsmith Stretch does the work: of all that were measured it keeps onsets and spectra best. It
starts anew at every call and cannot be stopped in one, so that long sounds go through it in runs of
some seconds, which are joined where the sound is quiet or about to be struck, and nobody hears it.
"""

import itertools
from collections.abc import Sequence

import numpy as np
from python_stretch.Signalsmith import Stretch

from studio.audio.samples import RATE, Samples, checked
from studio.audio.shaping.formants import with_formants_of
from studio.audio.shaping.sinc import read_at
from studio.audio.shaping.splicing import FADE_SECONDS, cut_out, quiet_place, splice
from studio.audio.shaping.time_path import TimePath
from studio.audio.work import UNWATCHED, Work

FACTORS = (0.1, 10.0)
"""What a sound can be stretched by, or any part of one that is warped."""

RUN_SECONDS = 8.0
_SEED = 1
_SEARCH_SECONDS = 2.0
_ANCHOR_SEARCH_SECONDS = 0.03
# What Signalsmith must have heard before and after, so that a run sounds as if it had heard all.
_CONTEXT_FRAMES = 16_384
# Within a run the speed may differ so much; the rest, as pitch at most 25 cents, is resampled.
_TOLERANCE = 1.03
# Above it, harmonics move less and air stays air, as its author recommends.
_TONALITY_LIMIT_HZ = 8_000.0


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
    path = TimePath(np.array([0.0, frames]), np.array([0.0, frames * factor]))
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
        Up, or down if negative; a hundredth is a cent. Single low tones land within 10 cents.
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
    path = TimePath.through(np.array(from_seconds) * RATE, np.array(to_seconds) * RATE)
    return _moved(samples, path.over(checked(samples).shape[1]), semitones, work)


def _moved(samples: Samples, path: TimePath, semitones: float, work: Work) -> Samples:
    """Send `samples` along a path, run by run."""
    frames = max(0, round(float(path.wanted[-1])))
    moved = np.zeros((samples.shape[0], frames), np.float32)
    if not samples.size or not frames:
        return moved
    if not path.within(*FACTORS):
        raise ValueError(f"Expected to stretch by {FACTORS[0]} to {FACTORS[1]}.")
    if path.leads_nowhere() and not semitones:
        moved[:] = samples[:, :frames]
        return moved
    begin = max(0, round(float(path.wanted[0])))
    cuts = [begin, *_cuts(samples, path, work.part(0.0, 0.05)), frames]
    fade = round(FADE_SECONDS * RATE)
    for start, end in itertools.pairwise(cuts):
        work.at(0.05 + 0.95 * start / frames, "stretching")
        first, last = start - (fade if start > begin else 0), min(end + fade, frames)
        piece = _run(samples, path, (first, last + fade), semitones)
        splice(moved[:, :last], piece, start, seamless=start > begin)
    return moved


def _run(samples: Samples, path: TimePath, span: tuple[int, int], semitones: float) -> Samples:
    """Return what lies in a span of the new time."""
    places = path.back(np.arange(*span, dtype=np.float64))
    first = int(places[0]) - _CONTEXT_FRAMES
    count = int(places[-1]) + _CONTEXT_FRAMES - first
    speed = (span[1] - span[0]) / max(1.0, places[-1] - places[0])
    engine = Stretch(_SEED)
    engine.preset(samples.shape[0], float(RATE))
    engine.setTransposeSemitones(semitones, _TONALITY_LIMIT_HZ / RATE)
    engine.setTimeFactor(count / round(count * speed))
    stretched = np.asarray(engine.process(cut_out(samples, first, count)), np.float32)
    places = (places - first) * (stretched.shape[1] / count)
    begin = round(float(places[0]))
    if np.abs(places - begin - np.arange(len(places))).max() <= 1.0:
        return stretched[:, begin : begin + len(places)]
    return read_at(stretched, places)


def _cuts(samples: Samples, path: TimePath, work: Work) -> list[int]:
    """Return where in the new time one run ends and the next begins."""
    cuts: list[int] = []
    start, run = 0.0, RUN_SECONDS * RATE
    for anchor in [*path.turns(_TOLERANCE), float(path.heard[-1])]:
        while max(anchor - start, path.forward(anchor) - path.forward(start)) > 1.25 * run:
            work.at(start / samples.shape[1], "listening")
            ahead = start + run / max(1.0, path.speed_at(start))
            start = quiet_place(samples, ahead, _SEARCH_SECONDS)
            cuts.append(round(path.forward(start)))
        if anchor < path.heard[-1]:
            start = quiet_place(samples, anchor, _ANCHOR_SEARCH_SECONDS)
            cuts.append(round(path.forward(start)))
    return _apart(cuts, round(float(path.wanted[-1])))


def _apart(cuts: list[int], end: int) -> list[int]:
    """Leave out the cuts that have no room for a seam."""
    near = 3 * round(FADE_SECONDS * RATE)
    kept = [0]
    for cut in cuts:
        if kept[-1] + near < cut < end - near:
            kept.append(cut)
    return kept[1:]
