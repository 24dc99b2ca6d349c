"""Apart: any sound taken apart onto disk, since four stems of a long one would fill the memory."""

from collections.abc import Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from studio.audio.samples import Samples
from studio.audio.separating import demucs
from studio.audio.separating.separation import STEMS, Block, separating
from studio.audio.work import Work

Separator = Literal["own", "demucs", "auto"]


@dataclass(frozen=True, slots=True)
class Apart:
    """The stems of a sound, in a folder."""

    folder: Path
    channels: int
    by: Literal["own", "demucs"]
    """Who took it apart."""
    missing: str = ""
    """Why it was not done by whom one would rather have."""

    def take(self, names: Collection[str]) -> Samples:
        """Return the sum of some of `STEMS`, `float32 (channels, frames)`."""
        first, *others = names
        sound = self._read(first)
        for name in others:
            sound += self._read(name)
        return sound.T

    def _read(self, name: str) -> Samples:
        return np.fromfile(self.folder / name, np.float32).reshape(-1, self.channels)


def take_apart(sound: Samples, by: Separator, folder: Path, *, work: Work) -> Apart:
    """Separate `sound` into files of `folder`.

    Parameters
    ----------
    sound
        `float32 (1 or 2, frames)` at `RATE`.
    by
        `auto` is the network where it is ready to run, else our own means.
    folder
        Empty.
    work
        Told how far it is.

    Raises
    ------
    ExtraMissing
        If `by` is `demucs` and it, or its weights, are not here.
    """
    missing = demucs.missing() if by == "auto" else ""
    chosen: Literal["own", "demucs"] = "own" if by == "own" or missing else "demucs"
    with ExitStack() as stack:
        files = {name: stack.enter_context((folder / name).open("wb")) for name in STEMS}
        for block in _blocks(sound, chosen, work):
            for name, file in files.items():
                file.write(np.ascontiguousarray(block[name].T).data)
    return Apart(folder, sound.shape[0], chosen, missing)


def _blocks(sound: Samples, by: Literal["own", "demucs"], work: Work) -> Iterator[Block]:
    if by == "demucs":
        yield demucs.separate(sound, work=work)
    else:
        for _start, block in separating(sound, work=work):
            yield block
