"""Time path: where each moment of a sound goes when its time is bent."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Points: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TimePath:
    """Straight lines between points, in frames."""

    heard: Points
    """Where each point is in the sound, rising."""
    wanted: Points
    """Where it goes, rising."""

    @classmethod
    def through(cls, heard: Points, wanted: Points) -> "TimePath":
        """Return the path through points.

        Raises
        ------
        ValueError
            If they are not at least two pairs that rise.
        """
        if len(heard) != len(wanted) or len(heard) < 2:  # noqa: PLR2004 - a line has two ends
            raise ValueError("Expected as many times to warp from as to, at least two of each.")
        if not (np.all(np.diff(heard) > 0) and np.all(np.diff(wanted) > 0)):
            raise ValueError("Expected times that rise, to warp from and to.")
        return cls(heard.astype(np.float64), wanted.astype(np.float64))

    def over(self, frames: int) -> "TimePath":
        """Return the path of a sound of so many frames: as fast before and after as at the ends."""
        inside = self.heard[(self.heard > 0) & (self.heard < frames)]
        heard = np.concatenate([[0.0], inside, [float(frames)]])
        return TimePath(heard, np.array([self.forward(place) for place in heard]))

    def factors(self) -> Points:
        """Return how much longer each line becomes."""
        factors: Points = np.diff(self.wanted) / np.diff(self.heard)
        return factors

    def within(self, lowest: float, highest: float) -> bool:
        """Say whether no line becomes shorter or longer than that."""
        factors = self.factors()
        return bool(lowest <= factors.min() and factors.max() <= highest)

    def leads_nowhere(self) -> bool:
        """Say whether every moment stays where it is."""
        return bool(np.all(self.heard == self.wanted))

    def forward(self, heard: float) -> float:
        """Return where a frame goes."""
        line = self._line(self.heard, heard)
        return float(self.wanted[line] + (heard - self.heard[line]) * self.factors()[line])

    def back(self, wanted: Points) -> Points:
        """Return where frames come from."""
        found: Points = np.interp(wanted, self.wanted, self.heard)
        factors = self.factors()
        found += np.minimum(0.0, wanted - self.wanted[0]) / factors[0]
        found += np.maximum(0.0, wanted - self.wanted[-1]) / factors[-1]
        return found

    def speed_at(self, heard: float) -> float:
        """Return how much longer a frame's surroundings become."""
        return float(self.factors()[self._line(self.heard, heard)])

    def turns(self, tolerance: float) -> list[float]:
        """Return the points, in the sound, by which the factor has changed more than tolerated."""
        turns = []
        factors = self.factors()
        least = most = factors[0]
        for point, factor in zip(self.heard[1:-1], factors[1:], strict=True):
            least, most = min(least, factor), max(most, factor)
            if most > least * tolerance:
                turns.append(float(point))
                least = most = factor
        return turns

    @staticmethod
    def _line(points: Points, place: float) -> int:
        line = int(np.searchsorted(points, place, "right")) - 1
        return min(max(line, 0), len(points) - 2)
