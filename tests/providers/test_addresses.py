"""Addresses: what a link may lead to, whatever it looks like."""

import http.server
import threading

import httpx
import pytest

from studio.errors import AddressRefused, AnswerUnreadable, NotTaken, VendorTrouble
from studio.providers.addresses import Addresses, home_of, is_public
from studio.providers.links import fetch_link
from studio.providers.wire import Wire, files

PUBLIC = "93.184.216.34"


class Names:
    """A directory of names, which may change its mind with every question."""

    def __init__(self, **told: list[str]) -> None:
        self.told = {name.replace("_", "."): list(answers) for name, answers in told.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if host not in self.told:
            return [host]
        answers = self.told[host]
        return (answers.pop(0) if len(answers) > 1 else answers[0]).split()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("172.16.3.4", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("198.18.0.1", False),
        ("192.0.2.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::7f00:1", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fd12::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:a9fe:a9fe", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("64:ff9b:1::a00:1", False),
        ("2002:7f00:1::", False),
        ("2002:a00:1::", False),
        ("2001:0:4136:e378:8000:63bf:f5ff:fffe", False),
        ("not an address", False),
    ],
)
def test_only_what_everybody_reaches_is_public(address, public):
    assert is_public(address) is public


def guarded(names: Names, answer, **told) -> tuple[Wire, list[httpx.Request]]:
    """A wire whose every name is looked up in `names`, and what came through it."""
    calls: list[httpx.Request] = []

    def noted(request: httpx.Request) -> httpx.Response:
        calls.append(request)
        return answer(request)

    addresses = Addresses(resolve=names, **told)
    transport = httpx.MockTransport(noted)
    return Wire(
        "https://api.example", "k" * 9, who="Aurora", transport=transport, addresses=addresses
    ), calls


def test_the_address_that_was_checked_is_the_one_that_is_called(tmp_path):
    names = Names(cdn_example=[PUBLIC, "127.0.0.1"])
    wire, calls = guarded(names, lambda _: httpx.Response(200, content=b"sound"))
    wire.download("https://cdn.example/1.mp3", tmp_path / "a")
    [call] = calls
    assert (call.url.host, call.headers["host"]) == (PUBLIC, "cdn.example")
    assert call.extensions["sni_hostname"] == "cdn.example"
    assert names.asked == ["cdn.example"]


def test_a_name_that_moves_home_between_two_downloads_is_refused(tmp_path):
    names = Names(rebind_example=[PUBLIC, "127.0.0.1"])
    wire, calls = guarded(names, lambda _: httpx.Response(200, content=b"sound"))
    wire.download("http://rebind.example/1.mp3", tmp_path / "a")
    with pytest.raises(AnswerUnreadable, match=r"rebind\.example \(127\.0\.0\.1\)"):
        wire.download("http://rebind.example/1.mp3", tmp_path / "b")
    assert len(calls) == 1


def test_one_private_address_among_public_ones_is_enough_to_refuse(tmp_path):
    wire, calls = guarded(Names(two_example=[f"{PUBLIC} 10.0.0.1"]), lambda _: httpx.Response(200))
    with pytest.raises(AnswerUnreadable, match="not on the public internet"):
        wire.download("https://two.example/1.mp3", tmp_path / "a")
    assert calls == []


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:8501/app/static/songs/1.mp3",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://inside.example/",
    ],
)
def test_a_redirect_is_no_way_in(tmp_path, place):
    names = Names(cdn_example=[PUBLIC], inside_example=["192.168.0.1"])
    wire, calls = guarded(names, lambda _: httpx.Response(302, headers={"location": place}))
    with pytest.raises(AnswerUnreadable, match="not on the public internet"):
        wire.download("https://cdn.example/1.mp3", tmp_path / "a")
    assert len(calls) == 1


def test_redirects_are_followed_a_few_times_only(tmp_path):
    def on_and_on(request: httpx.Request) -> httpx.Response:
        step = int(request.url.path.strip("/") or 0) + 1
        return httpx.Response(302, headers={"location": f"https://cdn.example/{step}"})

    wire, calls = guarded(Names(cdn_example=[PUBLIC]), on_and_on)
    with pytest.raises(Exception, match="broke off"):
        wire.download("https://cdn.example/0", tmp_path / "a")
    assert len(calls) == files.MOST_HOPS + 1


def test_the_next_address_is_tried_where_one_does_not_answer(tmp_path):
    def second_only(request: httpx.Request) -> httpx.Response:
        if request.url.host == PUBLIC:
            raise httpx.ConnectError("asleep")
        return httpx.Response(200, content=b"sound")

    wire, calls = guarded(Names(cdn_example=[f"{PUBLIC} 8.8.8.8"]), second_only)
    wire.download("https://cdn.example/1.mp3", tmp_path / "a")
    assert [call.url.host for call in calls] == [PUBLIC, "8.8.8.8"]


def test_a_vendor_at_home_gives_out_its_files_under_any_of_its_names(tmp_path):
    names = Names(localhost=["127.0.0.1"])
    told = {"allowed": home_of("http://localhost:8080/api")}
    wire, calls = guarded(names, lambda _: httpx.Response(200, content=b"sound"), **told)
    wire.download("http://localhost:8080/1.mp3", tmp_path / "a")
    wire.download("http://127.0.0.1:8080/1.mp3", tmp_path / "b")
    with pytest.raises(AnswerUnreadable):
        wire.download("http://127.0.0.1:22/", tmp_path / "c")
    assert len(calls) == 2


def test_who_allows_private_links_gets_them(tmp_path):
    wire, _ = guarded(Names(), lambda _: httpx.Response(200, content=b"sound"), private=True)
    wire.download("http://192.168.0.2/1.mp3", tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"sound"


def test_a_name_that_nobody_knows_is_said_to_be_so():
    with pytest.raises(NotTaken, match=r"Nobody knows the address nowhere\.example"):
        Addresses(resolve=Names(nowhere_example=[""])).of("nowhere.example", 443)


@pytest.mark.parametrize("host", ["localhost", "app.localhost", "127.0.0.1", "[::1]", "10.1.1.1"])
def test_through_a_proxy_what_is_private_by_itself_is_still_refused(host):
    names = Names(**{"app.localhost": ["127.0.0.1"], "localhost": ["127.0.0.1"]})
    with pytest.raises(AddressRefused):
        Addresses(resolve=names).check_literal(host, 80)


@pytest.mark.parametrize(
    "link", ["http://127.0.0.1:1/x.mp3", "http://localhost:1/x", "http://[::1]:1/", "http://0/"]
)
def test_a_link_that_somebody_pastes_does_not_reach_this_machine(tmp_path, link):
    with pytest.raises(AnswerUnreadable, match="not on the public internet"):
        fetch_link(link, tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_a_pinned_call_is_real(tmp_path):
    """No stand-in for the network here: a name that only we know leads to a real socket."""

    class Hello(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.headers["host"].encode())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Hello) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        port = server.server_port
        names = Names(songs_example=["127.0.0.1"])
        addresses = Addresses(private=True, resolve=names)
        wire = Wire("https://api.example", "", who="Aurora", addresses=addresses)
        wire.download(f"http://songs.example:{port}/1", tmp_path / "a")
        wire.close()
    assert (tmp_path / "a").read_text() == f"songs.example:{port}"


def test_a_link_that_leads_nowhere_is_told_with_a_way_out(tmp_path):
    with pytest.raises(VendorTrouble, match="bring the file"):
        fetch_link("http://127.0.0.1:9/x.mp3", tmp_path / "a", private=True)
