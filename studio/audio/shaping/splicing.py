"""Splicing: joining two renderings of one sound where nobody hears it."""

import numpy as np

from studio.audio.samples import RATE, Samples

FADE_SECONDS = 0.03
"""How long one goes over into the other."""

_SLACK_SECONDS = 0.001
_LAG_COST = 0.15
_HOP_SECONDS = 0.005


def cut_out(samples: Samples, first: int, count: int) -> Samples:
    """Return `count` frames from frame `first`, with silence where there are none."""
    taken = np.zeros((samples.shape[0], count), np.float32)
    low, high = max(0, first), min(samples.shape[1], first + count)
    if high > low:
        taken[:, low - first : high - first] = samples[:, low:high]
    return taken


def quiet_place(samples: Samples, near: float, seconds: float) -> float:
    """Return the frame where a seam is heard least: where it is quiet, or before a stroke.

    Parameters
    ----------
    samples
        `float32 (channels, frames)`.
    near
        The frame around which to look.
    seconds
        How far to look to both sides.
    """
    hop = round(_HOP_SECONDS * RATE)
    hops = max(3, round(2 * seconds / _HOP_SECONDS))
    first = round(near) - hops * hop // 2
    window = cut_out(samples, first, hops * hop).reshape(-1, hops, hop)
    level = 10 * np.log10(np.square(window).mean(axis=(0, 2)) + 1e-9)
    wide = round(FADE_SECONDS / _HOP_SECONDS)
    # Padded with what is loud, so that the edges of the window are not taken for a lull.
    padded = np.pad(level, (wide // 2, 2 * wide), constant_values=0.0)
    around = np.convolve(padded, np.ones(wide) / wide, "valid")[:hops]
    after = np.array([padded[at + wide : at + 3 * wide].max() for at in range(hops)])
    best = int(np.argmin(around - 0.5 * after))
    return float(np.clip(first + (best + 0.5) * hop, 0, samples.shape[1]))


def splice(whole: Samples, piece: Samples, at: int, *, seamless: bool) -> None:
    """Lay a piece down to the end of `whole`.

    Parameters
    ----------
    whole
        `float32 (channels, frames)`, changed in place from about frame `at`.
    piece
        What comes there. If `seamless`, it begins `FADE_SECONDS` earlier and goes over what is
        there already, moved by up to 1 ms so that both go together.
    at
        Middle of the seam; the beginning of the piece if there is none.
    seamless
        Whether there is something to go over from.
    """
    if not seamless:
        whole[:, at:] = piece[:, : whole.shape[1] - at]
        return
    fade = round(FADE_SECONDS * RATE)
    start = at - fade // 2
    old = whole[:, start : start + fade].copy()
    skipped = fade - fade // 2 + _best_lag(old, piece, fade - fade // 2)
    count = whole.shape[1] - start
    new = piece[:, skipped : skipped + count]
    whole[:, start : start + new.shape[1]] = new
    whole[:, start : start + fade] = _crossed(old, new[:, :fade])


def _best_lag(old: Samples, piece: Samples, middle: int) -> int:
    """Return by how many frames the piece should come earlier, to be most like `old`."""
    slack = round(_SLACK_SECONDS * RATE)
    model, mono = old.sum(axis=0), piece.sum(axis=0)[middle - slack : middle + slack + old.shape[1]]
    near = np.lib.stride_tricks.sliding_window_view(mono, model.size)
    power = np.square(near).sum(axis=1) * np.square(model).sum()
    alike = near @ model / np.sqrt(power + 1e-12)
    # Noise is as unlike itself everywhere, and should rather stay where it is.
    alike -= _LAG_COST * np.abs(np.arange(alike.size) - slack) / slack
    return int(np.argmax(alike)) - slack


def _crossed(old: Samples, new: Samples) -> Samples:
    rise = np.linspace(0.0, 1.0, old.shape[1], dtype=np.float32)
    power = float(np.sqrt(np.vdot(old, old) * np.vdot(new, new)))
    alike = max(0.0, float(np.vdot(old, new)) / power) if power > 0 else 1.0
    # What is in phase adds up in amplitude and the rest in power, so that neither dips.
    norm = np.sqrt((1 - rise) ** 2 + rise**2 + 2 * alike * rise * (1 - rise))
    return np.asarray((old * (1 - rise) + new * rise) / norm, np.float32)
