"""Webhooks: what the vendor tells a caller by itself, and how it signs it.

Headers and signature are documented. How often and after what pauses the vendor tries again is not:
`WAITS` is guessed.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from studio.emulator.account.letters import STALE_SECONDS, Address, Letter, Post, Sender, told_of
from studio.emulator.account.post import is_sendable, post
from studio.emulator.dialects.aimusicapi.errors import unfit
from studio.emulator.door import TurnedAway
from studio.emulator.faults import Faults

OPERATION = "webhook"
"""Where faults wait for what is sent."""
STREAMING, COMPLETED, FAILED = "song.streaming", "song.completed", "song.failed"
LONGEST_URL = 1024
WAITS = (1.0, 5.0, 30.0)
"""Seconds before it is tried again."""


def open_sender(
    faults: Faults,
    dialect: str,
    *,
    clock: Callable[[], float],
    account_secret: str,
    waits: Sequence[float] = WAITS,
    post: Post = post,
) -> Sender:
    """Return who tells callers; what brings no secret is signed with that of the account."""
    return Sender(
        told_of(faults, dialect, OPERATION),
        partial(sign, clock=clock, account_secret=account_secret),
        waits=waits,
        is_good=lambda status: 200 <= status < 300,  # noqa: PLR2004 - "good", to HTTP
        post=post,
    )


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
    if not isinstance(url, str) or not is_sendable(url):
        raise unfit("The 'webhook_url' field should be a valid HTTPS URL.")
    if len(url) > LONGEST_URL:
        raise unfit(f"The webhook_url character length should be less than {LONGEST_URL}.")
    return Address(url=url, secret=secret or "")


def sign(
    letter: Letter, *, clock: Callable[[], float], account_secret: str
) -> Iterator[tuple[str, str]]:
    """Return the headers of a letter, with what its fault does to them."""
    kind = letter.fault.kind if letter.fault else None
    secret = (letter.secret or account_secret) + ("-of-somebody-else" if kind == "forged" else "")
    yield "Content-Type", "application/json"
    if kind == "old-signature":
        yield "X-Signature", _hmac(secret, letter.body)
        return
    now = int(clock())
    timestamp = str(now - STALE_SECONDS if kind == "stale" else now)
    yield "X-Webhook-Id", letter.id
    yield "X-Webhook-Event", letter.event
    yield "X-Webhook-Timestamp", timestamp
    yield "X-Webhook-Signature", f"sha256={_hmac(secret, timestamp.encode() + b'.' + letter.body)}"
    yield "Idempotency-Key", letter.id


def _hmac(secret: str, content: bytes) -> str:
    return hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
