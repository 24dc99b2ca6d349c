"""Receipts: what is paid once for a clip and then handed out again for nothing."""

from collections.abc import Callable
from pathlib import Path

from studio.emulator.account.ledger import Ledger, Paid
from studio.emulator.books import Book, Record
from studio.emulator.pace import Seen


class Receipt(Record):
    """Something that was asked about a clip, and paid."""

    operation: str
    clip: str
    detail: str = ""
    """What exactly, where there is a choice."""
    paid: Paid
    made_at: float
    order: str = ""
    """Id at the band, where it has to do something for it."""
    seen: Seen = Seen()


class Receipts:
    """All of them, found by what was asked."""

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self._book = Book(folder, Receipt)
        self._ledger = ledger

    def find(self, operation: str, clip: str, detail: str = "") -> Receipt | None:
        """Return the receipt of the same question, or `None`."""
        asked = (operation, clip, detail)
        return next((r for r in self._book if (r.operation, r.clip, r.detail) == asked), None)

    def of(self, operation: str, clip: str) -> tuple[Receipt, ...]:
        """Return all receipts of an operation on a clip."""
        return tuple(r for r in self._book if (r.operation, r.clip) == (operation, clip))

    def keep(self, receipt: Receipt) -> None:
        """Keep a receipt as it is now."""
        self._book.save(receipt)

    def clear(self, is_known: Callable[[str], bool]) -> None:
        """Throw away those of clips that nobody knows any more."""
        for receipt in self._book:
            if not is_known(receipt.clip):
                self._book.forget(receipt.id)

    def tear_up(self, receipt: Receipt) -> None:
        """Give back what was paid: nothing came of it, and the next time is paid anew."""
        self._book.forget(receipt.id)
        self._ledger.refund(receipt.paid)
