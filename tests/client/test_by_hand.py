"""By hand: a sound that a person brought to a vendor is known there under the id they tell."""

import pytest

from studio.client import Connection
from studio.errors import ConnectionUnknown, RequestUnfit
from studio.providers import PROVIDERS
from studio.songs import OWN, Attached, CoverSong, Song
from tests.client.aurora import Aurora
from tests.client.borealis import Borealis

COVER = CoverSong(source="demo", style="pop")


@pytest.fixture(autouse=True)
def console(monkeypatch, rehearsal):
    monkeypatch.setitem(PROVIDERS, "borealis", Borealis)
    monkeypatch.setitem(PROVIDERS, "aurora", Aurora)
    monkeypatch.setattr(Borealis, "differs", False)
    studio, room = rehearsal.studio, rehearsal.room
    studio.connect(Connection(name="attic", kind="borealis", url="http://127.0.0.1:9"))
    studio.connect(Connection(name="aurora", kind="aurora", url="https://aurora.example"), "key-1")
    room.gallery.put(
        Song(
            id="demo",
            title="Demo",
            length=30.0,
            made_at=rehearsal.clock(),
            connection="",
            kind=OWN,
            job="demo",
            sound="demo.mp3",
        )
    )
    (room.settings.songs / "demo.mp3").write_bytes(b"sound")


def test_a_sound_that_only_a_person_can_bring_is_refused_with_how_to(studio):
    with pytest.raises(RequestUnfit) as problem:
        studio.check(COVER, "attic")
    assert "'Demo' is not at attic yet. Bring it to the console of Borealis first." in str(
        problem.value
    )
    assert studio.offer("attic").by_hand == Borealis.by_hand


def test_told_once_it_is_worked_on_under_that_id_and_that_can_be_undone(studio, rehearsal):
    told = studio.tell_upload("demo", "attic", " abc-1 ")
    studio.check(COVER, "attic")
    materials = rehearsal.room.storeroom.materials(COVER, studio.connection("attic"))
    assert (materials.songs[0].remote, materials.songs[0].is_upload) == ("abc-1", True)
    studio.detach(told.id)
    with pytest.raises(RequestUnfit, match="not at attic yet"):
        studio.check(COVER, "attic")


def test_the_same_told_twice_is_one_and_a_newer_id_goes_first(studio, rehearsal):
    assert studio.tell_upload("demo", "attic", "a") == studio.tell_upload("demo", "attic", "a")
    studio.tell_upload("demo", "attic", "b")
    assert [one.remote for one in studio.attachments("demo", Attached.UPLOAD)] == ["b", "a"]
    materials = rehearsal.room.storeroom.materials(COVER, studio.connection("attic"))
    assert materials.songs[0].remote == "b"


@pytest.mark.parametrize("remote", ["", "  ", "two words", "a\nb", "x" * 201])
def test_what_is_no_id_is_not_kept(studio, remote):
    with pytest.raises(RequestUnfit, match="is not an id of Borealis"):
        studio.tell_upload("demo", "attic", remote)
    assert studio.attachments("demo") == ()


def test_only_where_it_takes_a_hand_and_for_songs_that_are_there(studio):
    with pytest.raises(RequestUnfit, match="aurora is given sounds by the studio itself"):
        studio.tell_upload("demo", "aurora", "a")
    with pytest.raises(RequestUnfit):
        studio.tell_upload("nothing", "attic", "a")
    with pytest.raises(ConnectionUnknown):
        studio.tell_upload("demo", "nobody", "a")
