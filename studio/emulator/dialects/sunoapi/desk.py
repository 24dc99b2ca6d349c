"""The desk: what all counters of sunoapi.org share."""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request

from studio.emulator.account.callbacks import Callbacks
from studio.emulator.account.ledger import Ledger
from studio.emulator.account.letters import STALE_SECONDS, Letter, Sender, told_of
from studio.emulator.account.post import post
from studio.emulator.choices import Choices
from studio.emulator.dialects.sunoapi.body import Body, read_body
from studio.emulator.dialects.sunoapi.music.asked import forms_of
from studio.emulator.dialects.sunoapi.music.sources import Source, Sources
from studio.emulator.dialects.sunoapi.speech import OK, UPSTREAM, Speech
from studio.emulator.dialects.sunoapi.task import Commission, Task
from studio.emulator.dialects.sunoapi.tasks import Tasks
from studio.emulator.faults import Fault
from studio.emulator.house import House
from studio.emulator.orders import BandTake, TakeState
from studio.emulator.waiting import made
from studio.emulator.works import Work

NAME = "sunoapi"
CALLBACK = "callback"
"""Where faults wait for what is told."""
UNKNOWN = "Record does not exist"
WAITS = (1.0, 5.0, 30.0)
"""Seconds before a callback is tried again; three are documented, the pauses are guessed."""
PATIENCE_SECONDS = 15.0
"""How long a callback may take to be answered."""
SWITCHES = {
    "edition": ("any", "3", "4", "5"),
    "family": ("A", "B"),
    "statuses": ("200", "real"),
    "limit": ("on", "off"),
    "stages": ("all", "no text", "last"),
    "stream": ("early", "empty"),
    "sound": ("link", "stream only"),
    "ending": ("told", "callback exception"),
    "members": ("live", "documented"),
    "dates": ("live", "documented"),
    "signed": ("no", "yes"),
}
"""How the vendor's servers differ; each stands as its first says."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One account of the vendor."""

    house: House
    choices: Choices
    speech: Speech
    ledger: Ledger
    tasks: Tasks
    sources: Sources

    async def read(self, request: Request, endpoint: str) -> Body:
        """Read the body of a call, and see that all is there that its endpoint needs.

        Raises
        ------
        TurnedAway
            If it is not, in every edition that holds.
        """
        body = await read_body(request, self.speech)
        forms = forms_of(body, endpoint, self.choices["edition"])
        body.need(forms[-1].needs)
        return body

    def fault(self, operation: str) -> Fault | None:
        """Return what is to go wrong with the work of this call."""
        return self.house.faults.take(NAME, operation, at_work=True)

    def submit(self, request: Request, commission: Commission) -> Task:
        """Charge for some work, and take it.

        Raises
        ------
        TurnedAway
            If there are too few credits.
        """
        return self.tasks.take(commission, self.fault(commission.operation), request)

    def song(self, body: Body, unknown: str = UNKNOWN) -> Source:
        """Return the finished song that a body names by `taskId` and `audioId`.

        Raises
        ------
        TurnedAway
            If there is none; `unknown` is the text.
        """
        source = self.sources.song(body.text("taskId"), body.text("audioId"))
        if source is None:
            raise self.speech.unfit(unknown)
        return source

    async def done(self, work: Work, operation: str) -> tuple[str, BandTake]:
        """Let the band do one work, wait for it, and return the order's id and its take.

        Raises
        ------
        TurnedAway
            If it comes to nothing: for a fault, because the band cannot, or in too long a time.
        """
        if self.fault(operation) is not None:
            raise self.speech.refused(UPSTREAM)
        done = await made(self.house.band, work)
        if done is None or done[1].state is not TakeState.FINISHED:
            why = done[1].reason if done else None
            raise self.speech.refused(UPSTREAM.saying(why or UPSTREAM.text))
        return done


def open_desk(house: House) -> Desk:
    """Open the books of the account."""
    folder = house.data / NAME
    choices = Choices(**SWITCHES)
    speech = Speech(choices, key=house.key, clock=house.clock)
    ledger = Ledger(folder / "account", credits=float(house.credits), refusal=speech.no_credits)
    sender = _open_sender(house, choices, WAITS)
    callbacks = Callbacks(folder / "callbacks", sender, last=("complete", "error"))
    tasks = Tasks(house, folder / "tasks", ledger, callbacks)
    return Desk(house, choices, speech, ledger, tasks, Sources(house, tasks))


def _post_patiently(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    return post(url, body, headers, patience=PATIENCE_SECONDS)


def _open_sender(house: House, choices: Choices, waits: tuple[float, ...]) -> Sender:
    """Return who tells callers."""
    return Sender(
        told_of(house.faults, NAME, CALLBACK),
        partial(_headers, choices=choices, key=house.key, clock=house.clock),
        waits=waits,
        is_good=lambda status: status == OK,
        post=_post_patiently,
    )


def _headers(
    letter: Letter, *, choices: Choices, key: str, clock: Callable[[], float]
) -> Iterator[tuple[str, str]]:
    """Return the headers of a letter; signed, as the twin does it, only where a switch says so."""
    yield "Content-Type", "application/json"
    if choices["signed"] == "no":
        return
    kind = letter.fault.kind if letter.fault else None
    secret = key + ("-of-somebody-else" if kind == "forged" else "")
    timestamp = str(int(clock()) - (STALE_SECONDS if kind == "stale" else 0))
    signed = f"{letter.secret}.{timestamp}".encode()
    yield "X-Webhook-Timestamp", timestamp
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    yield "X-Webhook-Signature", b64encode(digest).decode()
