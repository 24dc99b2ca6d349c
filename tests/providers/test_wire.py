"""The wire: what travelled and what did not, and a key that stays where it belongs."""

import gzip

import httpx
import pytest
from pydantic import BaseModel

from studio.errors import (
    AnswerUnreadable,
    Doubtful,
    NotTaken,
    RemoteUnknown,
    SoundUnreadable,
    Unreachable,
    VendorTrouble,
)
from studio.providers import wire as wire_module
from studio.providers.wire import Answer, Wire, files
from studio.providers.wire.direct import Direct

KEY = "very-secret-key"


class Thing(BaseModel):
    size: int


def wire_to(answer) -> Wire:
    return Wire("https://api.example/v1/", KEY, who="Aurora", transport=httpx.MockTransport(answer))


def raising(problem):
    def answer(request):
        raise problem

    return answer


@pytest.mark.parametrize("problem", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
def test_without_a_connection_surely_nothing_was_taken(problem):
    with pytest.raises(NotTaken, match="Aurora cannot be reached"):
        wire_to(raising(problem("no"))).ask("POST", "orders", {})


@pytest.mark.parametrize(
    "problem",
    [
        httpx.ReadTimeout,
        httpx.WriteTimeout,
        httpx.ReadError,
        httpx.WriteError,
        httpx.CloseError,
        httpx.RemoteProtocolError,
        httpx.DecodingError,
    ],
)
def test_a_connection_that_broke_leaves_a_doubt(problem):
    with pytest.raises(Doubtful, match="broke before it answered"):
        wire_to(raising(problem("no"))).ask("POST", "orders", {})


def test_a_refused_connection_on_this_machine_was_surely_not_taken():
    with pytest.raises(NotTaken):
        Wire("http://127.0.0.1:9", KEY, who="Aurora").ask("POST", "orders", {})


def test_the_key_is_in_one_header_and_in_no_picture_of_anything():
    seen = []

    def answer(request):
        seen.append(request.headers["Authorization"])
        return httpx.Response(401, json={"error": f"The key {KEY} is wrong."})

    wire = wire_to(answer)
    told = wire.ask("GET", "orders")
    assert seen == [f"Bearer {KEY}"]
    assert told.members() == {"error": "The key ... is wrong."}
    assert KEY not in repr(wire) + repr(told)


@pytest.mark.parametrize("problem", [httpx.ReadTimeout, httpx.ConnectError])
def test_the_key_is_in_no_error(problem):
    with pytest.raises(VendorTrouble) as trouble:
        wire_to(raising(problem(f"with {KEY}"))).ask("POST", "orders", {})
    assert KEY not in str(trouble.value)


def test_any_status_is_an_answer():
    answer = wire_to(lambda _: httpx.Response(503, headers={"Retry-After": "7"})).ask("GET", "x")
    assert (answer.status, answer.retry_after) == (503, 7.0)


@pytest.mark.parametrize("wish", ["", "soon", "-1", "nan", "inf", "Sat, 21 Nov 2026 12:00:00 GMT"])
def test_a_wish_for_patience_that_is_no_number_is_none(wish):
    answer = wire_to(lambda _: httpx.Response(429, headers={"Retry-After": wish})).ask("GET", "x")
    assert answer.retry_after is None


def test_paths_follow_the_address():
    seen = []

    def answer(request):
        seen.append(str(request.url))
        return httpx.Response(200)

    wire_to(answer).ask("GET", "/orders/1")
    assert seen == ["https://api.example/v1/orders/1"]


def test_an_answer_without_end_is_cut_off(monkeypatch):
    monkeypatch.setattr(wire_module, "LARGEST_ANSWER", 10)
    with pytest.raises(Doubtful, match="without an end"):
        wire_to(lambda _: httpx.Response(200, content=b"x" * 11)).ask("GET", "x")


def test_what_cannot_be_read_is_told_with_its_place():
    with pytest.raises(AnswerUnreadable, match=r"Aurora answered \(200\).*size"):
        Answer("Aurora", 200, b'{"size": "large"}').read(Thing)


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"\xff", b"[" * 100_000, b'"text"'])
def test_a_body_that_is_no_object_has_no_members(body):
    assert Answer("Aurora", 200, body).members() == {}


def test_a_file_is_streamed_to_disk_without_the_key(tmp_path):
    def answer(request):
        assert "Authorization" not in request.headers
        return httpx.Response(200, content=b"sound")

    wire_to(answer).download("https://cdn.example/1.mp3", tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"sound"


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://api.example/v1/audio?path=a", True),
        ("https://api.example:443/elsewhere", True),
        ("http://api.example/v1/audio", False),
        ("http://api.example:443/v1/audio", False),
        ("https://api.example:8443/v1/audio", False),
        ("https://api.example.evil.example/v1/audio", False),
        ("https://api.example@evil.example/v1/audio", False),
        ("https://cdn.example/1.mp3", False),
    ],
)
def test_a_file_behind_the_vendors_own_door_is_shown_the_key_and_no_other(tmp_path, link, shown):
    def answer(request):
        assert (KEY in request.headers.get("Authorization", "")) is shown
        return httpx.Response(200, content=b"sound")

    wire_to(answer).download(link, tmp_path / "a", with_key=True)
    assert (tmp_path / "a").read_bytes() == b"sound"


def test_the_key_follows_no_redirection(tmp_path):
    seen = []

    def answer(request):
        seen.append(request.url.host)
        return httpx.Response(302, headers={"Location": "https://evil.example/"})

    with pytest.raises(Doubtful, match="302"):
        wire_to(answer).download(wire_to(answer).address_of("a"), tmp_path / "a", with_key=True)
    assert seen == ["api.example"]


def test_only_so_many_bytes_are_fetched_as_asked_for(tmp_path):
    def endless():
        while True:
            yield b"sound"

    wire = wire_to(lambda _: httpx.Response(200, content=endless()))
    wire.download("https://cdn.example/stream", tmp_path / "a", at_most=12)
    assert (tmp_path / "a").read_bytes() == b"soundsoundso"


@pytest.mark.parametrize(
    ("status", "trouble"), [(404, RemoteUnknown), (410, RemoteUnknown), (403, RemoteUnknown)]
)
def test_a_link_that_has_ended_is_told_as_ended(tmp_path, status, trouble):
    with pytest.raises(trouble, match="any more"):
        wire_to(lambda _: httpx.Response(status)).download("https://x.example/1", tmp_path / "a")


@pytest.mark.parametrize("status", [202, 206, 429, 500, 503])
def test_a_file_that_is_not_given_out_now_may_be_later(tmp_path, status):
    with pytest.raises(Doubtful, match="now"):
        wire_to(lambda _: httpx.Response(status)).download("https://x.example/1", tmp_path / "a")


@pytest.mark.parametrize("link", ["file:///etc/passwd", "ftp://x/1", "songs/1.mp3", ""])
def test_only_what_is_on_the_web_is_fetched(tmp_path, link):
    with pytest.raises(AnswerUnreadable, match="not on the web"):
        wire_to(lambda _: httpx.Response(200)).download(link, tmp_path / "a")


@pytest.mark.parametrize("link", ["http://x:port/", "https://", "http://\0/"])
def test_a_link_that_is_none_is_one_of_our_troubles(tmp_path, link):
    with pytest.raises(VendorTrouble):
        wire_to(lambda _: httpx.Response(200)).download(link, tmp_path / "a")


def test_a_file_that_is_far_too_large_is_not_a_song(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_FILE", 10)
    with pytest.raises(SoundUnreadable):
        wire_to(lambda _: httpx.Response(200, content=b"x" * 11)).download(
            "https://x.example/1", tmp_path / "a"
        )


def test_a_download_that_never_ends_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LONGEST_DOWNLOAD_SECONDS", -1.0)
    with pytest.raises(Doubtful, match="too long"):
        wire_to(lambda _: httpx.Response(200, content=b"x")).download(
            "https://x.example/1", tmp_path / "a"
        )


def test_only_the_outside_world_is_asked_for_by_a_proxy(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    direct = Direct()
    assert direct.proxy_for("https", "api.example") == "http://127.0.0.1:9"
    assert direct.proxy_for("http", "127.0.0.1") is None


def test_a_proxy_that_is_not_there_is_what_cannot_be_reached(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises(Unreachable):
        Wire("https://api.example", KEY, who="Aurora").ask("GET", "orders")


def test_a_packed_answer_is_unpacked_and_no_redirection_is_followed():
    def answer(request):
        assert "gzip" in request.headers["Accept-Encoding"]
        content = gzip.compress(b'{"size": 7}')
        return httpx.Response(302, content=content, headers=PACKED | {"Location": "/elsewhere"})

    told = wire_to(answer).ask("GET", "orders")
    assert (told.status, told.members()) == (302, {"size": 7})


PACKED = {"Content-Encoding": "gzip"}
