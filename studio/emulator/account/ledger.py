"""The ledger: an account that is charged when work is taken, and paid back when that fails."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from studio.emulator.books import Book, Record
from studio.songs import Value

_ONLY = "account"


class Paid(Value):
    """From where a price was taken, in the vendor's unit."""

    credits: int | float = 0
    extra_credits: int | float = 0


class Account(Record):
    """What is left: by subscription, and bought on top."""

    credits: int | float
    extra_credits: int | float = 0


class Ledger:
    """The one account that a dialect has."""

    def __init__(
        self,
        folder: Path,
        *,
        credits: float,  # noqa: A002 - the vendors' word
        refusal: Callable[[], Exception],
    ) -> None:
        """Open the book in `folder`; `refusal` is what a vendor says when there is too little."""
        self._lock = RLock()
        self._refusal = refusal
        self._book = Book(folder, Account)
        if self._book.find(_ONLY) is None:
            self._book.save(Account(id=_ONLY, credits=credits))

    @property
    def account(self) -> Account:
        """What is left now."""
        account = self._book.find(_ONLY)
        assert account is not None
        return account

    def charge(self, price: float) -> Paid:
        """Take `price`, from what was bought on top first.

        Raises
        ------
        Exception
            The vendor's refusal, if there is too little.
        """
        with self._lock:
            account = self.account
            if account.credits + account.extra_credits < price:
                raise self._refusal()
            extra = min(price, account.extra_credits)
            paid = Paid(credits=price - extra, extra_credits=extra)
            self._move(paid, -1)
            return paid

    @contextmanager
    def charging(self, price: float) -> Iterator[Paid]:
        """Take `price` for what is done inside, and put it back if that comes to nothing.

        Raises
        ------
        Exception
            The vendor's refusal, if there is too little.
        """
        paid = self.charge(price)
        try:
            yield paid
        except BaseException:
            self.refund(paid)
            raise

    def top_up(self, extra_credits: float) -> None:
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
                    # So that tenths stay tenths.
                    credits=round(account.credits + sign * paid.credits, 6),
                    extra_credits=round(account.extra_credits + sign * paid.extra_credits, 6),
                )
            )
