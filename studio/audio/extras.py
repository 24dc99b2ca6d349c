"""Extras: optional packages, what each gives, and what to say to whoever lacks one.

Whether a package is there is found out without importing it: these are the heavy ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from studio.errors import ExtraMissing

Finder = Callable[[str], Path | None]
"""Returns the folder of a package that can be imported, or `None`."""


@dataclass(frozen=True, slots=True)
class Extra:
    """Packages that give one ability more."""

    gives: str
    """What it can do, as a verb with all that belongs to it."""
    needs: tuple[str, ...]
    """Packages by the name they are imported by, or a file in one: `package/folder/file`."""
    get: str
    """Command that brings it."""


EXTRAS = {
    "media": Extra(
        "read and write M4A, and make videos",
        ("av",),
        "pip install av",
    ),
    "midi": Extra(
        "hear notes with a trained network, and not only by our own means",
        ("onnxruntime", "basic_pitch/saved_models/icassp_2022/nmp.onnx"),
        "pip install onnxruntime && pip install --no-deps basic-pitch",
    ),
    "align": Extra(
        "find when each word is sung, and not only each line",
        ("pocketsphinx",),
        "pip install pocketsphinx",
    ),
    "separate": Extra(
        "pull recordings apart with a trained separator, which fetches its weights",
        ("demucs",),
        "pip install demucs",
    ),
    "voice": Extra(
        "sing English more clearly where the system has no flite",
        ("wasmtime",),
        "pip install wasmtime",
    ),
    "cluster": Extra(
        "spread heavy work over several machines with Dask",
        ("distributed",),
        "pip install distributed",
    ),
}
"""By their names in `pyproject.toml`."""


def folder_of(package: str) -> Path | None:
    """Return where a package lies that can be imported, without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent


def has(name: str, *, find: Finder = folder_of) -> bool:
    """Tell whether all that the extra `name` needs is installed."""
    return not _missing(EXTRAS[name], find)


def need(name: str, *, find: Finder = folder_of) -> None:
    """Return if the extra `name` is there.

    Raises
    ------
    ExtraMissing
        With the sentence of `sentence`, if it is not.
    """
    if not has(name, find=find):
        raise ExtraMissing(sentence(name, find=find))


def sentence(name: str, *, find: Finder = folder_of) -> str:
    """Say what is missing of the extra `name` and how to get it, or what it can do."""
    extra = EXTRAS[name]
    missing = [need.partition("/")[0].replace("_", "-") for need in _missing(extra, find)]
    if not missing:
        return f"Can {extra.gives}."
    return f"To {extra.gives}, install {' and '.join(missing)}: {extra.get}"


def _missing(extra: Extra, find: Finder) -> list[str]:
    return [need for need in extra.needs if not _is_there(need, find)]


def _is_there(need: str, find: Finder) -> bool:
    package, _, file = need.partition("/")
    folder = find(package)
    return folder is not None and (folder / file).exists()
