"""Labels: what is written in a sound file beside its sound, so that it goes wherever the file goes.

In WAV a label is a chunk of our own after the sound, in MP3 a private frame of the ID3 tag in front
of it. Players pass over both, and all else that lies in the file stays as it is. Whoever reads
labels trusts no size that a file states: what does not fit is no label.
"""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import IO

from studio.audio.formats import id3, riff
from studio.disk import settle
from studio.errors import SoundUnreadable

LARGEST_LABEL_BYTES = 32 << 20
CHUNK = b"wshd"
"""Holds a name, a zero byte, and the label. RIFF leaves names in small letters to programs."""
FRAME = b"PRIV"
"""Holds the same."""

_Put = Callable[[IO[bytes], IO[bytes]], None]


def read_label(path: Path, name: str) -> bytes | None:
    """Return the label `name` of a WAV or MP3 file, or `None` if it has none.

    A file that is missing, damaged, or of another kind has none.
    """
    key = _key(name)
    try:
        with path.open("rb") as file:
            if riff.is_wav(file.read(riff.HEAD_BYTES)):
                return riff.find(file, CHUNK, key, at_most=LARGEST_LABEL_BYTES)
            return id3.find(file, FRAME, key)
    except OSError:
        return None


def write_label(path: Path, name: str, data: bytes) -> None:
    """Put a label into a WAV or MP3 file, in place of one of the same name.

    The file is written anew beside itself and then renamed: it is never half written, and its
    sound is copied byte by byte.

    Parameters
    ----------
    path
        A whole file; what is in it counts, not its ending.
    name
        Any text without a zero character.
    data
        At most `LARGEST_LABEL_BYTES`.

    Raises
    ------
    ValueError
        If the label is too large, or its name has a zero character.
    SoundUnreadable
        If the file is missing, damaged, or neither WAV nor MP3.
    """
    if len(data) > LARGEST_LABEL_BYTES or "\0" in name:
        raise ValueError(
            f"A label holds at most {LARGEST_LABEL_BYTES:,} bytes under a name without zeros, "
            f"got {len(data):,} bytes under {name!r}."
        )
    key = _key(name)
    _rewrite(
        path,
        wav=lambda source, target: riff.put(source, target, CHUNK, key, data),
        mp3=lambda source, target: id3.put(source, target, {FRAME: data}, key),
    )


def write_words(path: Path, *, title: str, lyrics: str = "") -> None:
    """Put the title, and in MP3 the lyrics, where every player looks for them.

    Raises
    ------
    SoundUnreadable
        As `write_label` does.
    """
    frames = {b"TIT2": id3.text(title)}
    if lyrics:
        frames[b"USLT"] = id3.lyrics(lyrics)
    _rewrite(
        path,
        wav=lambda source, target: _put_title(source, target, title),
        mp3=lambda source, target: id3.put(source, target, frames),
    )


def _put_title(source: IO[bytes], target: IO[bytes], title: str) -> None:
    known = riff.find(source, b"LIST", b"INFO", at_most=LARGEST_LABEL_BYTES) or b""
    riff.put(source, target, b"LIST", b"INFO", riff.info(known, b"INAM", title))


def _rewrite(path: Path, *, wav: _Put, mp3: _Put) -> None:
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with path.open("rb") as source, aside.open("xb") as target:
            _put_of(source.read(riff.HEAD_BYTES), wav, mp3, path)(source, target)
        settle(aside, path)
    except OSError as error:
        raise SoundUnreadable(f"{path.name} cannot be labelled ({error.strerror}).") from error
    finally:
        aside.unlink(missing_ok=True)


def _put_of(start: bytes, wav: _Put, mp3: _Put, path: Path) -> _Put:
    if riff.is_wav(start):
        return wav
    if id3.is_mp3(start):
        return mp3
    raise SoundUnreadable(f"{path.name} is neither WAV nor MP3: other sounds take no labels.")


def _key(name: str) -> bytes:
    return name.encode() + b"\0"
