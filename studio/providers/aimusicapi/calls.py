"""Calls: what the vendor tells by itself, and how to know that it was the vendor.

Signed in two generations: `X-Webhook-Signature` over time and body, and before that `X-Signature`
over the body alone. A call that carries the newer one is judged by it only.
"""

import hashlib
import hmac
import json
from typing import Any

from studio.errors import CallRefused
from studio.providers.aimusicapi.answers import WHO
from studio.providers.aimusicapi.families import Family, marked
from studio.providers.lenient import as_text
from studio.providers.materials import Call, News

EVENTS = {"song.streaming", "song.completed", "song.failed"}
PLATFORMS = {
    "suno": Family.SONIC,
    "sonic": Family.SONIC,
    "": Family.SONIC,
    "producer": Family.PRODUCER,
    "nuro": Family.NURO,
    "riffusion": Family.RIFFUSION,
}
WINDOW_SECONDS = 300.0


def heard(call: Call) -> News | None:
    """Return what a genuine call tells; `None` if that is nothing of interest.

    Raises
    ------
    CallRefused
        If it is not signed with our secret, or too old.
    """
    _check_signature(call)
    told = _told(call.body)
    event = call.headers.get("x-webhook-event") or as_text(told.get("event"))
    task = as_text(told.get("task_id")).strip()
    family = PLATFORMS.get(as_text(told.get("platform")))
    if event not in EVENTS or not task or family is None:
        return None
    return News(id=_id(call), remote=marked(family, task), told=json.dumps(told | {"event": event}))


def family_told(told: str, otherwise: Family) -> Family:
    """Return of which family a call tells."""
    platform = as_text(_told(told.encode()).get("platform"))
    return PLATFORMS.get(platform, otherwise) if platform else otherwise


def _check_signature(call: Call) -> None:
    if not call.secret:
        raise CallRefused("A call came to an address without a secret. It is not read.")
    newer = call.headers.get("x-webhook-signature", "")
    older = call.headers.get("x-signature", "")
    if newer:
        _check_time(call)
        stamp = call.headers["x-webhook-timestamp"].encode()
        genuine = _is_signed(newer, call.secret, stamp + b"." + call.body)
    else:
        genuine = bool(older) and _is_signed(older, call.secret, call.body)
    if not genuine:
        raise CallRefused(f"A call is not signed as {WHO} signs. It is not read.")


def _check_time(call: Call) -> None:
    try:
        stamp = float(call.headers.get("x-webhook-timestamp", ""))
    except ValueError:
        stamp = float("nan")
    # Not a number compares as false, and so is refused too.
    if not abs(call.at.timestamp() - stamp) <= WINDOW_SECONDS:
        raise CallRefused(f"A call from {WHO} is not of these five minutes. It is not read.")


def _is_signed(signature: str, secret: str, message: bytes) -> bool:
    wanted = hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
    given = signature.strip().lower().removeprefix("sha256=")
    return hmac.compare_digest(given.encode(), wanted.encode())


def _told(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _id(call: Call) -> str:
    """Return the vendor's id of this call; the same body is the same news where it has none."""
    named = call.headers.get("x-webhook-id") or call.headers.get("idempotency-key")
    return named or hashlib.sha256(call.body).hexdigest()
