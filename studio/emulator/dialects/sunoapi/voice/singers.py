"""Singers: voices that were kept, by the ids under which callers sing with them."""

import uuid
from pathlib import Path
from threading import Lock

from studio.emulator.books import Book, Record
from studio.emulator.house import House
from studio.engine.persona import Persona


class Singer(Record):
    """A persona or a voice."""

    house: str
    """Its id at the house."""
    song: str = ""
    """Of a persona: the song that it was taken from."""
    task: str = ""
    """Of a voice: the task that made it."""


class Singers:
    """The book of all that sing."""

    def __init__(self, folder: Path, house: House) -> None:
        self._house = house
        self._book = Book(folder, Singer)
        self._lock = Lock()

    def find(self, singer_id: str) -> Persona | None:
        """Return a voice for the band, or `None`."""
        singer = self._book.find(singer_id)
        return self._house.personas.find(singer.house) if singer else None

    def of_song(self, song: str) -> Singer | None:
        """Return the persona that was taken from a song."""
        return next((each for each in self._book if song and each.song == song), None)

    def of_task(self, task: str, order: str) -> Singer:
        """Return the voice that a task made, which is kept now if it was not."""
        # Whoever looks and whoever is told may come at the same time.
        with self._lock:
            known = next((each for each in self._book if each.task == task), None)
            return known or self.keep(order, task=task)

    def keep(self, order: str, *, song: str = "", task: str = "") -> Singer:
        """Keep the persona that an order made."""
        house = self._house.personas.of_take(order)
        assert house is not None
        singer = Singer(id=uuid.uuid4().hex, house=house, song=song, task=task)
        self._book.save(singer)
        return singer
