"""Clips: all that was taken and brought, how far each really is, and who paid for it."""

import threading
import uuid
from collections.abc import Sequence
from pathlib import Path

from studio.emulator.account.ledger import Ledger, Paid
from studio.emulator.books import Book
from studio.emulator.dialects.gateway.clip import OVER, QUEUED, STREAMING, Clip, Generation, Trouble
from studio.emulator.house import House
from studio.emulator.orders import SONG_FILES, BandTake, Order, TakeState
from studio.emulator.works import Work

MODERATED = "moderation_failure"
BROKEN = "generation_failure"


class Clips:
    """The books of the gateway."""

    def __init__(self, folder: Path, house: House, ledger: Ledger) -> None:
        self._house = house
        self._ledger = ledger
        self._clips = Book(folder / "clips", Clip)
        self._generations = Book(folder / "generations", Generation)
        self._lock = threading.RLock()

    def take(self, clips: Sequence[Clip], works: Sequence[Work], *, price: int) -> list[Clip]:
        """Charge for a request, hand its work to the band, and keep the clips that will come of it.

        Raises
        ------
        TurnedAway
            If too few songs are left.
        """
        self._ledger.charge(price)
        order = self._house.band.order(works).id if works else ""
        generation = str(uuid.uuid4())
        of_it = {"generation": generation}
        kept = [
            clip.model_copy(
                update=of_it if clip.order or clip.trouble else of_it | {"order": order}
            )
            for clip in clips
        ]
        for clip in kept:
            self._clips.save(clip)
        ids = tuple(clip.id for clip in kept)
        self._generations.save(Generation(id=generation, clips=ids, price=price))
        return kept

    def keep(self, clip: Clip) -> None:
        """Keep a clip that nobody paid for."""
        self._clips.save(clip)

    def find(self, clip_id: str) -> Clip | None:
        """Return a clip, or `None` when there is none, or the band has let go of it."""
        clip = self._clips.find(clip_id)
        if clip is None or (clip.order and self.taken(clip) is None):
            return None
        return clip

    def look(self, clip_id: str) -> Clip | None:
        """Look at a clip, which counts: a pace may show more at the next look."""
        with self._lock:
            clip = self.find(clip_id)
            if clip is None:
                return None
            self._settle(self._generations.find(clip.generation))
            age = self._house.clock() - clip.made_at
            seen = self._house.pace.look(
                clip.seen, self._true_step(clip), age=age, schedule=clip.schedule
            )
            looked = clip.model_copy(update={"seen": seen})
            keep = self._clips.save if seen.step != clip.seen.step else self._clips.remember
            keep(looked)
            return looked

    def settle(self) -> None:
        """Settle every generation, and forget those that the band forgot."""
        with self._lock:
            for generation in self._generations:
                if any(self.find(clip) for clip in generation.clips):
                    self._settle(generation)
                else:
                    self._generations.forget(generation.id)
                    for clip in generation.clips:
                        self._clips.forget(clip)

    def is_refunded(self, clip: Clip) -> bool:
        """Whether what a clip cost was given back."""
        generation = self._generations.find(clip.generation)
        return generation is not None and generation.is_refunded

    def taken(self, clip: Clip) -> tuple[Order, BandTake] | None:
        """Return the take behind a clip, unless it was brought, or the band forgot it."""
        order = self._house.band.find(clip.order) if clip.order else None
        take = order.take(clip.take) if order else None
        return (order, take) if order and take else None

    def trouble(self, clip: Clip) -> Trouble | None:
        """Return why nothing came of a clip, if nothing did."""
        taken = self.taken(clip)
        if clip.trouble is None and taken is not None and taken[1].state is TakeState.FAILED:
            return Trouble(kind=BROKEN, message=taken[1].reason or "Generation failed.")
        return clip.trouble

    def sound(self, clip: Clip) -> str | None:
        """Return the id under which the house holds the sound, or `None` while it does not."""
        if clip.sound:
            return clip.sound if self._house.sounds.find(clip.sound) else None
        return self._sound(clip, clip.take)

    def whole(self, clip: Clip) -> tuple[str, float] | None:
        """Return the sound that holds a clip with all before it, and at which second it begins."""
        if clip.whole is None:
            sound = self.sound(clip)
            return (sound, 0.0) if sound else None
        sound, taken = self._sound(clip, clip.whole), self.taken(clip)
        whole = taken[0].take(clip.whole) if taken else None
        seam = whole.facts.get("seam_seconds", 0.0) if whole else 0.0
        return (sound, float(seam)) if sound else None

    def length(self, clip: Clip) -> float | None:
        """Return how long a clip is, in seconds, or `None` until that is known."""
        sound = self._house.sounds.find(self.sound(clip) or "")
        return round(sound.length_seconds, 2) if sound else None

    def file(self, clip: Clip, name: str) -> Path | None:
        """Return where one of its `SONG_FILES` lies, if it does; of what was brought only `wav`."""
        if clip.sound:
            sound = self._house.sounds.find(clip.sound)
            return sound.path if sound and name == "wav" else None
        taken = self.taken(clip)
        is_there = taken is not None and name in taken[1].files
        return self._house.band.file(clip.order, clip.take, SONG_FILES[name]) if is_there else None

    def _sound(self, clip: Clip, number: int) -> str | None:
        order = self._house.band.find(clip.order) if clip.order else None
        take = order.take(number) if order else None
        if take is None or take.state is not TakeState.FINISHED:
            return None
        return self._house.sounds.of_take(clip.order, number)

    def _true_step(self, clip: Clip) -> int:
        taken = self.taken(clip)
        if clip.trouble or clip.sound or (taken and taken[1].state.is_over):
            return OVER
        return STREAMING if taken and taken[1].has_early else QUEUED

    def _settle(self, generation: Generation | None) -> None:
        """Give back what was paid when nothing came of it, unless it was moderated."""
        if generation is None or generation.is_refunded:
            return
        clips = [self._clips.find(clip) for clip in generation.clips]
        troubles = [self.trouble(clip) if clip else None for clip in clips]
        if all(trouble is not None and trouble.kind != MODERATED for trouble in troubles):
            self._generations.save(generation.model_copy(update={"is_refunded": True}))
            self._ledger.refund(Paid(credits=generation.price))
