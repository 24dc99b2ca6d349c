"""Sounds: what the house holds to work on, brought by a link or made by the band.

What is brought is checked, and written once as WAV with two channels at 44.1 kHz. A score in its
label stays with it, so that a song of the band that comes back is still known note by note.
"""

import os
import re
import secrets
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from studio.audio.formats.decoders import decoding
from studio.audio.formats.passing import bits_of, passed
from studio.audio.intake import USUAL, brought, listening, take_in
from studio.audio.samples import RATE
from studio.emulator.books import Book, Record
from studio.emulator.links import fetch
from studio.errors import SoundUnreadable

UNNAMED = "This sound"
LONGEST_NAME = 60
SONG = "song.wav"
_OF_A_TAKE = re.compile(r"([0-9a-f]{32})\.([1-9]\d*)(?:\.([\w-]+\.wav))?")
_SIDES = 2


class Brought(Record):
    """A sound that was brought, in the book."""

    name: str
    """Of its folder's only file, without the ending."""
    length_seconds: float


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound that can be worked on."""

    id: str
    path: Path
    """WAV, two channels at 44.1 kHz."""
    length_seconds: float


class Sounds:
    """All sounds of the house."""

    def __init__(
        self,
        folder: Path,
        *,
        takes: Path,
        clock: Callable[[], float],
        fetch: Callable[[str, Path], None] = fetch,
    ) -> None:
        """Open the book in `folder`; `takes` is where the band's orders lie."""
        self._folder = folder
        self._takes = takes
        self._clock = clock
        self._fetch = fetch
        self._book = Book(folder, Brought)

    def bring(self, link: str, *, name: str = "") -> Sound:
        """Fetch a sound from any link, and keep it; blocks.

        Parameters
        ----------
        link
            `http` or `https`; this machine is as good as any other.
        name
            What a person calls it, for sentences.

        Raises
        ------
        SoundUnreadable, ExtraMissing
            In a sentence: unreachable, not a sound, silent, shorter than 1 s, longer than 8
            minutes.
        """
        return self._keep(lambda into: self._fetch(link, into), name)

    def take_over(self, file: Path, *, name: str = "") -> Sound:
        """Keep a sound that lies in a file, which is moved here; blocks.

        Raises
        ------
        SoundUnreadable, ExtraMissing
            As `bring` does.
        """
        return self._keep(lambda into: shutil.move(file, into), name)

    def _keep(self, fetch: Callable[[Path], object], name: str) -> Sound:
        sound_id, called = secrets.token_hex(16), _safe(name)
        folder = self._folder / sound_id
        folder.mkdir(parents=True)
        try:
            fetch(folder / called)
            length = _settle(folder / called, folder / f"{called}.wav")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        sound = Brought(id=sound_id, name=called, length_seconds=length)
        self._book.save(sound)
        return self._used(sound)

    def of_take(self, order_id: str, number: int, file: str = SONG) -> str:
        """Return the id of what a take sounds like, finished or not; of stems, name the file."""
        return f"{order_id}.{number}" if file == SONG else f"{order_id}.{number}.{file}"

    def find(self, sound_id: str) -> Sound | None:
        """Return a sound, or `None` if it is not there (any more, or yet)."""
        if named := _OF_A_TAKE.fullmatch(sound_id):
            return _made(sound_id, self._takes / named[1] / named[2] / (named[3] or SONG))
        sound = self._book.find(sound_id)
        return self._used(sound) if sound else None

    def clean(self, *, keep_seconds: float, needed: Collection[str] = ()) -> None:
        """Forget what was not used for `keep_seconds`, unless it is `needed`."""
        for sound in self._book:
            is_old = self._is_old(self._path(sound), keep_seconds)
            if is_old and sound.id not in needed:
                self._book.forget(sound.id)
                shutil.rmtree(self._folder / sound.id, ignore_errors=True)
        for folder in self._folder.iterdir():
            # What a power cut left of a sound that was just being brought.
            is_stray = folder.is_dir() and self._book.find(folder.name) is None
            if is_stray and self._is_old(folder, keep_seconds):
                shutil.rmtree(folder, ignore_errors=True)

    def _is_old(self, path: Path, keep_seconds: float) -> bool:
        changed_at = path.stat().st_mtime if path.exists() else 0.0
        return self._clock() - changed_at > keep_seconds

    def _used(self, sound: Brought) -> Sound:
        """Return a sound, and remember at its file that it was used just now."""
        path, now = self._path(sound), self._clock()
        os.utime(path, (now, now))
        return Sound(sound.id, path, sound.length_seconds)

    def _path(self, sound: Brought) -> Path:
        return self._folder / sound.id / f"{sound.name}.wav"


def _made(sound_id: str, path: Path) -> Sound | None:
    try:
        with decoding(path) as stream:
            return Sound(sound_id, path, (stream.promised or 0) / stream.rate)
    except SoundUnreadable:
        return None


def _settle(came: Path, wav: Path) -> float:
    """Check what came, and let it lie as WAV; return how long it is, in seconds."""
    heard = take_in(came)
    if (heard.format, heard.rate, heard.channels) == ("WAV", RATE, _SIDES):
        came.replace(wav)
        return heard.length_seconds
    from studio.engine.papers import keep_score, score_of  # noqa: PLC0415 - the engine is large

    with listening(came, demands=USUAL) as stream:
        passed(brought(stream), wav, RATE, _SIDES, bits=bits_of(stream))
    score = score_of(came)
    if score is not None:
        keep_score(wav, score)
    came.unlink()
    return heard.length_seconds


def _safe(name: str) -> str:
    """Return a name as a file can have it."""
    kept = "".join(c if c.isalnum() or c in " -'," else " " for c in name)
    return " ".join(kept.split())[:LONGEST_NAME].strip() or UNNAMED
