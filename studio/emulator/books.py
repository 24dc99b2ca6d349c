"""Books: what an emulator must still know after a restart, as one JSON file for each record.

A file is written aside and renamed, so that a power cut leaves the old one or the new one.
"""

import logging
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from pydantic import ValidationError

from studio.disk import settle
from studio.songs import Value

_log = logging.getLogger(__name__)


class Record(Value):
    """Anything that is written into a book."""

    id: str
    """Also the name of its file, so never anything that a caller chose."""


R = TypeVar("R", bound=Record)


class Book(Generic[R]):
    """All records of one kind, by id, in the order of their files' age."""

    def __init__(self, folder: Path, kind: type[R]) -> None:
        self._folder = folder
        self._pen = Lock()
        folder.mkdir(parents=True, exist_ok=True)
        read = (_read(path, kind) for path in sorted(folder.glob("*.json"), key=_age))
        self._records = {record.id: record for record in read if record is not None}

    def __iter__(self) -> Iterator[R]:
        return iter(tuple(self._records.values()))

    def find(self, record_id: str) -> R | None:
        """Return the record of this id, or `None`."""
        return self._records.get(record_id)

    def save(self, record: R) -> None:
        """Keep `record` on disk, and then in memory: what is told of it would outlive a power cut.

        On a disk that is full it is kept in memory all the same.
        """
        path = self._path(record.id)
        aside = path.with_suffix(".part")
        # Two who write the same page at once would take it away from each other.
        with self._pen:
            try:
                aside.write_text(record.model_dump_json(), encoding="utf-8")
                settle(aside, path)
            finally:
                self.remember(record)

    def remember(self, record: R) -> None:
        """Keep `record` in memory only: for what changes often and is no loss."""
        self._records[record.id] = record

    def forget(self, record_id: str) -> None:
        """Remove a record from memory and from disk."""
        self._records.pop(record_id, None)
        self._path(record_id).unlink(missing_ok=True)

    def _path(self, record_id: str) -> Path:
        return self._folder / f"{record_id}.json"


def _read(path: Path, kind: type[R]) -> R | None:
    try:
        return kind.model_validate_json(path.read_bytes())
    except ValidationError:
        _log.warning("%s is not readable as %s and is left out.", path.name, kind.__name__)
        return None


def _age(path: Path) -> int:
    return path.stat().st_mtime_ns
