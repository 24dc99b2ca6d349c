"""Strangers: what the internet may come to through a tunnel to this machine, and nothing else."""

import logging
from datetime import datetime, timedelta

import pytest

from studio.address import public_host, public_url, set_public_url
from studio.client import Connection
from studio.errors import StudioProblem
from studio.guards import comes_by
from studio.jobs.model import State
from studio.providers import PROVIDERS
from studio.routes import strangers
from studio.settings import Settings
from tests.client.aurora import Aurora

PUBLIC = {"host": "studio.example"}
REWRITTEN = {"host": "127.0.0.1:8501", "x-forwarded-host": "studio.example"}
FORWARDED = {"host": "localhost", "forwarded": 'for=192.0.2.7;host="studio.example";proto=https'}
SLY = {"host": "127.0.0.1", "x-forwarded-host": "localhost, studio.example"}
WAYS = (PUBLIC, {"host": "Studio.Example:443"}, REWRITTEN, FORWARDED, SLY)


@pytest.fixture
def outside(house, monkeypatch):
    """A studio that the internet reaches, and a vendor out there."""
    monkeypatch.setitem(PROVIDERS, "aurora", Aurora)
    house.studio.set_public_url("https://studio.example")
    house.studio.connect(
        Connection(name="Au/ro ra", kind="aurora", url="https://aurora.example"), "key-123456"
    )
    return house


def link_to(house, song) -> str:
    room = house.studio._room
    link = room.publishing.link(
        song.id, room.files.path(song.sound), house.studio.connection("Au/ro ra")
    )
    return link.removeprefix("https://studio.example")


def door_of(house) -> str:
    return house.studio.callback_url("Au/ro ra").removeprefix("https://studio.example")


def signed(house) -> dict[str, str]:
    connection = house.studio.connection("Au/ro ra")
    return {"x-aurora": house.studio._room.publishing.callback(connection).secret}


@pytest.mark.parametrize("way", WAYS)
def test_a_signed_link_is_followed_by_anybody(outside, client, way):
    song = outside.put_song()
    answer = client.get(link_to(outside, song), headers=way)
    assert (answer.status_code, answer.content) == (200, outside.sound)
    assert answer.headers["content-type"] == "audio/mpeg"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/"),
        ("GET", "/health"),
        ("GET", "/app/static/songs/song1.mp3"),
        ("PUT", "/app/own"),
        ("POST", "/published/x"),
        ("GET", "/callbacks/x/y"),
        ("GET", "/_stcore/health"),
        ("GET", "/publishedx"),
    ],
)
def test_strangers_come_to_nothing_else(outside, client, way, method, address):
    outside.put_song()
    answer = client.ask(method, address, headers={**way, "x-woodshed": "1"})
    assert (answer.status_code, "nothing for strangers" in answer.text) == (403, True)


def test_whoever_is_at_home_is_not_a_stranger(outside, client):
    for name in ("127.0.0.1:8501", "localhost:8501"):
        assert client.get("/health", headers={"host": name}).status_code == 200
    assert client.get("/health", headers={"host": "evil.example"}).status_code == 400


def test_without_a_public_address_no_strange_name_is_answered(house, client):
    for way in (PUBLIC, {"host": "evil.example"}):
        assert client.get("/published/x", headers=way).status_code == 400


def test_a_public_address_on_this_machine_locks_nobody_out(house, client):
    house.studio.set_public_url("http://127.0.0.1:8501")
    assert client.get("/health").status_code == 200


@pytest.mark.parametrize(
    ("told", "comes"),
    [
        ({"host": "studio.example"}, True),
        ({"host": "notstudio.example"}, False),
        ({"host": "studio.example.evil.example"}, False),
        ({"host": "x", "forwarded": "for=1.2.3.4, for=5.6.7.8;host=studio.example"}, True),
        ({}, False),
    ],
)
def test_a_name_is_compared_as_a_whole(told, comes):
    headers = [(name.encode(), value.encode()) for name, value in told.items()]
    assert comes_by({"type": "http", "headers": headers}, "studio.example") is comes


def test_a_published_sound_is_given_in_ranges_and_whole(outside, client):
    song = outside.put_song()
    (outside.settings.songs / "song1.mp3").write_bytes(bytes(3_000_000))
    address = link_to(outside, song)
    part = client.get(address, headers={**PUBLIC, "range": "bytes=0-9"})
    rest = client.get(address, headers={**PUBLIC, "range": "bytes=0-"})
    head = client.ask("HEAD", address, headers=PUBLIC)
    assert (part.status_code, len(part.content)) == (206, 10)
    assert len(rest.content) == 3_000_000
    assert (head.status_code, head.headers["content-length"]) == (200, "3000000")


TAMPERED = {
    "nothing": lambda token: "",
    "a letter": lambda token: "x",
    "cut off": lambda token: token[:-1],
    "longer": lambda token: token + "A",
    "padded": lambda token: token + "=",
    "another signature": lambda token: ("B" if token[0] == "A" else "A") + token[1:],
    "another end": lambda token: token[:30] + ("B" if token[30] == "A" else "A") + token[31:],
    "letters of no alphabet": lambda token: "ünicode",
    "a zero": lambda token: "%00",
    "far too long": lambda token: "A" * 4000,
    "a path": lambda token: "..%2F..%2Fkeys.json",
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_link_that_was_tampered_with_leads_nowhere(outside, client, how):
    token, _, ending = link_to(outside, outside.put_song()).rpartition("/")[2].rpartition(".")
    answer = client.get(f"/published/{TAMPERED[how](token)}.{ending}", headers=PUBLIC)
    assert answer.status_code == 404


def test_a_link_ends_and_a_song_that_was_purged_is_gone(outside, client, monkeypatch):
    song = outside.put_song()
    address = link_to(outside, song)
    (outside.settings.songs / "song1.mp3").unlink()
    assert client.get(address, headers=PUBLIC).status_code == 404
    outside.put_song()
    room = outside.studio._room
    later = datetime.now().astimezone() + timedelta(hours=6, minutes=1)
    monkeypatch.setattr(room.publishing, "_now", lambda: later)
    assert client.get(address, headers=PUBLIC).status_code == 404


def test_a_link_is_good_in_no_other_studio(outside, client):
    address = link_to(outside, outside.put_song())
    outside.studio._room.connections._settings.keys.unlink()
    assert client.get(address, headers=PUBLIC).status_code == 404


@pytest.fixture
def working(outside):
    """A job that the vendor has as `task-1`, far from due."""
    told = {"connection": "Au/ro ra", "kind": "aurora", "remote": "task-1"}
    return outside.put_job(State.WORKING, **told)


def test_a_call_reaches_its_job_at_once(outside, client, working):
    answer = client.ask(
        "POST", door_of(outside), headers={**PUBLIC, **signed(outside)}, content=b"n1"
    )
    assert answer.status_code == 200
    assert (
        outside.studio.hear("Au/ro ra", door_of(outside).rpartition("/")[2], signed(outside), b"n1")
        is False
    )


def test_news_is_heard_once_and_unknown_work_is_well_received(outside, working):
    door = door_of(outside).rpartition("/")[2]
    heard = [
        outside.studio.hear("Au/ro ra", door, signed(outside), body) for body in (b"a", b"a", b"b")
    ]
    assert heard == [True, False, True]
    outside.studio._room.jobs.change(
        working.id, lambda job: job.model_copy(update={"remote": "task-2"})
    )
    assert outside.studio.hear("Au/ro ra", door, signed(outside), b"c") is False


@pytest.mark.parametrize(
    ("address", "signature", "status"),
    [
        ("/callbacks/Au%2Fro%20ra/wrong", "right", 404),
        ("/callbacks/nobody/0123", "right", 404),
        ("/callbacks/", "right", 404),
        ("{door}x", "right", 404),
        ("{door}", "", 401),
        ("{door}", "wrong", 401),
    ],
)
def test_who_is_not_the_vendor_is_not_heard(
    working, outside, client, *, address, signature, status
):
    told = signed(outside) if signature == "right" else {"x-aurora": signature}
    address = address.format(door=door_of(outside))
    answer = client.ask("POST", address, headers={**PUBLIC, **told}, content=b"n1")
    assert answer.status_code == status
    assert outside.studio.job(working.id).news is None


def test_a_call_without_end_is_cut_off(outside, client, monkeypatch):
    monkeypatch.setattr(strangers, "LARGEST_CALL_BYTES", 10)
    answer = client.ask("POST", door_of(outside), headers=PUBLIC, content=bytes(11))
    assert answer.status_code == 413


def test_a_call_leaves_no_secret_in_any_log(outside, client, working, caplog):
    caplog.set_level(logging.DEBUG)
    door, told = door_of(outside), signed(outside)
    for headers in ({}, told):
        client.ask("POST", door, headers={**PUBLIC, **headers}, content=b"n1")
    ours = "".join(one.getMessage() for one in caplog.records if one.name.startswith("studio"))
    assert door.rpartition("/")[2] not in ours
    assert told["x-aurora"] not in ours


def test_a_vendor_here_calls_here_and_one_out_there_by_the_public_name(outside):
    studio = outside.studio
    studio.connect(Connection(name="near", kind="aurora"))
    studio.be_at("http://127.0.0.1:8501")
    assert studio.callback_url("near").startswith("http://127.0.0.1:8501/callbacks/near/")
    assert studio.callback_url("Au/ro ra").startswith(
        "https://studio.example/callbacks/Au%2Fro%20ra/"
    )
    studio.set_public_url("")
    assert studio.callback_url("Au/ro ra") is None
    assert studio.callback_url("house band") is None


@pytest.mark.parametrize(
    "url",
    [
        "studio.example",
        "http://studio.example",
        "ftp://studio.example",
        "https://",
        "https://a:b@studio.example",
        "https://studio.example?x=1",
        "https://studio.example:port",
    ],
)
def test_what_cannot_be_a_public_address_is_not_kept(house, url):
    with pytest.raises(Exception, match="cannot be the public address"):
        house.studio.set_public_url(url)
    assert house.studio.public_url() is None


def test_an_address_of_the_environment_comes_first_and_is_changed_there(tmp_path):
    told = Settings(tmp_path, {"STUDIO_PUBLIC_URL": " https://studio.example/ "})
    assert (public_url(told), public_host(told)) == ("https://studio.example", "studio.example")
    with pytest.raises(StudioProblem, match="STUDIO_PUBLIC_URL"):
        set_public_url(told, "https://other.example")


def test_the_secrets_lie_where_only_their_owner_reads(outside):
    door_of(outside)
    link_to(outside, outside.put_song())
    keys = outside.settings.keys
    assert keys.stat().st_mode & 0o077 == 0
    outside.studio.forget("Au/ro ra")
    assert "Au/ro ra" not in keys.read_text()
