"""Own sounds: what somebody brings, checked to its end and kept as a song like any other.

Decoded once, in blocks: what is wrong with it is found on the way, and nothing of it stays. MP3 is
kept as it came, for nothing gets better by being encoded twice; anything else becomes MP3 for
playing, and WAV where the source had no loss. A WAV is kept as it is too, with the score that the
band may have written into it.
"""

import secrets
import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.gallery.files import SongFiles
from studio.gallery.incoming import Incoming
from studio.gallery.table import Gallery
from studio.songs import OWN, Song

if TYPE_CHECKING:
    from studio.audio.formats.decoders import Stream

AS_IT_CAME = {"MP3": ".mp3", "WAV": ".wav"}
"""Formats whose files are kept as they are, and under which ending."""
UNTITLED = "Untitled"
_SIDES = 2


@dataclass(frozen=True, slots=True)
class Kept:
    """What has become of a sound on its way in."""

    length_seconds: float
    files: tuple[Path, ...]
    facts: Mapping[str, Any]


class OwnSounds:
    """The door by which sounds come in that no provider made.

    Parameters
    ----------
    gallery, files
        Where they are kept.
    incoming
        Where they lie until then.
    now
        Tells the time.
    """

    def __init__(
        self, gallery: Gallery, files: SongFiles, incoming: Incoming, now: Callable[[], datetime]
    ) -> None:
        self._gallery = gallery
        self._files = files
        self._incoming = incoming
        self._now = now

    def bring(self, path: Path, *, title: str, origin: str, source: str) -> Song:
        """Keep the sound at `path` as a song; that file itself stays where it is.

        Parameters
        ----------
        path
            Any sound that `studio.audio.intake` takes.
        title
            What to call it; empty takes the title that it carries, or the name of the file.
        origin
            `file`, `microphone` or `link`.
        source
            Name or link of where it came from.

        Raises
        ------
        SoundUnreadable, ExtraMissing
            If it cannot be used, with what to do.
        """
        song_id = secrets.token_hex(8)
        with self._incoming.place("own") as place:
            kept = take_over(path, place)
            for file in kept.files:
                self._files.keep(f"{song_id}{file.suffix}", file)
        endings = {file.suffix for file in kept.files}
        song = Song(
            id=song_id,
            title=title.strip() or _title_of(path),
            length=kept.length_seconds,
            made_at=self._now(),
            connection="",
            kind=OWN,
            job=song_id,
            facts={"origin": origin, "from": source, **kept.facts},
            sound=f"{song_id}.mp3",
            wav=f"{song_id}.wav" if ".wav" in endings else None,
        )
        self._gallery.put(song)
        return song


def take_over(path: Path, place: Path) -> Kept:
    """Check the sound at `path` to its end; what is kept of it lies at `place`, with endings.

    Raises
    ------
    SoundUnreadable, ExtraMissing
        As `studio.audio.intake.take_in` does.
    """
    # numpy and the codecs are loaded only by those who handle sound.
    from studio.audio.formats.encoders import encoding  # noqa: PLC0415
    from studio.audio.formats.passing import bits_of  # noqa: PLC0415
    from studio.audio.intake import listening  # noqa: PLC0415

    with listening(path) as stream, ExitStack() as open_files:
        endings, as_it_came = _endings(stream), AS_IT_CAME.get(stream.format)
        files = tuple(place.with_suffix(ending) for ending in endings)
        feeds = [
            open_files.enter_context(
                encoding(file, stream.rate, stream.channels, bits=bits_of(stream))
            )
            for file in files
            if file.suffix != as_it_came
        ]
        frames = 0
        for block in stream.blocks:
            frames += block.shape[1]
            for feed in feeds:
                feed(block)
    if as_it_came in endings:
        shutil.copyfile(path, place.with_suffix(as_it_came))
    return Kept(frames / stream.rate, files, _facts(stream))


def _endings(stream: "Stream") -> tuple[str, ...]:
    is_lossless = stream.bits is not None
    return (".mp3", ".wav") if is_lossless else (".mp3",)


def _facts(stream: "Stream") -> dict[str, Any]:
    facts = {"format": stream.format, "rate_hz": stream.rate, "channels": stream.channels}
    return facts | ({"note": note} if (note := _note(stream)) else {})


def _note(stream: "Stream") -> str:
    """Say what was done to the sound; nothing was to an MP3."""
    if stream.format == "MP3":
        return ""
    wav = " and keeps all of it as WAV" if ".wav" in _endings(stream) else ""
    told = [f"It came as {stream.format}: the studio plays it as MP3{wav}."]
    if stream.channels > _SIDES:
        told.append(f"The MP3 has its {stream.channels} channels folded down to two.")
    return " ".join(told)


def _title_of(path: Path) -> str:
    from studio.audio.tags import title_in  # noqa: PLC0415 - as above

    return title_in(path) or " ".join(path.stem.replace("_", " ").split()) or UNTITLED
