"""A phrase: a voice is made of what somebody sang, known by the job that asked for it."""

import pytest

from studio.client import Connection
from studio.errors import RequestUnfit
from studio.jobs.model import Job, State
from studio.providers import PROVIDERS
from studio.songs import OWN, AskPhrase, CreateSong, MakeVoice, Song, Window
from tests.client.aurora import Aurora

ASKED = AskPhrase(source="demo", window=Window(start=0, end=5))
VOICE = MakeVoice(source="demo", name="Ada", phrase="asked")


@pytest.fixture(autouse=True)
def aurora(monkeypatch, rehearsal):
    monkeypatch.setitem(PROVIDERS, "aurora", Aurora)
    monkeypatch.setattr(Aurora, "takes_links", False)
    for name in ("aurora", "other"):
        connection = Connection(name=name, kind="aurora", url="https://aurora.example")
        rehearsal.studio.connect(connection, "key-1")
    rehearsal.room.gallery.put(
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
    (rehearsal.settings.songs / "demo.mp3").write_bytes(b"sound")


@pytest.fixture
def ask(rehearsal):
    """Put the job down that asked for a phrase."""

    def ask(state=State.DONE, request=ASKED):
        now = rehearsal.clock()
        job = Job(
            id="asked",
            key="asked",
            connection="aurora",
            kind="aurora",
            request=request,
            state=state,
            remote="phrase-7",
            due_at=now,
            created_at=now,
        )
        return rehearsal.room.jobs.add(job)

    return ask


def test_the_vendor_is_told_its_own_id_of_the_phrase(rehearsal, ask):
    ask()
    materials = rehearsal.room.storeroom.materials(VOICE, rehearsal.studio.connection("aurora"))
    assert materials.phrase == "phrase-7"
    rehearsal.studio.check(VOICE, "aurora")


def test_without_a_phrase_there_is_none(rehearsal):
    plain = VOICE.model_copy(update={"phrase": None})
    materials = rehearsal.room.storeroom.materials(plain, rehearsal.studio.connection("aurora"))
    assert materials.phrase is None


def test_a_phrase_of_another_connection_is_refused(studio, ask):
    ask()
    with pytest.raises(RequestUnfit, match=r"asked for at aurora, .* Choose aurora, or leave"):
        studio.check(VOICE, "other")


@pytest.mark.parametrize("state", [State.WORKING, State.FAILED, State.UNSURE])
def test_a_phrase_that_was_not_told_is_refused(studio, ask, state):
    ask(state)
    with pytest.raises(RequestUnfit, match="aurora has not told that phrase"):
        studio.check(VOICE, "aurora")


def test_what_is_no_phrase_is_refused(studio, ask):
    with pytest.raises(RequestUnfit, match=r"is not there any more\. Ask for a new one"):
        studio.check(VOICE, "aurora")
    ask(request=CreateSong(style="pop"))
    with pytest.raises(RequestUnfit, match="is not there any more"):
        studio.check(VOICE, "aurora")
