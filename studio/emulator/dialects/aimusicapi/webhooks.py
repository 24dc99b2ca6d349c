"""Webhooks: what the vendor tells a caller by itself, signed, as often as it takes.

Headers and signature are documented. How often and after what pauses the vendor tries again is not:
`WAITS` is guessed.
"""

import hashlib
import hmac
import json
import logging
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from queue import SimpleQueue
from threading import Lock, Thread, Timer
from typing import Any
from urllib.parse import SplitResult, urlsplit

from studio.emulator.dialects.aimusicapi.errors import unfit
from studio.emulator.dialects.aimusicapi.post import post
from studio.emulator.door import TurnedAway
from studio.emulator.faults import Fault, Faults
from studio.songs import Value

OPERATION = "webhook"
"""Where faults wait for what is sent."""
STREAMING, COMPLETED, FAILED = "song.streaming", "song.completed", "song.failed"
LONGEST_URL = 1024
WAITS = (1.0, 5.0, 30.0)
"""Seconds before it is tried again."""
STALE_SECONDS = 3600
_LANES = 4

_log = logging.getLogger(__name__)

Post = Callable[[str, bytes, Mapping[str, str]], int]
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
    id: str
    fault: Fault | None = None


class Sender:
    """Tells callers, beside all other work and one after the other for each address."""

    def __init__(
        self,
        faults: Faults,
        dialect: str,
        *,
        clock: Callable[[], float],
        account_secret: str,
        waits: Sequence[float] = WAITS,
        post: Post = post,
    ) -> None:
        self._faults = faults
        self._dialect = dialect
        self._clock = clock
        self._account_secret = account_secret
        self._waits = tuple(waits)
        self._post = post
        self._lock = Lock()
        self._lanes: list[SimpleQueue[tuple[Letter, int]]] = []

    def tell(self, url: str, secret: str, event: str, body: Mapping[str, Any]) -> None:
        """Tell `url` that `event` came about; returns at once.

        Parameters
        ----------
        secret
            What it is signed with; empty is the secret of the account.
        event
            `song.streaming`, `song.completed` or `song.failed`.
        body
            As documented for the platform, with `task_id`, `platform` and `event`.
        """
        raw = json.dumps(body, ensure_ascii=False).encode()
        fault = self._faults.take_told(self._dialect, OPERATION)
        letter = Letter(
            url, secret or self._account_secret, event, raw, f"wh_{uuid.uuid4().hex}", fault
        )
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
        with self._lock:
            if not self._lanes:
                self._lanes = [_lane(self._deliver) for _ in range(_LANES)]
        self._lanes[hash(letter.url) % _LANES].put((letter, tries))

    def _later(self, seconds: float, letter: Letter, tries: int) -> None:
        timer = Timer(seconds, self._send, (letter, tries))
        timer.daemon = True
        timer.start()

    def _deliver(self, letter: Letter, tries: int) -> None:
        headers = dict(sign(letter, int(self._clock())))
        try:
            status = self._post(letter.url, letter.body, headers)
        except OSError as trouble:
            status = 0
            _log.info("%s was not told: %s", letter.url, trouble)
        if not 200 <= status < 300 and tries < len(self._waits):  # noqa: PLR2004 - "good", to HTTP
            self._later(self._waits[tries], letter, tries + 1)


def read_address(
    body: Mapping[str, Any], *, unfit: Callable[[str], TurnedAway] = unfit
) -> Address | None:
    """Read where a request wants to be told; `None` if it does not.

    Parameters
    ----------
    unfit
        How the family refuses a field.

    Raises
    ------
    TurnedAway
        If it is no https address of up to 1024 characters. Of http, only addresses of this machine
        will do: the vendor has no such exception, but nobody could practise without it.
    """
    url, secret = body.get("webhook_url"), body.get("webhook_secret")
    if not isinstance(secret, str | None):
        raise unfit("The 'webhook_secret' field should be string.")  # guessed
    if url is None or url == "":
        return None
    # The texts are guessed.
    if not isinstance(url, str) or not _is_sendable(url):
        raise unfit("The 'webhook_url' field should be a valid HTTPS URL.")
    if len(url) > LONGEST_URL:
        raise unfit(f"The webhook_url character length should be less than {LONGEST_URL}.")
    return Address(url=url, secret=secret or "")


def sign(letter: Letter, now: int) -> Iterator[tuple[str, str]]:
    """Return the headers of a letter, with what its fault does to them.

    Parameters
    ----------
    now
        Seconds since 1970.
    """
    kind = letter.fault.kind if letter.fault else None
    secret = letter.secret + ("-of-somebody-else" if kind == "forged" else "")
    yield "Content-Type", "application/json"
    if kind == "old-signature":
        yield "X-Signature", _hmac(secret, letter.body)
        return
    timestamp = str(now - STALE_SECONDS if kind == "stale" else now)
    yield "X-Webhook-Id", letter.id
    yield "X-Webhook-Event", letter.event
    yield "X-Webhook-Timestamp", timestamp
    yield "X-Webhook-Signature", f"sha256={_hmac(secret, timestamp.encode() + b'.' + letter.body)}"
    yield "Idempotency-Key", letter.id


def _hmac(secret: str, content: bytes) -> str:
    return hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()


def _is_sendable(url: str) -> bool:
    try:
        split = urlsplit(url)
        host, _ = split.hostname, split.port
    except ValueError:
        return False
    if not host or not url.isascii() or any(sign.isspace() for sign in url):
        return False
    return split.scheme == "https" or (split.scheme == "http" and _is_here(split))


def _is_here(split: SplitResult) -> bool:
    try:
        return ip_address(split.hostname or "").is_loopback
    except ValueError:
        return split.hostname == "localhost"


def _lane(deliver: Callable[[Letter, int], None]) -> SimpleQueue[tuple[Letter, int]]:
    queue: SimpleQueue[tuple[Letter, int]] = SimpleQueue()

    def run() -> None:
        while True:
            deliver(*queue.get())

    Thread(target=run, daemon=True).start()
    return queue
