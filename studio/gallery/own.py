"""Own sounds: what somebody brings, checked to its end and kept as a song like any other."""

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from studio.gallery.files import SongFiles
from studio.gallery.incoming import Incoming
from studio.gallery.keeping import take_over
from studio.gallery.table import Gallery
from studio.songs import OWN, Song

UNTITLED = "Untitled"


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


def _title_of(path: Path) -> str:
    from studio.audio.tags import title_in  # noqa: PLC0415 - as above

    return title_in(path) or " ".join(path.stem.replace("_", " ").split()) or UNTITLED
