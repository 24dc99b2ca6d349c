"""Backstage: the emulator of this data folder, one process for all that use the folder.

Whoever needs it first starts it on a free port with a fresh key, and writes down where; others find
it there, and start it anew when it is gone. Who started it stops it.
"""

import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from typing import IO

from studio.disk import locked, read_json, write_json
from studio.errors import NotTaken
from studio.providers.wire import answers
from studio.settings import Settings

KEY_VARIABLE = "STUDIO_EMULATOR_KEY"
LISTENING = "Listening on "
START_SECONDS = 20.0
STOP_SECONDS = 2.0
TRUST_SECONDS = 1.0
"""How long an answer that it is well stays good."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the emulator listens, and the key that every dialect of it takes."""

    url: str
    key: str = field(repr=False)


class Backstage:
    """The emulator of one data folder."""

    def __init__(
        self,
        settings: Settings,
        *,
        is_up: Callable[[str, str], bool] = answers,
        command: tuple[str, ...] = (sys.executable, "-m", "studio", "emulator"),
    ) -> None:
        self._settings = settings
        self._is_up = is_up
        self._command = command
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._known: Address | None = None
        self._seen = 0.0

    def address(self) -> Address:
        """Return where the emulator listens, starting it where there is none.

        Raises
        ------
        NotTaken
            If it does not come up.
        """
        with self._lock:
            fresh = time.monotonic() - self._seen < TRUST_SECONDS
            if self._known is None or not (fresh or self._is_well(self._known)):
                with locked(self._settings.backstage.with_suffix(".lock")):
                    self._known = self._found() or self._started()
            self._seen = time.monotonic()
            return self._known

    def close(self) -> None:
        """Stop the emulator, if it was started here."""
        with self._lock:
            process, self._process, self._known = self._process, None, None
        if process is not None:
            _end(process)

    def _is_well(self, address: Address) -> bool:
        if self._process is not None:
            return self._process.poll() is None
        return self._is_up(address.url, address.key)

    def _found(self) -> Address | None:
        told = read_json(self._settings.backstage, {})
        if not isinstance(told, dict) or not {"url", "key"} <= told.keys():
            return None
        address = Address(str(told["url"]), str(told["key"]))
        return address if self._is_up(address.url, address.key) else None

    def _started(self) -> Address:
        key = secrets.token_urlsafe(24)
        folder = self._settings.emulator
        folder.mkdir(parents=True, exist_ok=True)
        if self._process is not None:
            _end(self._process)
        self._process = process = self._spawned(folder, key)
        address = Address(_address_told_by(process, folder), key)
        told = {"url": address.url, "key": key, "pid": process.pid}
        write_json(self._settings.backstage, told, private=True)
        return address

    def _spawned(self, folder: Path, key: str) -> subprocess.Popen[str]:
        # The key travels in the environment: arguments show in the process list. When we are gone,
        # however that came, its standard input closes and it goes too.
        options = ("--port", "0", "--data", str(folder), "--parent-watch")
        with (folder / "emulator.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own command
                [*self._command, *options],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, "PYTHONPATH": _paths(), KEY_VARIABLE: key},
            )


def _paths() -> str:
    """Let it find this very studio, installed or not, wherever we were started from."""
    here = str(Path(__file__).resolve().parents[1])
    return os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))


def _address_told_by(process: subprocess.Popen[str], folder: Path) -> str:
    """Wait for the line that says where it listens."""
    told: Queue[str] = Queue()
    assert process.stdout is not None
    threading.Thread(target=_listen, args=(process.stdout, told), daemon=True).start()
    try:
        url = told.get(timeout=START_SECONDS)
    except Empty:
        url = ""
    if not url:
        process.kill()
        raise NotTaken(
            "The house band does not come on stage. "
            f"What stopped it is written in {folder / 'emulator.log'}."
        )
    return url


def _listen(lines: IO[str], told: Queue[str]) -> None:
    """Pass on the address, or nothing at the end; read on, so that the pipe never fills."""
    with lines:
        for line in lines:
            if line.startswith(LISTENING):
                told.put(line.removeprefix(LISTENING).strip())
    told.put("")


def _end(process: subprocess.Popen[str]) -> None:
    """Let it go by closing its standard input; make it go when it stays."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
