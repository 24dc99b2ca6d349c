"""Attachments: kept once, found by their song, gone with it."""

from datetime import UTC, datetime

import pytest

from studio import database
from studio.errors import NotFound
from studio.gallery.attachments import Attachments
from studio.songs import Attached, Attachment

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def hasty_disk(monkeypatch):
    monkeypatch.setattr(database, "ORDERLY", "OFF")


@pytest.fixture
def attachments(tmp_path):
    return Attachments(tmp_path / "studio.db")


def attachment(number: int = 1, **told) -> Attachment:
    usual = {
        "id": f"a{number}",
        "song": "s1",
        "kind": Attached.STEM,
        "name": "Vocals",
        "connection": "house band",
        "job": "j",
        "made_at": NOON,
    }
    return Attachment.model_validate({**usual, **told})


def ids(found: list[Attachment]) -> list[str]:
    return [one.id for one in found]


def test_an_attachment_comes_back_as_it_was_put(attachments):
    whole = attachment(
        file="a1.mp3",
        link="https://x.example",
        remote="r",
        facts={"words": [{"word": "月", "start": 1.5}]},
    )
    attachments.put(whole)
    assert attachments.get("a1") == whole


def test_the_same_attachment_twice_is_one_and_the_newer_is_believed(attachments):
    attachments.put(attachment(link="https://x.example/1"))
    attachments.put(attachment(file="a1.mp3"))
    [found] = attachments.of_song("s1")
    assert (found.file, found.link) == ("a1.mp3", None)


def test_what_is_attached_is_found_by_its_kind_and_by_who_knows_it(attachments):
    attachments.put(attachment(1))
    attachments.put(attachment(2, kind=Attached.UPLOAD, remote="clip", connection="Aurora"))
    attachments.put(attachment(3, kind=Attached.UPLOAD, remote="clip2", connection="Aurora"))
    attachments.put(attachment(4, song="s2"))
    assert ids(attachments.of_song("s1")) == ["a3", "a2", "a1"]
    assert ids(attachments.of_song("s1", kind=Attached.STEM)) == ["a1"]
    assert ids(attachments.of_song("s1", connection="Aurora")) == ["a3", "a2"]


def test_what_is_detached_is_gone(attachments):
    attachments.put(attachment())
    assert attachments.detach("a1").id == "a1"
    with pytest.raises(NotFound, match="no attachment a1"):
        attachments.get("a1")
    with pytest.raises(NotFound):
        attachments.detach("a1")


def test_songs_that_go_take_what_is_attached_with_them(attachments):
    for number, song in ((1, "s1"), (2, "s1"), (3, "s2")):
        attachments.put(attachment(number, song=song))
    assert ids(attachments.detach_all(["s1"])) == ["a1", "a2"]
    assert (attachments.of_song("s1"), ids(attachments.of_song("s2"))) == ([], ["a3"])
