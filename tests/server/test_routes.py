"""Our own addresses: sound in ranges, names on downloads, and nothing where nothing is."""

import json
from datetime import UTC, datetime

import pytest

from studio.jobs.model import State
from studio.routes.answers import attachment
from studio.songs import Attached, Attachment, Take


def test_song_is_served_in_ranges(house, client):
    house.put_song()
    answer = client.get("/app/static/songs/song1.mp3", headers={"Range": "bytes=0-9"})
    assert answer.status_code == 206
    assert answer.content == house.sound[:10]


def test_no_range_answer_is_longer_than_a_mebibyte(house, client):
    house.put_song()
    (house.settings.songs / "song1.mp3").write_bytes(bytes(3_000_000))
    answer = client.get("/app/static/songs/song1.mp3", headers={"Range": "bytes=0-"})
    assert len(answer.content) == 1024 * 1024
    assert answer.headers["content-range"] == "bytes 0-1048575/3000000"


def test_download_is_whole_and_named_after_its_song(house, client):
    house.put_song("夜のバス")
    answer = client.get("/app/static/songs/song1.mp3?download=1")
    assert answer.content == house.sound
    assert (
        "filename*=UTF-8''%E5%A4%9C%E3%81%AE%E3%83%90%E3%82%B9.mp3"
        in (answer.headers["content-disposition"])
    )


@pytest.mark.parametrize(
    "title", ['a"b\r\nSet-Cookie: x', "../../etc/passwd", "<b>x</b>", "  ", "🎷", "x" * 300]
)
def test_no_title_breaks_a_download(title):
    told = attachment(title, ".mp3")
    name = told.partition('filename="')[2].partition('"')[0]
    assert name.isascii()
    assert not set(name) & set('/\\\r\n"<>')
    assert len(told) < 1200


def test_waveform_is_between_nothing_and_one(house, client):
    house.put_song()
    peaks = client.get("/app/static/peaks/song1.json").json()
    assert len(peaks) > 100
    assert all(0 <= peak <= 1 for peak in peaks)


@pytest.mark.parametrize(
    "address",
    [
        "/app/static/songs/none.mp3",
        "/app/static/songs/song1.wav",
        "/app/static/covers/song1.png",
        "/app/static/peaks/none.json",
        "/app/static/early/none/1.mp3",
        "/app/static/takes/none/1.json",
        "/app/static/songs/..%2Fstudio.db",
        "/app/static/songs/%2e%2e/studio.db",
        "/app/nothing",
    ],
)
def test_nothing_is_found_where_nothing_is(house, client, address):
    house.put_song()
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.json()["reason"].endswith(".")


def test_take_tells_when_the_whole_of_it_is_there(house, client):
    house.put_job(State.WORKING, 1, takes=(Take(number=1), Take(number=2)))
    assert client.get("/app/static/takes/job1/1.json").json() == {"over": False, "song": None}
    house.put_song(job="job2", take=1)
    house.put_job(State.FETCHING, 2, songs=("song1",))
    told = client.get("/app/static/takes/job2/1.json").json()
    assert told["sound"] == "/app/static/songs/song1.mp3"


def test_strange_host_is_turned_away(client):
    assert client.get("/health", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/health").json() == {"ok": True}


def test_every_answer_carries_the_guards(client):
    for address in ("/health", "/app/nothing"):
        headers = client.get(address).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_keys_are_never_served(house, client):
    house.close_the_door()
    assert json.loads(house.settings.keys.read_text())
    assert client.get("/app/static/keys.json").status_code == 404


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n0000", "image/png"),
        (b"\xff\xd8\xff\xe0 00000000", "image/jpeg"),
        (b"RIFF0000WEBP", "image/webp"),
        (b"GIF89a000000", "image/gif"),
    ],
)
def test_picture_is_sent_as_what_it_is(house, client, head, kind):
    house.put_song(cover="song1.png")
    (house.settings.songs / "song1.png").write_bytes(head)
    assert client.get("/app/static/covers/song1.png").headers["content-type"] == kind


def test_what_is_no_picture_is_not_sent(house, client):
    house.put_song(cover="song1.png")
    (house.settings.songs / "song1.png").write_bytes(b"<script>alert(1)</script>")
    assert client.get("/app/static/covers/song1.png").status_code == 404


@pytest.fixture
def stem(house) -> Attachment:
    """The voice of a song, alone."""
    house.put_song("夜/Bus")
    (house.settings.songs / "a1.wav").write_bytes(b"RIFF and so on")
    attachment = Attachment(
        id="a1",
        song="song1",
        kind=Attached.STEM,
        name="Vocals",
        file="a1.wav",
        connection="house band",
        job="j",
        made_at=datetime.now(UTC),
    )
    house.studio._room.attachments.put(attachment)
    return attachment


@pytest.mark.usefixtures("stem")
def test_attachment_is_served_in_ranges_and_named_after_its_song(client):
    part = client.get("/app/static/attachments/a1", headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"RIFF")
    assert part.headers["content-type"] == "audio/wav"
    whole = client.get("/app/static/attachments/a1?download=1")
    assert "%E5%A4%9C-Bus%20-%20Vocals.wav" in whole.headers["content-disposition"]


@pytest.mark.usefixtures("stem")
def test_attachment_of_a_song_with_a_long_title_still_says_what_it_is(house, client):
    house.studio.rename("song1", "Night " * 40)
    whole = client.get("/app/static/attachments/a1?download=1")
    assert "Night - Vocals.wav" in whole.headers["content-disposition"]


def test_attachment_that_is_no_file_or_away_is_nowhere(house, client, stem):
    (house.settings.songs / "a1.wav").unlink()
    facts = stem.model_copy(update={"id": "a2", "file": None})
    house.studio._room.attachments.put(facts)
    for name in ("a1", "a2", "a3", "..%2Fkeys.json"):
        assert client.get(f"/app/static/attachments/{name}").status_code == 404
