"""Tool: a change or a measurement that the studio makes itself, on any sound.

A tool is a file with a pure function, the options of a person, and a `TOOL` that joins the two to
files. Commands, counters and pages read what it needs from there; none of them knows it by name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import ConfigDict

from studio.audio.work import Work
from studio.songs import Value

Facts: TypeAlias = Mapping[str, Any]
"""What is told of a result, as JSON can say it: numbers with their unit in the name."""


class Options(Value):
    """What a person may choose; the line under a field is its help, its default is what is usual.

    Fields are `float`, `int`, `str`, `bool`, a `Literal`, a `Path`, any of these or `None`, or a
    tuple of one of them: each becomes an option of the command line.
    """

    model_config = ConfigDict(use_attribute_docstrings=True)


@dataclass(frozen=True, slots=True)
class Tool:
    """What is registered in `TOOLS`."""

    options: type[Options]
    run: Callable[[Sequence[Path], Any, Path, Work], Facts]
    """Called with sounds, options, where to write, and the work.

    It writes nothing but the given path, in the format of its ending (if `many`, into the folder of
    that name, which is there), and raises `SoundUnreadable` or `ToolUnfit` in a sentence.
    """
    sounds: tuple[int, int] = (1, 1)
    """How many sounds it takes, at least and at most."""
    makes: str = ".wav"
    """Ending of what it writes when nobody says otherwise; empty if it only tells facts."""
    many: bool = False
    """Whether it writes a folder of files."""
    seconds_per_second: float = 0.02
    """About how long it works on a second of sound, for a first guess of what is left."""
