"""How small files are written: aside, then renamed; and one writer at a time.

A reader sees the old file or the new one, never half of either, whichever process is writing and
wherever the power fails.
"""

import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def read_json(path: Path, default: Any) -> Any:
    """Read what `path` holds, or `default` where there is nothing readable."""
    try:
        return json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return default


def write_json(path: Path, content: Any, *, private: bool = False) -> None:
    """Replace the file at `path`; a `private` one is never readable by others, not even aside."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    mode = 0o600 if private else 0o644
    # The mode comes with the name, before the first byte.
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=2)
        settle(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def settle(aside: Path, path: Path) -> None:
    """Give the finished file `aside` its name, once its bytes are surely on the disk."""
    with aside.open("rb+") as file:
        os.fsync(file.fileno())
    aside.replace(path)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep every other process and thread out; the system lets go when the holder dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file, held(file):
        yield


@contextmanager
def held(file: IO[bytes]) -> Iterator[None]:
    """Do the same by a file that is open already, for whom opening one each time costs too much.

    Threads that share the open file are not kept apart.
    """
    _lock(file)
    try:
        yield
    finally:
        _unlock(file)


if sys.platform == "win32":

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)

    def _unlock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
