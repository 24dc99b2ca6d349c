"""The desk: what all counters of the AI Music API share."""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.account.callbacks import Callbacks
from studio.emulator.account.ledger import Ledger
from studio.emulator.account.letters import Address
from studio.emulator.dialects.aimusicapi.answers import submitted
from studio.emulator.dialects.aimusicapi.clips import Clips
from studio.emulator.dialects.aimusicapi.dates import Calendar
from studio.emulator.dialects.aimusicapi.errors import TIMED_OUT, no_credits, say, say_lost
from studio.emulator.dialects.aimusicapi.profile import Profile
from studio.emulator.dialects.aimusicapi.task import Commission, Task
from studio.emulator.dialects.aimusicapi.tasks import Tasks
from studio.emulator.dialects.aimusicapi.webhooks import COMPLETED, FAILED, open_sender
from studio.emulator.door import TurnedAway, home_of
from studio.emulator.faults import Fault
from studio.emulator.house import House
from studio.emulator.orders import Order, TakeState
from studio.emulator.pace import Seen
from studio.emulator.waiting import TICK_SECONDS, made
from studio.emulator.works import Work

NAME = "aimusicapi"


@dataclass(frozen=True, slots=True)
class Desk:
    """One account of the vendor: its tasks and clips, its credits, and who wants to be told."""

    house: House
    calendar: Calendar
    clips: Clips
    ledger: Ledger
    tasks: Tasks
    callbacks: Callbacks

    @property
    def profile(self) -> Profile:
        """What holds now."""
        return self.calendar.now

    def fault(self, operation: str) -> Fault | None:
        """Return what is to go wrong with the work of this call."""
        return self.house.faults.take(NAME, operation, at_work=True)

    def spoil(self, operation: str) -> None:
        """Return if nothing is to go wrong with the work of a call that answers at once.

        Raises
        ------
        TurnedAway
            With what the vendor says of work that came to nothing.
        """
        fault = self.fault(operation)
        if fault is not None:
            raise TurnedAway(say_lost(fault))

    async def until_due(self, seconds: float) -> None:
        """Hold an answer back until the vendor would have it, by the pace."""
        began, seen = self.house.clock(), Seen()
        while True:
            age = self.house.clock() - began
            seen = self.house.pace.look(seen, 1, age=age, schedule=(seconds,))
            if seen.step:
                return
            await asyncio.sleep(TICK_SECONDS)

    async def done(self, work: Work, operation: str) -> Order:
        """Let the band do one work, wait for it, and return the order with its one take.

        Raises
        ------
        TurnedAway
            If it comes to nothing: for a fault, because the band cannot, or in too long a time.
        """
        self.spoil(operation)
        done = await made(self.house.band, work)
        order = self.house.band.find(done[0]) if done else None
        if done is None or order is None:
            raise TurnedAway(say(504, "timeout", TIMED_OUT))
        take = done[1]
        if take.state is TakeState.FAILED:
            raise TurnedAway(say(502, "upstream_error", take.reason or "Upstream failed."))
        return order

    def submit(
        self,
        request: Request,
        commission: Commission,
        address: Address | None,
        *,
        operation: str,
    ) -> Response:
        """Charge for some work, hand it over, and say so.

        Parameters
        ----------
        operation
            As faults name it.

        Raises
        ------
        TurnedAway
            If there are too few credits.
        """
        self.tasks.settle()
        task: Task = self.tasks.take(commission, self.fault(operation))
        self.callbacks.ask(commission.platform, task.id, address, home_of(request))
        return submitted(task.id)


def open_desk(house: House) -> Desk:
    """Open the books of the account."""
    folder = house.data / NAME
    clips = Clips(folder / "clips", house)
    ledger = Ledger(folder / "account", credits=house.credits, refusal=no_credits)
    sender = open_sender(house.faults, NAME, clock=house.clock, account_secret=house.key)
    return Desk(
        house=house,
        calendar=Calendar(house.profile),
        clips=clips,
        ledger=ledger,
        tasks=Tasks(house, folder / "tasks", clips, ledger),
        callbacks=Callbacks(folder / "callbacks", sender, last=(COMPLETED, FAILED)),
    )
