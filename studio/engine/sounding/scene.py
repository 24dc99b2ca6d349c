"""Scene: the stretch of time that a noise fills, a circle where it is to loop.

What is laid beyond the end of a circle goes on at its beginning, so that its end passes into its
beginning by construction and no seam has to be mended afterwards.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.fft import irfft, rfft

from studio.audio.samples import RATE, Samples
from studio.audio.shaping import reverb
from studio.engine.writing.chance import Rng


@dataclass(frozen=True, slots=True)
class Scene:
    """How long a noise lasts, and what it may lean on."""

    frames: int
    loop: bool = False
    root_hz: float = 110.0
    """Where what has a pitch begins, 65 to 130."""
    is_minor: bool = True
    beat_seconds: float | None = None
    """How far strokes lie apart, where a tempo was asked for."""

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.frames / RATE

    def empty(self) -> Samples:
        """Return silence, `float32 (2, frames)`."""
        return np.zeros((2, self.frames), np.float32)

    def lay(
        self, on: Samples, event: Samples, at_seconds: float, *, gain: float = 1.0, pan: float = 0.0
    ) -> None:
        """Add an event, `[frames]` or `[2, frames]`, to what lies there.

        Parameters
        ----------
        on
            As `empty` returns it.
        event
            Of any length; what is too long goes round, or is cut where nothing loops.
        at_seconds
            When it begins; before 0 or after the end only in a circle.
        gain
            Factor.
        pan
            -1 left to 1 right.
        """
        angle = (pan + 1) * np.pi / 4
        sides = np.float32(gain * np.sqrt(2)) * np.array(
            [[np.cos(angle)], [np.sin(angle)]], np.float32
        )
        placed = np.atleast_2d(event).astype(np.float32) * sides
        start = round(at_seconds * RATE)
        if self.loop:
            wrap(placed, start, on)
            return
        begin, end = max(0, start), min(self.frames, start + placed.shape[1])
        if begin < end:
            on[:, begin:end] += placed[:, begin - start : end - start]

    def often(self, every_seconds: float, rng: Rng) -> Iterator[float]:
        """Give times by chance, on average so far apart."""
        count = max(1, round(self.seconds / every_seconds))
        yield from sorted(rng.uniform(0.0, self.seconds, count))

    def evenly(self, every_seconds: float) -> Iterator[tuple[int, float]]:
        """Give numbers and times of strokes, as evenly as they fit, or with the beat.

        A scene that does not loop begins with one; a circle has a whole number of them.
        """
        count = max(1, round(self.seconds / (self.beat_seconds or every_seconds)))
        for number in range(count):
            yield number, number * self.seconds / count

    def whole_cycles(self, hertz: float) -> float:
        """Return the frequency nearby that fits a whole number of times into the scene."""
        return max(1, round(hertz * self.seconds)) / self.seconds

    def in_a_room(self, sound: Samples, seconds: float, share: float, seed: int) -> Samples:
        """Return a sound with its echo in a room of so many seconds of reverberation."""
        answer = reverb.room(seconds, seed=seed % 1_000)
        if not self.loop:
            return sound + reverb.convolve(sound, answer) * np.float32(share)
        circle = np.zeros_like(sound)
        wrap(answer, 0, circle)
        wet = irfft(rfft(sound) * rfft(circle), sound.shape[1])
        return np.asarray(sound + wet * np.float32(share), np.float32)


def wrap(sound: Samples, start: int, on: Samples) -> None:
    """Add a sound to a circle from the frame `start` on, round and round until all is there."""
    frames = on.shape[1]
    done = 0
    while done < sound.shape[1]:
        at = (start + done) % frames
        span = min(frames - at, sound.shape[1] - done)
        on[:, at : at + span] += sound[:, done : done + span]
        done += span
