"""What every answer must carry, and how much of a file goes out at once."""

import asyncio

import httpx
import pytest
from starlette.responses import PlainTextResponse

from studio.guards import (
    LARGEST_RANGE_BYTES,
    KnownHosts,
    ShortRanges,
    ThisMachineOnly,
    is_here,
    safe_headers,
    shorten,
)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (b"bytes=0-", b"bytes=0-1048575"),
        (b"bytes=500-", b"bytes=500-1049075"),
        (b"bytes=0-99", b"bytes=0-99"),
        (b"bytes=10-99999999", b"bytes=10-1048585"),
        (b"bytes=-500", b"bytes=-500"),
        (b"bytes=0-1,5-6", b"bytes=0-1,5-6"),
        (b"nonsense", b"nonsense"),
    ],
)
def test_range_is_cut_to_a_mebibyte(asked, given):
    assert LARGEST_RANGE_BYTES == 1024 * 1024
    assert shorten(asked) == given


def test_policy_allows_no_other_host():
    policy = safe_headers()["content-security-policy"]
    assert "http" not in policy
    assert "*" not in policy


def test_policy_allows_no_inline_script_but_streamlits_own():
    scripts = next(
        rule
        for rule in safe_headers()["content-security-policy"].split("; ")
        if rule.startswith("script-src")
    )
    assert "unsafe" not in scripts
    assert "'sha256-" in scripts


@pytest.mark.parametrize(
    ("client", "here"),
    [
        (("127.0.0.1", 5000), True),
        (("127.8.8.8", 5000), True),
        (("::1", 5000), True),
        (("::ffff:127.0.0.1", 5000), True),
        (("192.0.2.7", 5000), False),
        (("::ffff:192.0.2.7", 5000), False),
        (("", 0), False),
        (None, False),
    ],
)
def test_only_loopback_is_this_machine(client, here):
    assert is_here(client) is here


@pytest.mark.parametrize(("client", "status"), [("127.0.0.1", 200), ("192.0.2.7", 403)])
def test_other_machines_are_turned_away_with_words(client, status):
    async def ask() -> httpx.Response:
        guarded = ThisMachineOnly(PlainTextResponse("hello"))
        wire = httpx.ASGITransport(app=guarded, client=(client, 5000))
        async with httpx.AsyncClient(transport=wire, base_url="http://127.0.0.1") as asking:
            return await asking.get("/")

    answer = asyncio.run(ask())
    assert answer.status_code == status
    assert ("studio serve --host" in answer.text) is (status == 403)


def test_sockets_of_other_machines_are_not_opened():
    sent = []

    async def knock() -> None:
        async def send(message) -> None:
            sent.append(message["type"])

        scope = {"type": "websocket", "client": ("192.0.2.7", 5000)}
        await ThisMachineOnly(PlainTextResponse("hello"))(scope, None, send)

    asyncio.run(knock())
    assert sent == ["websocket.close"]


@pytest.mark.parametrize(
    ("method", "address", "host", "status"),
    [
        ("GET", "/published/x", "studio.example", 200),
        ("POST", "/callbacks/x/y", "studio.example", 200),
        ("POST", "/published/x", "studio.example", 403),
        ("GET", "/health", "studio.example", 403),
        ("GET", "/published/x", "10.0.0.5:8501", 403),
    ],
)
def test_a_tunnel_on_another_machine_leads_to_the_doors_for_strangers_only(
    method, address, host, status
):
    async def ask() -> httpx.Response:
        guarded = ThisMachineOnly(PlainTextResponse("hello"), lambda: "studio.example")
        wire = httpx.ASGITransport(app=guarded, client=("192.0.2.7", 5000))
        async with httpx.AsyncClient(transport=wire, base_url=f"http://{host}") as asking:
            return await asking.request(method, address)

    assert asyncio.run(ask()).status_code == status


def test_a_socket_is_not_for_strangers():
    sent = []

    async def knock() -> None:
        async def send(message) -> None:
            sent.append(message["type"])

        headers = [(b"host", b"studio.example")]
        scope = {"type": "websocket", "path": "/published/x", "headers": headers}
        app = KnownHosts(PlainTextResponse("hello"), ["localhost"], lambda: "studio.example")
        await app(scope, None, send)

    asyncio.run(knock())
    assert sent == ["websocket.close"]


def test_our_own_pages_may_listen_and_nobody_else():
    policy = safe_headers()["permissions-policy"]
    assert "microphone=(self)" in policy
    assert "camera=()" in policy


def test_only_who_fetches_what_was_published_gets_long_ranges():
    seen = {}

    async def look(scope, receive, send) -> None:
        seen[scope["path"]] = dict(scope["headers"])[b"range"]

    async def ask() -> None:
        for path in ("/published/x", "/app/static/songs/x.mp3"):
            scope = {"type": "http", "path": path, "headers": [(b"range", b"bytes=0-")]}
            await ShortRanges(look)(scope, None, None)

    asyncio.run(ask())
    assert list(seen.values()) == [b"bytes=0-", b"bytes=0-1048575"]
