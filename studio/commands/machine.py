"""The machine: what is installed here, and whether the data folder can be written to."""

import os
import platform
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from studio.audio.extras import EXTRAS, has, sentence
from studio.commands.listing import Row
from studio.engine.playing.bank import find_bank
from studio.engine.singing import sources

PACKAGES = ("streamlit", "starlette", "uvicorn", "httpx", "pydantic", "sqlite-utils", "numpy")


def look_at_machine(data: Path) -> dict[str, object]:
    """Tell what makes songs here, in short words under short names."""
    return {
        "studio": version("studio"),
        "python": platform.python_version(),
        **{name: installed(name) for name in PACKAGES},
        "voice": sources(),
        "soundfont": str(find_bank(os.environ)),
        "mp3": f"lameenc {installed('lameenc')}",
        "data": str(data),
        "data writable": is_writable(data),
        "data bytes": size(data),
    }


def look_at_extras() -> list[Row]:
    """Tell of each extra whether it is there, and if not, what it would give and how to get it."""
    return [{"extra": name, "there": has(name), "says": sentence(name)} for name in EXTRAS]


def installed(name: str) -> str:
    """Tell the version of package `name`."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def is_writable(folder: Path) -> bool:
    """Try to make a file in `folder`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def size(folder: Path) -> int:
    """Add up the bytes of all files in `folder`."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
