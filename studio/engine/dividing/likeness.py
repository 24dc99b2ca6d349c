"""Likeness: whether a sound is the record that the band makes of a score, and how far from it.

A label can outlive its sound: files are cut, played louder, mixed with others.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft

from studio.audio.levels import SILENCE_DB
from studio.audio.samples import RATE, Samples

LEAST_CORRELATION = 0.9
"""Below, something else is heard. An MP3 of a record reaches 0.99."""

_HEARD_SECONDS = 30.0
_FARTHEST_SECONDS = 0.1
_SAME_DB = 0.05


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a sound stands to a record."""

    correlation: float
    """-1 to 1, at the best shift."""
    late_frames: int
    """How much later than in the record everything comes: MP3 encoders pad."""
    gain: float
    """Factor from the record to the sound, exactly 1 if nobody turned a knob."""
    difference_db: float
    """What is left of the sound without the record, relative to the sound."""

    @property
    def holds(self) -> bool:
        """Whether the sound is this record."""
        return self.correlation >= LEAST_CORRELATION


def compare(sound: Samples, record: Samples) -> Likeness:
    """Compare the middle of a sound with that of a record, both `float32 (2, frames)`."""
    frames = min(sound.shape[1], record.shape[1])
    length = min(frames, round(_HEARD_SECONDS * RATE))
    start = (frames - length) // 2
    theirs = _mono(sound[:, start : start + length])
    late = _lateness(theirs, _mono(record[:, start : start + length]))
    ours = _mono(record[:, max(0, start - late) : start - late + length])
    theirs = theirs[max(0, late - start) :][: len(ours)]
    ours = ours[: len(theirs)]
    together, power, theirs_power = ours @ theirs, ours @ ours, theirs @ theirs
    if not (power > 0 and theirs_power > 0):
        same = not power and not theirs_power
        return Likeness(float(same), 0, 1.0, SILENCE_DB if same else 0.0)
    gain = float(together / power)
    if abs(20 * np.log10(max(abs(gain), 1e-6))) < _SAME_DB:
        gain = 1.0
    rest = theirs - np.float32(gain) * ours
    difference_db = 10 * float(np.log10(max(rest @ rest / theirs_power, 1e-12)))
    return Likeness(float(together / np.sqrt(power * theirs_power)), late, gain, difference_db)


def _mono(sound: Samples) -> NDArray[np.float32]:
    mono: NDArray[np.float32] = sound.mean(axis=0)
    return mono


def _lateness(theirs: NDArray[np.float32], ours: NDArray[np.float32]) -> int:
    """Return by how many frames `theirs` comes after `ours`."""
    size = next_fast_len(2 * len(ours), real=True)
    alike = irfft(rfft(theirs, size) * np.conj(rfft(ours, size)), size)
    reach = min(round(_FARTHEST_SECONDS * RATE), len(ours) - 1)
    return int(np.argmax(np.concatenate([alike[size - reach :], alike[: reach + 1]]))) - reach
