"""EQ: second-order filters and what is built of them.

The sections are R. Bristow-Johnson's ("Audio EQ Cookbook"), because every engineer knows how
they behave.
"""

from math import cos, pi, sin, sqrt

from studio.audio.samples import RATE, Samples
from studio.audio.shaping.filters import Section, filtered

BUTTERWORTH_Q = 0.7071


def equalise(samples: Samples, *sections: Section) -> Samples:
    """Send `samples`, `float32 (channels, frames)`, through the sections, one after another."""
    return filtered(samples, *sections)


def high_pass(hertz: float, *, q: float = BUTTERWORTH_Q, rate: int = RATE) -> Section:
    """Let through what is above `hertz`, 12 dB an octave."""
    cosine, alpha = _angle(hertz, q, rate)
    edge = (1 + cosine) / 2
    return _normal((edge, -(1 + cosine), edge), (1 + alpha, -2 * cosine, 1 - alpha))


def low_pass(hertz: float, *, q: float = BUTTERWORTH_Q, rate: int = RATE) -> Section:
    """Let through what is below `hertz`, 12 dB an octave."""
    cosine, alpha = _angle(hertz, q, rate)
    edge = (1 - cosine) / 2
    return _normal((edge, 1 - cosine, edge), (1 + alpha, -2 * cosine, 1 - alpha))


def bell(hertz: float, gain_db: float, *, q: float = 1.0, rate: int = RATE) -> Section:
    """Raise or lower what is around `hertz`."""
    cosine, alpha = _angle(hertz, q, rate)
    a = 10 ** (gain_db / 40)
    up, down = alpha * a, alpha / a
    return _normal((1 + up, -2 * cosine, 1 - up), (1 + down, -2 * cosine, 1 - down))


def low_shelf(hertz: float, gain_db: float, *, rate: int = RATE) -> Section:
    """Raise or lower what is below `hertz`."""
    cosine, alpha = _angle(hertz, BUTTERWORTH_Q, rate)
    a = 10 ** (gain_db / 40)
    root = 2 * sqrt(a) * alpha
    return _normal(
        (
            a * ((a + 1) - (a - 1) * cosine + root),
            2 * a * ((a - 1) - (a + 1) * cosine),
            a * ((a + 1) - (a - 1) * cosine - root),
        ),
        (
            (a + 1) + (a - 1) * cosine + root,
            -2 * ((a - 1) + (a + 1) * cosine),
            (a + 1) + (a - 1) * cosine - root,
        ),
    )


def high_shelf(hertz: float, gain_db: float, *, rate: int = RATE) -> Section:
    """Raise or lower what is above `hertz`."""
    cosine, alpha = _angle(hertz, BUTTERWORTH_Q, rate)
    a = 10 ** (gain_db / 40)
    root = 2 * sqrt(a) * alpha
    return _normal(
        (
            a * ((a + 1) + (a - 1) * cosine + root),
            -2 * a * ((a - 1) + (a + 1) * cosine),
            a * ((a + 1) + (a - 1) * cosine - root),
        ),
        (
            (a + 1) - (a - 1) * cosine + root,
            2 * ((a - 1) - (a + 1) * cosine),
            (a + 1) - (a - 1) * cosine - root,
        ),
    )


def _angle(hertz: float, q: float, rate: int) -> tuple[float, float]:
    # Kept clear of the Nyquist frequency, where the sections become unstable.
    omega = 2 * pi * min(hertz, 0.49 * rate) / rate
    return cos(omega), sin(omega) / (2 * q)


def _normal(feed: tuple[float, ...], back: tuple[float, ...]) -> Section:
    a0, a1, a2 = back
    b0, b1, b2 = feed
    return (b0 / a0, b1 / a0, b2 / a0, 1.0, a1 / a0, a2 / a0)
