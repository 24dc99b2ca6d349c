"""Clips: everything that has an id at the vendor and can be heard, with where it came from.

A clip is a take of the band, one file of such a take, or a sound that a caller brought. The vendor
treats them differently, so each says which it is. Clips of fewer than 24 hours are advised for some
work; nothing here enforces that.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias

from studio.emulator.books import Book, Record
from studio.emulator.house import House
from studio.emulator.orders import SONG_FILES, BandTake, Order, TakeState
from studio.emulator.recipes.facts import words_of
from studio.emulator.sounds import SONG
from studio.songs import Value

INSTRUMENTAL = "[Instrumental]"
"""What stands for the words where nobody sings."""
EXTENSIONS = frozenset({"extend_music", "extend_upload_music", "sonic/upload-extend"})
"""Operations whose clips are tails."""
Origin: TypeAlias = Literal["generated", "uploaded", "stem"]


class Clip(Record):
    """A clip, by the id under which it is heard."""

    origin: Origin
    platform: str
    """Which family of the vendor made it: `sonic`, `producer`, ..."""
    how: str
    """The operation, as the profile names it."""
    made_at: float
    order: str = ""
    take: int = 0
    """Where the band has it, unless it was brought."""
    file: str = SONG
    """The name of its sound among the files of the take."""
    sound: str = ""
    """Id of the sound that was brought."""
    parents: tuple[str, ...] = ()
    """Ids of the clips that it was made of."""
    whole: int | None = None
    """Of a tail or a section: the take of the same order that holds all of it."""
    title: str = ""
    tags: str = ""
    lyrics: str = ""
    """As they were asked for; what is empty, the band fills in."""
    echo: Mapping[str, Any] = {}
    """What is told back as it was sent."""

    @property
    def is_tail(self) -> bool:
        """Whether it is what an extension added."""
        return self.whole is not None and self.how in EXTENSIONS


class Heard(Value):
    """What a clip is by now."""

    title: str
    tags: str
    lyrics: str
    length_seconds: float | None
    """`None` until it is finished."""


class Clips:
    """All clips of all families."""

    def __init__(self, folder: Path, house: House) -> None:
        self._book = Book(folder, Clip)
        self._house = house

    def add(self, clip: Clip) -> None:
        """Keep a clip."""
        self._book.save(clip)

    def find(self, clip_id: str) -> Clip | None:
        """Return the clip of this id, or `None`."""
        return self._book.find(clip_id)

    def forget(self, clip_id: str) -> None:
        """Let go of a clip."""
        self._book.forget(clip_id)

    def take(self, clip: Clip) -> tuple[Order, BandTake] | None:
        """Return the take behind a clip, unless it was brought or the band forgot it."""
        order = self._house.band.find(clip.order) if clip.order else None
        take = order.take(clip.take) if order else None
        return (order, take) if order and take else None

    def heard(self, clip: Clip) -> Heard:
        """Return what a clip is by now."""
        taken = self.take(clip)
        if clip.sound:
            sound = self._house.sounds.find(clip.sound)
            length = sound.length_seconds if sound else None
            return Heard(
                title=clip.title, tags=clip.tags, lyrics=clip.lyrics, length_seconds=length
            )
        if taken is None:
            return Heard(title=clip.title, tags=clip.tags, lyrics=clip.lyrics, length_seconds=None)
        order, take = taken
        whole = order.take(clip.whole) if clip.whole is not None else None
        return Heard(
            title=clip.title or take.title,
            tags=clip.tags or take.style or (whole.style if whole else ""),
            lyrics=clip.lyrics or words_of(order, take) or self._added(clip),
            length_seconds=take.length_seconds if take.state is TakeState.FINISHED else None,
        )

    def _added(self, clip: Clip) -> str:
        """Return the words of a tail which the band wrote: those that stood not there before."""
        before = self.find(clip.parents[0]) if clip.is_tail and clip.parents else None
        known = set(self._whole_words(before).splitlines()) if before else set()
        lines = self._whole_words(clip).splitlines() if before else []
        first = next((at for at, line in enumerate(lines) if line not in known), len(lines))
        # The mark of its section belongs to it, even if there was one of that name before.
        while 0 < first < len(lines) and lines[first - 1].startswith("["):
            first -= 1
        return "\n".join(lines[first:]).strip()

    def _whole_words(self, clip: Clip) -> str:
        """Return the words of a clip, of a tail those of its whole."""
        taken = self.take(clip)
        if taken is None:
            return clip.lyrics
        order, take = taken
        whole = order.take(clip.whole) if clip.whole is not None else None
        return words_of(order, whole or take)

    def sound(self, clip: Clip) -> str | None:
        """Return the id under which the house holds the sound, or `None` while it does not."""
        if clip.sound:
            return clip.sound if self._house.sounds.find(clip.sound) else None
        taken = self.take(clip)
        if taken is None or taken[1].state is not TakeState.FINISHED:
            return None
        return self._house.sounds.of_take(clip.order, clip.take, clip.file)

    def whole(self, clip: Clip) -> str | None:
        """Return the id of the sound that holds a tail together with what is before it."""
        if clip.whole is None:
            return self.sound(clip)
        order = self._house.band.find(clip.order)
        take = order.take(clip.whole) if order else None
        if take is None or take.state is not TakeState.FINISHED:
            return None
        return self._house.sounds.of_take(clip.order, clip.whole)

    def begins_at(self, clip: Clip) -> float:
        """Return where a tail begins in the sound that holds it whole, in seconds."""
        order = self._house.band.find(clip.order) if clip.whole is not None else None
        take = order.take(clip.whole or 0) if order else None
        return float(take.facts.get("seam_seconds", 0.0)) if take else 0.0

    def file(self, clip: Clip, name: str) -> Path | None:
        """Return where a file of a clip lies, or `None` while there is none.

        Parameters
        ----------
        name
            `wav` of any clip; `sound` (MP3), `cover` or `early` of what the band made whole.
        """
        if name == "wav":
            sound = self._house.sounds.find(self.sound(clip) or "")
            return sound.path if sound else None
        is_song = not clip.sound and clip.file == SONG
        return self._house.band.file(clip.order, clip.take, SONG_FILES[name]) if is_song else None
