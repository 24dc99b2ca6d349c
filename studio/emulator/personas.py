"""Personas: voices that the band keeps for ever, by the id of the take that made them."""

from pathlib import Path

from studio.emulator.band import Band
from studio.emulator.books import Book, Record
from studio.emulator.orders import TakeState
from studio.engine.persona import Persona, from_json


class Kept(Record):
    """A persona in the book."""

    persona: Persona


class Personas:
    """The band's memory for voices."""

    def __init__(self, folder: Path, band: Band) -> None:
        self._band = band
        self._book = Book(folder, Kept)

    def of_take(self, order_id: str, number: int = 1) -> str | None:
        """Keep the persona that a take made, and return its id; `None` until it is made."""
        kept_id = f"{order_id}-{number}"
        if self._book.find(kept_id) is not None:
            return kept_id
        order = self._band.find(order_id)
        take = order.take(number) if order else None
        if take is None or take.state is not TakeState.FINISHED:
            return None
        path = self._band.file(order_id, number, take.files.get("json", ""))
        if path is None:
            return None
        self._book.save(Kept(id=kept_id, persona=from_json(path.read_bytes())))
        return kept_id

    def find(self, persona_id: str) -> Persona | None:
        """Return a voice, or `None` if the band was never asked to keep it."""
        kept = self._book.find(persona_id)
        return kept.persona if kept else None
