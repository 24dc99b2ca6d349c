"""Guards around every answer: what a browser may load, and how much it may take at once.

Plain ASGI, because a wrapper that buffers answers would hold whole songs in memory.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_RANGE_BYTES = 1024 * 1024
ELSEWHERE = (
    "This studio answers to its own machine only. "
    "To open it to others, start it there with: studio serve --host 0.0.0.0"
)

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_RANGE = re.compile(rb"bytes=(\d+)-(\d*)")


class ThisMachineOnly:
    """Turns away whoever asks from another machine."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes from this machine."""
        if scope["type"] == "lifespan" or is_here(scope.get("client")):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(ELSEWHERE, status_code=403)(scope, receive, send)


class SafeAnswers:
    """Adds `safe_headers` to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, and put the headers on as the answer leaves."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in safe_headers().items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_guarded)


class ShortRanges:
    """Cuts every range that is asked for down to 1 MiB.

    A paused player keeps the answer to its last range half read, and a server cannot end while
    an answer is unfinished. A browser simply asks for the next range.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Shorten the range header on its way in."""
        if scope["type"] == "http":
            headers = [
                (name, shorten(value) if name == b"range" else value)
                for name, value in scope["headers"]
            ]
            scope = {**scope, "headers": headers}
        await self._app(scope, receive, send)


def is_here(client: tuple[str, int] | None) -> bool:
    """Tell whether a peer, as its address and port, is on this machine."""
    if client is None:
        return False
    try:
        address = ip_address(client[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


@cache
def safe_headers() -> Mapping[str, str]:
    """Give the headers by which a browser loads nothing from anywhere but here."""
    policy = (
        "default-src 'self'",
        f"script-src 'self' {_own_scripts()}".strip(),
        # Streamlit writes its styles into the page as it draws.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
    return {
        "content-security-policy": "; ".join(policy),
        "x-content-type-options": "nosniff",
        "x-frame-options": "SAMEORIGIN",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


def _own_scripts() -> str:
    """Name the scripts that Streamlit writes into its page, by their hashes."""
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = _INLINE_SCRIPT.findall(page.read_text(encoding="utf-8"))
    hashes = (b64encode(sha256(script.encode()).digest()).decode() for script in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in hashes)


def shorten(asked: bytes) -> bytes:
    """Give the range header `asked` with at most `LARGEST_RANGE_BYTES` bytes in it."""
    match = _RANGE.fullmatch(asked.strip())
    if match is None:
        return asked
    first = int(match[1])
    last = first + LARGEST_RANGE_BYTES - 1
    if match[2]:
        last = min(last, int(match[2]))
    return b"bytes=%d-%d" % (first, last)
