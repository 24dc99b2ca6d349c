"""The account: charged when a task is accepted, refunded when it comes to nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from studio.emulator.books import Book, Record
from studio.emulator.dialects.aimusicapi.errors import NO_CREDITS, say
from studio.emulator.door import TurnedAway
from studio.songs import Value

_ONLY = "account"


class Paid(Value):
    """From where a price was taken."""

    credits: int = 0
    extra_credits: int = 0


class Account(Record):
    """What is left: by subscription, and bought on top."""

    credits: int
    extra_credits: int = 0


class Ledger:
    """The one account of this emulator."""

    def __init__(self, folder: Path, *, credits: int) -> None:  # noqa: A002 - the vendor's word
        self._lock = RLock()
        self._book = Book(folder, Account)
        if self._book.find(_ONLY) is None:
            self._book.save(Account(id=_ONLY, credits=credits))

    @property
    def account(self) -> Account:
        """What is left now."""
        account = self._book.find(_ONLY)
        assert account is not None
        return account

    def charge(self, price: int) -> Paid:
        """Take `price`, from what was bought on top first.

        Raises
        ------
        TurnedAway
            If there is too little.
        """
        with self._lock:
            account = self.account
            if account.credits + account.extra_credits < price:
                raise TurnedAway(say(403, "insufficient_credits", NO_CREDITS))
            extra = min(price, account.extra_credits)
            paid = Paid(credits=price - extra, extra_credits=extra)
            self._move(paid, -1)
            return paid

    @contextmanager
    def charging(self, price: int) -> Iterator[Paid]:
        """Take `price` for what is done inside, and put it back if that comes to nothing.

        Raises
        ------
        TurnedAway
            If there is too little.
        """
        paid = self.charge(price)
        try:
            yield paid
        except BaseException:
            self.refund(paid)
            raise

    def top_up(self, extra_credits: int) -> None:
        """Add what is bought on top."""
        self._move(Paid(extra_credits=extra_credits), 1)

    def refund(self, paid: Paid) -> None:
        """Put back what was taken."""
        self._move(paid, 1)

    def _move(self, paid: Paid, sign: int) -> None:
        with self._lock:
            account = self.account
            self._book.save(
                Account(
                    id=_ONLY,
                    credits=account.credits + sign * paid.credits,
                    extra_credits=account.extra_credits + sign * paid.extra_credits,
                )
            )
