"""Covers: of the pictures that were made for a song one is its cover, and none is lost."""

from datetime import UTC, datetime

import pytest

from studio.client import open_studio
from studio.errors import NotFound
from studio.gallery.attachments import Attachments
from studio.gallery.table import Gallery
from studio.settings import Settings
from studio.songs import Attached, Attachment, Song

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FIRST, OTHER = b"\x89PNG\r\n\x1a\nfirst", b"\x89PNG\r\n\x1a\nother"


@pytest.fixture
def studio(tmp_path):
    """Open a studio with one song that has a cover, and a picture beside it."""
    settings = Settings(data=tmp_path)
    with open_studio(settings, work=False) as studio:
        (settings.songs / "song.png").write_bytes(FIRST)
        (settings.songs / "job-f1.png").write_bytes(OTHER)
        told = {"made_at": NOW, "connection": "here", "kind": "any", "job": "job"}
        Gallery(settings.database).put(Song(id="song", title="Rain", cover="song.png", **told))
        told = {"song": "song", "connection": "here", "job": "job", "made_at": NOW}
        beside = Attachments(settings.database)
        beside.put(Attachment(id="job-f1", kind=Attached.COVER, file="job-f1.png", **told))
        beside.put(Attachment(id="job-f2", kind=Attached.COVER, link="https://a.example", **told))
        yield studio


def test_picture_becomes_the_cover_and_the_first_one_can_come_back(studio):
    chosen = studio.use_cover("job-f1")
    assert studio.cover_path(chosen).read_bytes() == OTHER
    back = studio.use_cover("song-first")
    assert studio.cover_path(back).read_bytes() == FIRST


def test_cover_stays_when_the_pictures_are_removed(studio):
    studio.use_cover("job-f1")
    studio.detach("job-f1")
    assert studio.cover_path(studio.song("song")).read_bytes() == OTHER


def test_choosing_twice_is_choosing_once(studio):
    assert studio.use_cover("job-f1") == studio.use_cover("job-f1")
    names = [picture.id for picture in studio.attachments("song", Attached.COVER)]
    assert sorted(names) == ["job-f1", "job-f2", "song-first"]


def test_picture_that_is_not_here_is_no_cover(studio):
    with pytest.raises(NotFound, match="Bring it home first"):
        studio.use_cover("job-f2")
    assert studio.song("song").cover == "song.png"
