"""Letters: what a vendor tells a caller by itself, as often as it takes.

Faults wait here for what is told; how a letter is signed, and which answer will do, is the
dialect's to say.
"""

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Timer
from typing import Any, TypeAlias
from uuid import uuid4

from studio.emulator.account.lanes import Lanes
from studio.emulator.account.post import post
from studio.emulator.faults import Fault, Faults
from studio.songs import Value

STALE_SECONDS = 3600
"""How old a letter seems that is `stale`."""
_LANES = 4

_log = logging.getLogger(__name__)

Post: TypeAlias = Callable[[str, bytes, Mapping[str, str]], int]
"""Sends a body to an address and returns the status; raises `OSError` when nobody answers."""


class Address(Value):
    """Where a caller wants to be told."""

    url: str
    secret: str = ""
    """What the caller will check the signature with; empty is the secret of the account."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One telling; tried again, it keeps its id."""

    url: str
    secret: str
    event: str
    body: bytes
    id: str = field(default_factory=lambda: f"wh_{uuid4().hex}")
    fault: Fault | None = None


class Sender:
    """Tells callers, beside all other work and one after the other for each address."""

    def __init__(
        self,
        take_fault: Callable[[], Fault | None],
        sign: Callable[[Letter], Iterable[tuple[str, str]]],
        *,
        waits: Sequence[float],
        is_good: Callable[[int], bool],
        post: Post = post,
    ) -> None:
        """Open the post office.

        Parameters
        ----------
        take_fault
            Gives what is to go wrong with the next letter.
        sign
            Gives the headers of a letter each time that it is sent, with what its fault does.
        waits
            Seconds before it is tried again.
        is_good
            Whether a letter that was answered with this status has arrived.
        """
        self._take_fault = take_fault
        self._sign = sign
        self._waits = tuple(waits)
        self._is_good = is_good
        self._post = post
        self._lanes = Lanes(_LANES, self._deliver)

    def tell(self, url: str, secret: str, event: str, body: Mapping[str, Any]) -> None:
        """Tell `url` that `event` came about; returns at once."""
        raw = json.dumps(body, ensure_ascii=False).encode()
        fault = self._take_fault()
        letter = Letter(url, secret, event, raw, fault=fault)
        match fault.kind if fault else None:
            case "lost":
                return
            case "slow":
                assert fault is not None
                self._later(fault.seconds, letter, 0)
            case "twice":
                self._send(letter, 0)
                self._send(letter, 0)
            case _:
                self._send(letter, 0)

    def _send(self, letter: Letter, tries: int) -> None:
        self._lanes.put(letter.url, (letter, tries))

    def _later(self, seconds: float, letter: Letter, tries: int) -> None:
        timer = Timer(seconds, self._send, (letter, tries))
        timer.daemon = True
        timer.start()

    def _deliver(self, sending: tuple[Letter, int]) -> None:
        letter, tries = sending
        try:
            status = self._post(letter.url, letter.body, dict(self._sign(letter)))
        except OSError as trouble:
            status = 0
            _log.info("%s was not told: %s", letter.url, trouble)
        if not self._is_good(status) and tries < len(self._waits):
            self._later(self._waits[tries], letter, tries + 1)


def told_of(faults: Faults, dialect: str, operation: str) -> Callable[[], Fault | None]:
    """Return what gives the next fault of that which a dialect tells."""
    return lambda: faults.take_told(dialect, operation)
