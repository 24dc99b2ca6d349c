"""Ordering: what a request takes is known, put down as a whole, and stays within the budget."""

import contextlib
from datetime import timedelta

import pytest

from studio.client import Connection, Studio
from studio.disk import read_json, write_json
from studio.errors import BudgetReached, RequestUnfit
from studio.jobs.model import State
from studio.providers import PROVIDERS
from studio.providers.limits import Price
from studio.room import Room
from studio.settings import Settings
from studio.songs import (
    OWN,
    Ability,
    Attached,
    Attachment,
    CoverSong,
    CreateSong,
    ExtendSong,
    MashUp,
    Persona,
    Song,
    WriteLyrics,
)
from tests.client.aurora import Aurora


@pytest.fixture(autouse=True)
def aurora(monkeypatch, studio):
    monkeypatch.setitem(PROVIDERS, "aurora", Aurora)
    studio.connect(
        Connection(name="aurora", kind="aurora", url="https://aurora.example"), "key-123456"
    )
    studio.set_public_url("https://studio.example")


@pytest.fixture
def shelf(rehearsal):
    """Put songs on the shelf by hand."""
    room = rehearsal.room

    def put(song_id: str, **told) -> Song:
        usual = {
            "id": song_id,
            "title": song_id.title(),
            "length": 30.0,
            "made_at": rehearsal.clock(),
            "connection": "",
            "kind": OWN,
            "job": song_id,
            "sound": f"{song_id}.mp3",
        }
        song = Song.model_validate({**usual, **told})
        room.gallery.put(song)
        if song.sound:
            (room.settings.songs / song.sound).write_bytes(b"sound")
        return song

    return put


def upload(rehearsal, song_id: str, remote: str = "there", connection: str = "aurora") -> None:
    rehearsal.room.attachments.put(
        Attachment(
            id=f"{song_id}-{connection}-{remote}",
            song=song_id,
            kind=Attached.UPLOAD,
            remote=remote,
            connection=connection,
            job="j",
            made_at=rehearsal.clock(),
        )
    )


def abilities(steps) -> list[str]:
    return [step.ability.value for step in steps]


def test_an_estimate_counts_what_comes_before_and_after(studio, shelf):
    shelf("demo")
    told = studio.estimate(ExtendSong(source="demo", style="pop"), "aurora")
    assert abilities(told.steps) == ["upload", "extend", "concat", "concat"]
    assert (told.price.amount, told.problem) == (2 + 10 + 1 + 1, "")


def test_what_the_vendor_has_already_is_not_uploaded_again(rehearsal, studio, shelf):
    shelf("demo")
    upload(rehearsal, "demo")
    upload(rehearsal, "demo", "elsewhere", connection="house band")
    told = studio.estimate(CoverSong(source="demo", style="pop"), "aurora")
    assert (abilities(told.steps), told.price.amount) == (["cover"], 10)
    assert told.advice == "Covers take long."


def test_a_request_and_what_it_needs_are_put_down_together(studio, shelf):
    shelf("one")
    shelf("two")
    job = studio.submit(MashUp(songs=("one", "two"), style="pop"), to="aurora", key="form")
    assert studio.submit(MashUp(songs=("one", "two"), style="pop"), to="aurora", key="form") == job
    uploads = [one for one in studio.jobs() if one.id != job.id]
    assert {one.id for one in uploads} == set(job.needs)
    assert [one.part_of for one in uploads] == [job.id, job.id]
    assert {one.request.source for one in uploads} == {"one", "two"}


def test_two_requests_for_one_sound_upload_it_once(studio, shelf):
    shelf("demo")
    jobs = [
        studio.submit(CoverSong(source="demo", style=style), to="aurora") for style in ("a", "b")
    ]
    assert jobs[0].needs == jobs[1].needs
    assert len(studio.jobs(abilities={Ability.UPLOAD})) == 1


def test_the_budget_is_asked_about_everything(studio, shelf):
    shelf("demo")
    budget = studio.connection("aurora").model_copy(update={"budget": 11.0})
    studio.connect(budget)
    with pytest.raises(BudgetReached, match="This costs 12 credits; 0 of the 11"):
        studio.submit(CoverSong(source="demo", style="pop"), to="aurora")
    assert studio.jobs() == []
    studio.submit(CreateSong(style="pop"), to="aurora")


def test_materials_name_a_song_as_the_vendor_does(rehearsal, studio, shelf):
    shelf(
        "made", connection="aurora", kind="aurora", remote="clip-1", request=CreateSong(style="x")
    )
    shelf("demo")
    upload(rehearsal, "demo", "old-upload")
    upload(rehearsal, "demo", "upload-1")
    request = MashUp(songs=("made", "demo"), style="pop")
    made, demo = rehearsal.room.storeroom.materials(request, studio.connection("aurora")).songs
    assert (made.remote, made.is_upload) == ("clip-1", False)
    assert (demo.remote, demo.is_upload) == ("upload-1", True)
    assert [one.remote for one in demo.attachments] == ["upload-1", "old-upload"]


def test_a_vendor_out_there_is_given_a_signed_link_that_ends(rehearsal, studio, shelf):
    shelf("demo")
    request = CoverSong(source="demo", style="pop")
    [demo] = rehearsal.room.storeroom.materials(request, studio.connection("aurora")).songs
    link = demo.publish()
    assert link.startswith("https://studio.example/published/")
    token = link.rpartition("/")[2]
    assert studio.published(token) == demo.file
    rehearsal.clock.time += timedelta(hours=7)
    with pytest.raises(Exception, match="has ended"):
        studio.published(token)


def test_a_vendor_on_this_machine_is_given_the_sound_on_its_shelf(rehearsal, studio, shelf):
    shelf("demo", sound="demo.mp3", wav="demo.wav")
    (rehearsal.settings.songs / "demo.wav").write_bytes(b"lossless")
    studio.add_practice("aurora")
    local = studio.connection("Aurora (practice)")
    [demo] = rehearsal.room.storeroom.materials(CoverSong(source="demo"), local).songs
    link = demo.publish()
    assert link.startswith(f"{rehearsal.desk.url}/shelf/")
    assert link.endswith(".wav")


def test_without_a_public_address_a_sound_is_not_sold_to_who_cannot_fetch_it(studio, shelf):
    shelf("demo")
    shelf("made", connection="aurora", kind="aurora", remote="clip", request=CreateSong(style="x"))
    studio.set_public_url(None)
    request = CoverSong(source="demo", style="pop")
    assert "no public address" in studio.estimate(request, "aurora").problem
    with pytest.raises(RequestUnfit, match="Set one under Settings"):
        studio.submit(request, to="aurora")
    assert studio.jobs() == []
    assert studio.estimate(CoverSong(source="made", style="pop"), "aurora").problem == ""


def test_a_source_that_is_not_there_is_refused_in_a_sentence(studio, shelf):
    shelf("gone")
    shelf("away", sound=None, link="https://x.example/1")
    studio.delete("gone")
    for source, sentence in (
        ("gone", "'Gone' was deleted"),
        ("away", "The sound of 'Away' is not here"),
        ("never", "no song never"),
    ):
        with pytest.raises(RequestUnfit, match=sentence):
            studio.submit(CoverSong(source=source, style="pop"), to="aurora")
        assert sentence in studio.estimate(CoverSong(source=source, style="pop"), "aurora").problem


def test_a_persona_sings_where_it_is_known_only(rehearsal, studio):
    for name, connection in (("ella", "aurora"), ("louis", "house band")):
        rehearsal.room.personas.put(
            Persona(
                id=name,
                name=name.title(),
                connection=connection,
                remote=f"{name}-there",
                source="s",
                job="j",
                made_at=rehearsal.clock(),
            )
        )
    sung = CreateSong(style="pop", persona="ella")
    there = studio.connection("aurora")
    assert rehearsal.room.storeroom.materials(sung, there).persona == "ella-there"
    with pytest.raises(RequestUnfit, match="Louis is known at house band only"):
        studio.check(CreateSong(style="pop", persona="louis"), "aurora")
    with pytest.raises(RequestUnfit, match="no persona nobody"):
        studio.check(CreateSong(style="pop", persona="nobody"), "aurora")


def test_who_can_is_told_by_name(studio):
    assert "aurora" in studio.who_can(Ability.VARY)
    assert studio.who_can(Ability.CREATE)[0] == "house band"


def test_a_connection_of_a_later_studio_is_passed_over(studio, rehearsal):
    book = read_json(rehearsal.settings.connections, {})
    book["connections"].append({"name": "later", "kind": "theremin"})
    write_json(rehearsal.settings.connections, book)
    assert "later" in [one.name for one in studio.connections()]
    assert "later" not in [offer.name for offer in studio.offers()]
    assert "later" not in studio.who_can(Ability.CREATE)


def test_an_address_that_cannot_be_one_is_a_problem_of_the_estimate_only(rehearsal, studio):
    told = Settings(rehearsal.settings.data, {"STUDIO_PUBLIC_URL": "studio"})
    with contextlib.closing(Studio(Room(told, now=rehearsal.clock), work=False)) as misled:
        estimate = misled.estimate(CreateSong(style="pop"), "aurora")
    assert "'studio' cannot be the public address" in estimate.problem


def test_the_ledger_tells_what_was_paid_and_what_came_back(rehearsal, studio):
    jobs = [studio.submit(CreateSong(style=style), to="aurora") for style in "abcd"]
    studio.submit(WriteLyrics(description="rain"), to="aurora")
    paid = {"sent_at": rehearsal.clock(), "cost": Price(amount=10)}
    gift = {"state": State.DONE, "sent_at": rehearsal.clock(), "cost": Price(amount=0)}
    back = {**gift, "state": State.FAILED, "reason": "Aurora gave up on it."}
    ends = (paid, back, {"state": State.CANCELLED}, gift)
    for job, told in zip(jobs, ends, strict=True):
        rehearsal.room.jobs.change(job.id, lambda one, told=told: one.model_copy(update=told))
    [spent] = studio.ledger(rehearsal.clock() - timedelta(hours=1))
    assert (spent.connection, spent.jobs, spent.unit) == ("aurora", 5, "credits")
    assert (spent.spent, spent.refunded) == (10.5, 10)
    assert studio.ledger(rehearsal.clock() + timedelta(hours=1)) == ()


def test_what_was_paid_stays_in_the_ledger_when_the_connection_is_gone(rehearsal, studio):
    studio.submit(CreateSong(style="a"), to="aurora")
    studio.forget("aurora")
    [spent] = studio.ledger(rehearsal.clock() - timedelta(hours=1))
    assert (spent.connection, spent.spent) == ("aurora", 10)
