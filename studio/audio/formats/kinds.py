"""Kinds: what a file is by its first bytes, whatever its name says.

People send links, archives and web pages for songs. Those who know what they sent can help
themselves, so each gets its name; a decoder would only say that it failed, and some hunt for sound
through a whole book first.
"""

from pathlib import Path

from studio.errors import SoundUnreadable

FFMPEG_KINDS = {"M4A": "mov", "MP4": "mov", "WebM": "matroska", "AAC": "aac", "WMA": "asf"}
"""Kinds that libsndfile does not know, and what FFmpeg calls their demuxer.

FFmpeg is told which, since some of the others open files and links that a file names.
"""

VIDEO_KINDS = {"MP4", "WebM"}
READABLE = "Use MP3, WAV, FLAC, OGG or M4A."

_HEAD_BYTES = 256
_STARTS = (
    (0, b"\x1a\x45\xdf\xa3", "WebM"),
    (0, b"\xff\xf1", "AAC"),
    (0, b"\xff\xf9", "AAC"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "WMA"),
    (4, b"ftypM4A", "M4A"),
    (4, b"ftypM4B", "M4A"),
    (4, b"ftyp", "MP4"),
)
_OTHERS = (
    (0, b"PK\3\4", "a ZIP archive. Unpack it first"),
    (0, b"Rar!", "a RAR archive. Unpack it first"),
    (0, b"7z\xbc\xaf", "a 7z archive. Unpack it first"),
    (0, b"\x1f\x8b", "a packed file (gzip). Unpack it first"),
    (0, b"%PDF", "a PDF document, not sound"),
    (0, b"\x89PNG", "a picture, not sound"),
    (0, b"\xff\xd8\xff", "a picture, not sound"),
    (0, b"GIF8", "a picture, not sound"),
    (0, b"MThd", "MIDI: notes without sound. Play it into a sound file first"),
    (8, b"AVI ", "an AVI video. Save its sound as MP3 or WAV first"),
)
_BYTE_ORDERS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def kind_of(path: Path) -> str:
    """Return a name out of `FFMPEG_KINDS`, or nothing if libsndfile should look at the file.

    Raises
    ------
    SoundUnreadable
        If the file cannot be opened, is empty, or is surely something else.
    """
    start = _start(path)
    if not start:
        raise SoundUnreadable(f"{path.name} is empty (0 bytes). Fetch it again.")
    words = _text(start)
    if words is not None:
        quoted = " ".join(words.split())[:40]
        raise SoundUnreadable(f"{path.name} is text, not sound: it begins with “{quoted}”.")
    for place, mark, other in _OTHERS:
        if start.startswith(mark, place):
            raise SoundUnreadable(f"{path.name} is {other}.")
    return next((kind for place, mark, kind in _STARTS if start.startswith(mark, place)), "")


def _start(path: Path) -> bytes:
    if path.is_dir():
        raise SoundUnreadable(f"{path.name} is a folder, not a sound file.")
    try:
        with path.open("rb") as file:
            return file.read(_HEAD_BYTES)
    except OSError as error:
        raise SoundUnreadable(f"{path.name} cannot be opened ({error.strerror}).") from error


def _text(start: bytes) -> str | None:
    """Return the text that a file begins with, if it is one."""
    if start[:2] in _BYTE_ORDERS:
        words = start[2 : len(start) // 2 * 2].decode(_BYTE_ORDERS[start[:2]], errors="replace")
        return (
            words
            if words and all(letter.isprintable() or letter.isspace() for letter in words)
            else None
        )
    # The decoder hunts for an MP3 frame in anything, so that a web page would be a slow failure.
    if any(byte < ord(" ") and byte not in b"\t\n\r" for byte in start):
        return None
    # The last character may have been cut in two.
    decoded = (_utf8(start[: len(start) - cut]) for cut in range(4))
    return next((words for words in decoded if words), None)


def _utf8(text: bytes) -> str | None:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
