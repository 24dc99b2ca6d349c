"""The desk: what all counters of the gateway share."""

from dataclasses import dataclass

from studio.emulator.account.ledger import Ledger
from studio.emulator.choices import Choices
from studio.emulator.dialects.gateway.answers import NO_CLIP, UNFIT, UNKNOWN, refuse, too_poor
from studio.emulator.dialects.gateway.clip import Clip
from studio.emulator.dialects.gateway.clips import Clips
from studio.emulator.faults import Fault
from studio.emulator.house import House

NAME = "gateway"
UNFINISHED = "The clip is not finished yet."


@dataclass(frozen=True, slots=True)
class Desk:
    """One account of the vendor."""

    house: House
    ledger: Ledger
    clips: Clips
    choices: Choices

    def fault(self, operation: str) -> Fault | None:
        """Return what is to go wrong with the work of this call."""
        return self.house.faults.take(NAME, operation, at_work=True)

    def finished(self, clip_id: str) -> tuple[Clip, str]:
        """Return a clip that can be worked on, and the id of its sound at the house.

        Raises
        ------
        TurnedAway
            If there is none, or it is not finished: guessed.
        """
        clip = self.clips.find(clip_id)
        if clip is None:
            raise refuse(UNKNOWN, NO_CLIP)
        sound = self.clips.sound(clip)
        if sound is None:
            raise refuse(UNFIT, UNFINISHED)
        return clip, sound


def open_desk(house: House) -> Desk:
    """Open the books of the account."""
    folder = house.data / NAME
    ledger = Ledger(folder / "account", credits=house.credits, refusal=too_poor)
    choices = Choices(
        mixed=("refused", "partial", "served"),
        feed=("object", "list"),
        lyrics_status=("off", "on"),
    )
    return Desk(house, ledger, Clips(folder, house, ledger), choices)
