"""Desk: the folder in which the processes of one session meet.

Workers leave their sound here, tell how far they are, and stop when the desk is gone. Files instead
of pipes, because they work the same with threads, processes and a cluster that shares a disk.
"""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from studio.audio.samples import Samples

_OPEN = "open"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the work of one session lies; pickles as its path."""

    folder: Path

    def open(self) -> None:
        """Make the folder anew, whatever a power cut left there, and say that work goes on."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / _OPEN).touch()

    def close(self) -> None:
        """Say that the work is over, and clear the desk.

        A worker that is still busy finds nothing to hand its sound to, and stops.
        """
        aside = self.folder.with_name(f".{self.folder.name}.cleared")
        try:
            # Under another name nobody can lay anything down while the desk is being cleared.
            self.folder.rename(aside)
        except OSError:
            (self.folder / _OPEN).unlink(missing_ok=True)
            aside = self.folder
        shutil.rmtree(aside, ignore_errors=True)

    def is_closed(self) -> bool:
        """Whether the work is over, finished or cancelled."""
        return not (self.folder / _OPEN).exists()

    def put(self, name: str, sound: Samples) -> None:
        """Lay down a sound for another process; two channels that are alike, once."""
        alike = (sound == sound[:1]).all()
        try:
            np.save(self._sound(name), sound[:1] if alike else sound)
        except FileNotFoundError:
            if not self.is_closed():
                raise

    def has(self, name: str) -> bool:
        """Whether a sound of this name was laid down."""
        return self._sound(name).exists()

    def take(self, name: str) -> Samples:
        """Return a sound that was laid down, in stereo, mapped: its memory is the disk's cache."""
        sound: Samples = np.load(self._sound(name), mmap_mode="r")
        return np.broadcast_to(sound, (2, sound.shape[1]))

    def drop(self, name: str) -> None:
        """Throw a sound away that nobody will take any more, if it was ever laid down."""
        # A system that keeps mapped files open clears them away with the desk.
        with suppress(OSError):
            self._sound(name).unlink()

    def tell(self, stage: str, share: float, doing: str) -> None:
        """Tell what a stage is doing, and which share of it is done, 0 to 1."""
        with suppress(FileNotFoundError):
            (self.folder / f"{stage}.told").write_text(f"{share:.4f} {doing}", encoding="utf-8")

    def told(self, stage: str) -> tuple[float, str]:
        """Return what `tell` was last told of a stage; nothing yet is `(0.0, "")`."""
        try:
            share, _, doing = (self.folder / f"{stage}.told").read_text("utf-8").partition(" ")
        except OSError:
            return 0.0, ""
        # The file may be seen just as it is written.
        return (float(share), doing) if doing else (0.0, "")

    def _sound(self, name: str) -> Path:
        return self.folder / f"{name}.npy"
