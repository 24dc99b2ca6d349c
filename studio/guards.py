"""Guards around every answer: what a browser may load, and how much it may take at once.

Plain ASGI, because a wrapper that buffers answers would hold whole songs in memory.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_RANGE_BYTES = 1024 * 1024
PUBLISHED, CALLBACKS = "/published/", "/callbacks/"
DOORS: Mapping[str, frozenset[str]] = {
    PUBLISHED: frozenset({"GET", "HEAD"}),
    CALLBACKS: frozenset({"POST"}),
}
"""What is meant for strangers, and how they may ask."""
STRANGERS = "There is nothing for strangers at this address."
ELSEWHERE = (
    "This studio answers to its own machine only. "
    "To open it to others, start it there with: studio serve --host 0.0.0.0"
)

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FORWARDED = re.compile(r'host="?([^";,]+)', re.IGNORECASE)
_RANGE = re.compile(rb"bytes=(\d+)-(\d*)")

PublicHost = Callable[[], str | None]
"""Tells by which name strangers come, if they do."""


def nobody() -> str | None:
    """Know no name by which strangers come."""
    return None


class ThisMachineOnly:
    """Turns away whoever asks from another machine, but for what is meant for strangers."""

    def __init__(self, app: ASGIApp, public: PublicHost = nobody) -> None:
        self._app = app
        self._public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes from this machine, or by the public address to its doors."""
        if (
            scope["type"] == "lifespan"
            or is_here(scope.get("client"))
            or (is_for_strangers(scope) and comes_by(scope, self._public()))
        ):
            await self._app(scope, receive, send)
        else:
            await turn_away(ELSEWHERE, scope, receive, send)


class KnownHosts:
    """Answers to the names of this machine; to its public name only at the doors for strangers.

    A tunnel brings the whole internet to the loopback address. What comes through it still says
    by which name it was called: in `Host`, or where the tunnel rewrites that, in what it forwards.
    """

    def __init__(self, app: ASGIApp, names: Sequence[str], public: PublicHost = nobody) -> None:
        self._app = app
        self._known = TrustedHostMiddleware(app, allowed_hosts=names, www_redirect=False)
        self._public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may come in by the name it was called by."""
        if scope["type"] == "lifespan" or not comes_by(scope, self._public()):
            await self._known(scope, receive, send)
        elif is_for_strangers(scope):
            await self._app(scope, receive, send)
        else:
            await turn_away(STRANGERS, scope, receive, send)


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
    an answer is unfinished. A browser simply asks for the next range; a vendor who fetches what was
    published for him may not, and gets all of it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Shorten the range header on its way in."""
        if scope["type"] == "http" and not scope["path"].startswith(PUBLISHED):
            headers = [
                (name, shorten(value) if name == b"range" else value)
                for name, value in scope["headers"]
            ]
            scope = {**scope, "headers": headers}
        await self._app(scope, receive, send)


async def turn_away(reason: str, scope: Scope, receive: Receive, send: Send) -> None:
    """Say why nobody opens."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await PlainTextResponse(reason, status_code=403)(scope, receive, send)


def is_for_strangers(scope: Scope) -> bool:
    """Tell whether what is asked for is meant for those who are not of this house."""
    return scope["type"] == "http" and any(
        scope["path"].startswith(door) and scope["method"] in methods
        for door, methods in DOORS.items()
    )


def comes_by(scope: Scope, name: str | None) -> bool:
    """Tell whether somebody came by `name`, directly or through whoever forwards."""
    if name is None:
        return False
    told = Headers(scope=scope)
    names = [*told.getlist("host"), *told.getlist("x-forwarded-host")]
    names += [match[1] for line in told.getlist("forwarded") for match in _FORWARDED.finditer(line)]
    hosts = (one.strip().lower() for line in names for one in line.split(","))
    return any(host == name or host.startswith(f"{name}:") for host in hosts)


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
        "permissions-policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
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
