"""Where sound lies on disk: under ids, fetched aside, checked, then renamed into place.

A file with its final name is whole and can be played; whatever was interrupted has another name.
"""

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from studio.disk import read_json, settle, write_json
from studio.errors import ExtraMissing, SoundUnreadable

Fetch = Callable[[Path], object]
"""Writes what is wanted to the given file."""

Checked = TypeVar("Checked")

PICTURES = {b"\x89PNG\r\n": ".png", b"\xff\xd8\xff": ".jpg", b"RIFF": ".webp"}
"""First bytes of the pictures that we keep, and what their file is called."""


OTHERS = (b"RIFF", b"fLaC", b"OggS", b"FORM")
"""First bytes of sounds that are no MP3; those of M4A stand a little further in."""


class Brought(NamedTuple):
    """The files of a song that is home."""

    sound: str
    """What is played: `.mp3`, or `.m4a` where nothing here can decode it."""
    wav: str | None
    """The same without loss, where it came so."""
    length: float | None
    """In seconds; `None` where nothing here can tell."""


class Probe(Protocol):
    """Tells how long the sound in a file is, in seconds; raises `SoundUnreadable`."""

    def __call__(self, path: Path) -> float: ...


def length_of(path: Path) -> float:
    """Open the sound at `path` and return its length in seconds."""
    # Here and below: numpy and libsndfile are loaded only by those who handle sound.
    from studio.audio.files import probe  # noqa: PLC0415 - loaded by who needs it

    return probe(path).length_seconds


class SongFiles:
    """The folder of sounds and pictures that are home, and that of the early ones."""

    def __init__(self, songs: Path, early: Path, *, probe: Probe = length_of) -> None:
        self._songs = songs
        self._early = early
        self._probe = probe
        songs.mkdir(parents=True, exist_ok=True)
        early.mkdir(parents=True, exist_ok=True)

    def path(self, name: str | None) -> Path | None:
        """Return where the file `name` lies, if it is there."""
        if name is None or Path(name).name != name:
            return None
        path = self._songs / name
        return path if path.is_file() else None

    def bring_song(self, song_id: str, fetch: Fetch) -> Brought:
        """Bring the sound of a song home as it is played here; what is home is not fetched again.

        Raises
        ------
        SoundUnreadable
            If what came cannot be played.
        """
        if known := self._brought(song_id):
            return known
        aside = _aside(self._songs / f"{song_id}.sound")
        try:
            fetch(aside)
            if is_mp3(aside):
                self._probe(aside)
                settle(aside, self._songs / f"{song_id}.mp3")
            else:
                self._keep_other(song_id, aside)
        finally:
            for left in self._songs.glob(f"{aside.name}*"):
                left.unlink(missing_ok=True)
        brought = self._brought(song_id)
        assert brought is not None
        return brought

    def bring_sound(self, name: str, fetch: Fetch) -> float:
        """Bring a sound home as `name` and return its length in seconds.

        What is home already is not fetched again, so that an interrupted step can be repeated.

        Raises
        ------
        SoundUnreadable
            If what came cannot be played.
        """
        path = self._songs / name
        if path.is_file():
            return self._probe(path)
        return _fetch_aside(path, fetch, check=self._probe)

    def bring(self, name: str, fetch: Fetch, *, check: Callable[[Path], object]) -> None:
        """Bring any other file home as `name`; `check` raises `SoundUnreadable` if it is none.

        What is home already is not fetched again.
        """
        path = self._songs / name
        if not path.is_file():
            _fetch_aside(path, fetch, check=check)

    def copy(self, name: str, copy: str) -> None:
        """Copy one file that is home; what is there as `copy` already stays."""
        if not (self._songs / copy).is_file():
            _fetch_aside(
                self._songs / copy,
                lambda aside: shutil.copyfile(self._songs / name, aside),
                check=Path.stat,
            )

    def keep(self, name: str, file: Path) -> None:
        """Move a whole and checked file of this data folder here, as `name`."""
        settle(file, self._songs / name)

    def bring_picture(
        self, owner: str, fetch: Fetch, *, ending: Callable[[Path], str] | None = None
    ) -> str:
        """Bring a picture home and return the name of its file, which begins as `owner` is called.

        `ending` looks at it, and raises `SoundUnreadable` if it is none; as a rule a glance at its
        first bytes is enough.
        """
        aside = _aside(self._songs / f"{owner}.picture")
        try:
            fetch(aside)
            name = owner + (ending or _picture_suffix)(aside)
            settle(aside, self._songs / name)
        finally:
            aside.unlink(missing_ok=True)
        return name

    def bring_early(self, job_id: str, take: int, fetch: Fetch) -> None:
        """Bring the first seconds of a take here, for as long as the whole is not home."""
        path = self._early_path(job_id, take)
        if not path.is_file():
            _fetch_aside(path, fetch, check=_has_bytes)

    def early(self, job_id: str, take: int) -> Path | None:
        """Return where the first seconds of a take lie, if they are there."""
        path = self._early_path(job_id, take)
        return path if path.is_file() else None

    def drop_early(self, job_id: str) -> None:
        """Remove the first seconds of a job's takes."""
        for path in self._early.glob(f"{job_id}-*.mp3"):
            path.unlink(missing_ok=True)

    def peaks(self, song_id: str, sound: Path) -> list[float]:
        """Return the outline of a sound, 0 to 1; measured once, then read from disk."""
        path = self._songs / f"{song_id}.peaks.json"
        known = read_json(path, None)
        if isinstance(known, list):
            return known
        from studio.audio.peaks import peaks  # noqa: PLC0415 - loaded by who needs it

        measured = [round(float(peak), 4) for peak in peaks(sound)]
        write_json(path, measured)
        return measured

    def remove(self, song_id: str) -> None:
        """Remove every file of a song."""
        for path in self._songs.glob(f"{song_id}.*"):
            path.unlink(missing_ok=True)

    def remove_file(self, name: str | None) -> None:
        """Remove one file, if it is there, and its outline."""
        if path := self.path(name):
            path.unlink(missing_ok=True)
            path.with_suffix(".peaks.json").unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what was left half fetched by a process that is gone."""
        for folder in (self._songs, self._early):
            for path in folder.glob(".*.part*"):
                path.unlink(missing_ok=True)

    def _brought(self, song_id: str) -> Brought | None:
        wav = self.path(f"{song_id}.wav")
        if sound := self.path(f"{song_id}.mp3"):
            return Brought(sound.name, wav.name if wav else None, self._probe(sound))
        sound = self.path(f"{song_id}.m4a")
        return Brought(sound.name, None, None) if sound else None

    def _keep_other(self, song_id: str, aside: Path) -> None:
        """Keep a sound that is no MP3: as one, or as it is where only browsers can read it."""
        from studio.gallery.keeping import take_over  # noqa: PLC0415 - loaded by who needs it

        try:
            kept = take_over(aside, aside.with_name(f"{aside.name}.kept"), whatever=True)
        except ExtraMissing:
            settle(aside, self._songs / f"{song_id}.m4a")
            return
        # The MP3 last: it says that all is there.
        for file in reversed(kept.files):
            settle(file, self._songs / f"{song_id}{file.suffix}")

    def _early_path(self, job_id: str, take: int) -> Path:
        return self._early / f"{job_id}-{take}.mp3"


def is_mp3(path: Path) -> bool:
    """Whether a file is an MP3, or at least nothing else that is known."""
    with path.open("rb") as file:
        start = file.read(12)
    return not start.startswith(OTHERS) and start[4:8] != b"ftyp"


def _fetch_aside(path: Path, fetch: Fetch, *, check: Callable[[Path], Checked]) -> Checked:
    aside = _aside(path)
    try:
        fetch(aside)
        result = check(aside)
        settle(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    return result


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")


def _has_bytes(path: Path) -> None:
    if path.stat().st_size == 0:
        raise SoundUnreadable("The first seconds are empty so far.")


def _picture_suffix(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(8)
    for magic, suffix in PICTURES.items():
        if start.startswith(magic):
            return suffix
    raise SoundUnreadable("The cover is not a picture that a browser shows.")
