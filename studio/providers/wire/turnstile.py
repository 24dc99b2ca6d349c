"""The turnstile: no more calls leave for an account than its vendor takes, whoever sends them.

A vendor that takes twenty calls in ten seconds counts them as they arrive, and nobody here knows
when that is. So a call counts from the moment it leaves until `seconds` after it was answered,
which is never too short: whatever the network does, no stretch of that length sees more calls.

The turns are a few numbers in a small file, so that the server, a command line and all their
threads go through the same one.
"""

import hashlib
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import finalize

from studio.disk import held
from studio.errors import NoTurn
from studio.providers.limits import Rate

LONGEST_CALL_SECONDS = 120.0
"""For how long a turn is kept for a call that never says how it ended: its process is gone."""


class Turnstile:
    """The turns of one account. May be used from several threads and processes of one machine.

    Parameters
    ----------
    file
        Where the turns are kept.
    rate
        How many calls the vendor takes in any stretch of time.
    who
        Whom the calls go to, for sentences.
    clock
        Tells seconds since some moment that is the same for all processes of this machine.
    pause
        Waits so many seconds.
    """

    def __init__(
        self,
        file: Path,
        rate: Rate,
        *,
        who: str,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], object] | None = None,
    ) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Held open: opening it for each call would cost as much as all the rest.
        self._file = file.open("a+b", buffering=0)
        finalize(self, self._file.close)
        self._mine = threading.Lock()
        self._clock = clock
        self._pause = pause or threading.Event().wait
        self.rate = rate
        self.who = who

    def __repr__(self) -> str:
        return f"Turnstile({self.who!r}, {self.rate!r})"

    @contextmanager
    def turn(self, patience_seconds: float = 0.0) -> Iterator[None]:
        """Let one call through.

        Parameters
        ----------
        patience_seconds
            How long it may wait for its turn.

        Raises
        ------
        NoTurn
            If there is none within that time.
        """
        taken = self._take(patience_seconds)
        try:
            yield
        finally:
            self._give_back(taken)

    def free(self) -> int:
        """Tell how many calls may leave now."""
        with self._turns() as turns:
            return self.rate.calls - len(turns)

    def wait(self, calls: int = 1) -> float:
        """Tell in how many seconds so many calls may leave at once, if nothing is sent till then.

        At most as many are waited for as the vendor takes.
        """
        with self._turns() as turns:
            return self._until_free(turns, min(calls, self.rate.calls))

    def _take(self, patience_seconds: float) -> float:
        while True:
            with self._turns() as turns:
                wait = self._until_free(turns, 1)
                if wait <= 0:
                    taken = self._clock() + LONGEST_CALL_SECONDS + self.rate.seconds
                    turns.append(taken)
                    return taken
            if wait > patience_seconds:
                raise NoTurn(self._sentence(wait), retry_after=wait)
            patience_seconds -= wait
            self._pause(wait)

    def _give_back(self, taken: float) -> None:
        """Count the call from its answer on."""
        with self._turns() as turns:
            if taken in turns:
                turns.remove(taken)
            turns.append(self._clock() + self.rate.seconds)

    def _until_free(self, turns: list[float], calls: int) -> float:
        must_end = len(turns) + calls - self.rate.calls
        return sorted(turns)[must_end - 1] - self._clock() if must_end > 0 else 0.0

    @contextmanager
    def _turns(self) -> Iterator[list[float]]:
        """Open the file: the moments at which the turns that are taken are free again."""
        with self._mine, held(self._file):
            before = self._read()
            now = self._clock()
            # The clock begins anew with the machine; what it says then is of another life.
            latest = now + LONGEST_CALL_SECONDS + self.rate.seconds
            turns = [moment for moment in before if now < moment <= latest]
            yield turns
            if turns != before:
                self._file.truncate(0)
                self._file.write(array("d", turns).tobytes())

    def _read(self) -> list[float]:
        self._file.seek(0)
        content, turns = self._file.read(), array("d")
        # Whoever died in the middle of writing left a piece of a number.
        turns.frombytes(content[: len(content) // turns.itemsize * turns.itemsize])
        return turns.tolist()

    def _sentence(self, wait: float) -> str:
        calls, seconds = self.rate.calls, self.rate.seconds
        return (
            f"{self.who} takes {calls} calls in {seconds:g} s, and those are used up. "
            f"Try again in {max(wait, 1):.0f} s."
        )


class Turnstiles:
    """The turnstiles of a data folder, one for each account."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock
        self._known: dict[tuple[str, Rate], Turnstile] = {}
        self._lock = threading.Lock()

    def of(self, account: str, rate: Rate, *, who: str) -> Turnstile:
        """Return the turnstile of an account, by whatever tells it from others, its key perhaps."""
        name = hashlib.sha256(account.encode()).hexdigest()[:16]
        with self._lock:
            if (name, rate) not in self._known:
                file = self._folder / f"{name}.turns"
                self._known[name, rate] = Turnstile(file, rate, who=who, clock=self._clock)
            return self._known[name, rate]
