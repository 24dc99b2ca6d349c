"""Findings: files and facts about a song come home, whole, once, and stay with the song."""

import pytest

from studio.errors import Doubtful, RemoteUnknown
from studio.jobs.home.findings import all_findings, attached_again
from studio.jobs.model import State
from studio.providers.base import Finished
from studio.songs import (
    Attached,
    Finding,
    MakeMidi,
    MakePersona,
    MeasureBpm,
    SplitStems,
    Text,
    TimeLyrics,
    WriteLyrics,
)
from tests.jobs.fakes import own
from tests.jobs.test_money import run, step

VOCALS = Finding(kind=Attached.STEM, name="Vocals", link="https://vendor.example/v.wav?sign=1")
DRUMS = Finding(kind=Attached.STEM, name="Drums", link="https://vendor.example/d")
STEMS = SplitStems(source="own")
NOTES = b"MThd\0\0\0\6"


@pytest.fixture
def desk(make_desk, vendor):
    desk = make_desk(vendor)
    desk.gallery.put(own())
    return desk


@pytest.fixture
def found(desk, vendor, new_job, clock):
    """Finish a job with findings and return it with its attachments, in the order of both."""

    def finish(request, *findings, **told):
        vendor.look_answers = [Finished(findings=findings, **told)]
        job = run(desk.jobs.add(new_job(request=request)), desk, clock)
        return job, [desk.attachments.get(id_) for id_ in job.attached]

    return finish


def test_stems_come_home_and_stay_with_their_song(found, desk):
    job, stems = found(STEMS, VOCALS, DRUMS)
    assert job.state is State.DONE
    assert [(one.name, one.song, one.file) for one in stems] == [
        ("Vocals", "own", "job1-f1.wav"),
        ("Drums", "own", "job1-f2.mp3"),
    ]
    assert all(desk.files.path(one.file) for one in stems)


@pytest.mark.parametrize(
    ("link", "ending"),
    [
        ("https://vendor.example/audio?path=%2Ftmp%2Fdrums.flac", ".flac"),
        ("https://vendor.example/d.wav?name=drums.flac", ".wav"),
        ("https://vendor.example/audio?path=%2Ftmp%2Fdrums.exe", ".mp3"),
    ],
)
def test_a_stem_is_called_what_it_is_wherever_its_link_tells_that(found, link, ending):
    _, (stem,) = found(STEMS, DRUMS.model_copy(update={"link": link}))
    assert stem.file == f"job1-f1{ending}"


def test_a_stem_knows_how_long_it_is(found):
    _, (stem,) = found(STEMS, VOCALS.model_copy(update={"facts": {"is_silent": False}}))
    assert stem.facts == {"is_silent": False, "length_seconds": 61.5}


def test_facts_need_no_file(found):
    words = [{"word": "moon", "start": 1.0, "end": 1.5}]
    _, (bpm,) = found(MeasureBpm(source="own"), Finding(kind=Attached.BPM, facts={"tempo_bpm": 98}))
    _, (line,) = found(
        TimeLyrics(source="own"), Finding(kind=Attached.TIMELINE, facts={"words": words})
    )
    assert (bpm.facts, bpm.file, line.facts) == ({"tempo_bpm": 98}, None, {"words": words})


@pytest.mark.parametrize(
    ("request_", "kind", "good", "bad"),
    [
        (MakeMidi(source="own"), Attached.MIDI, NOTES, b"<html>"),
        (TimeLyrics(source="own"), Attached.TIMELINE, b"[]", b"<html>"),
        (STEMS, Attached.STEM, b"sound of drums", b"<html>"),
    ],
)
def test_what_is_not_what_it_should_be_does_not_become_a_file(
    found, desk, vendor, *, request_, kind, good, bad
):
    link = "https://vendor.example/file"
    vendor.broken_links[link] = bad
    _, (kept,) = found(request_, Finding(kind=kind, link=link))
    vendor.broken_links[link] = good
    _, (home,) = found(request_, Finding(kind=kind, link=link))
    assert (kept.file, kept.link) == (None, link)
    assert desk.files.path(home.file).read_bytes() == good


def test_a_file_that_cannot_be_fetched_is_kept_with_its_link_and_the_others_come(
    found, desk, vendor
):
    vendor.broken_links[DRUMS.link] = RemoteUnknown("Gone.")
    job, (vocals, drums) = found(STEMS, VOCALS, DRUMS)
    assert (job.state, vocals.link, drums.link) == (State.DONE, None, DRUMS.link)
    assert job.reason == ("The stem 'Drums' is still at Fake vendor. Fetch it again from its page.")


def test_a_file_that_breaks_off_is_fetched_again_and_only_that(desk, vendor, new_job, clock):
    vendor.broken_links[DRUMS.link] = Doubtful("It broke off.")
    vendor.look_answers = [Finished(findings=(VOCALS, DRUMS))]
    job = step(step(desk.jobs.add(new_job(request=STEMS)), desk, clock), desk, clock)
    assert (job.state, job.attached, job.reason) == (
        State.FETCHING,
        ("job1-f1",),
        "It broke off.",
    )
    vendor.broken_links.clear()
    assert run(job, desk, clock).attached == ("job1-f1", "job1-f2")
    assert vendor.fetched.count(VOCALS.link) == 1
    assert len(vendor.looks) == 1


def test_a_file_at_the_vendor_is_brought_home_later(found, desk, vendor):
    vendor.broken_links[DRUMS.link] = RemoteUnknown("Gone.")
    job, (drums,) = found(STEMS, DRUMS)
    fresh = DRUMS.model_copy(update={"link": "https://vendor.example/fresh.wav"})
    vendor.look_answers = [Finished(findings=(fresh,))]
    home = attached_again(drums, job, desk)
    assert desk.attachments.get(drums.id) == home
    assert (home.file, home.link) == ("job1-f1.wav", None)
    assert vendor.fetched[-1] == fresh.link


def test_an_answer_at_once_brings_its_findings(desk, vendor, new_job, clock):
    vendor.start_answers = [Finished(findings=(VOCALS,))]
    job = run(desk.jobs.add(new_job(request=STEMS)), desk, clock)
    assert (job.state, job.attached) == (State.DONE, ("job1-f1",))
    assert vendor.looks == []


def test_what_was_written_stays_with_the_job(found):
    told = (Text(title="Moon", text="La"), Text(text="Lo"))
    job, _ = found(WriteLyrics(description="the moon"), texts=told)
    assert (job.state, job.texts) == (State.DONE, told)


def test_a_persona_that_was_made_can_be_found(found, desk):
    request = MakePersona(source="own", name="Ada", description="warm", style="soul")
    job, _ = found(request, persona="p-7")
    persona = desk.personas.get(job.persona)
    assert (job.state, persona.name, persona.remote) == (State.DONE, "Ada", "p-7")
    assert (persona.source, persona.connection, persona.job) == ("own", "vendor", "job1")


def test_a_job_without_any_result_is_a_failure(found):
    job, _ = found(STEMS)
    assert (job.state, job.reason) == (
        State.FAILED,
        "Fake vendor finished without a result. Send it again.",
    )


def test_a_finding_stays_at_its_place_when_it_is_told_again():
    fresh = DRUMS.model_copy(update={"link": "https://vendor.example/fresh"})
    assert all_findings((VOCALS, DRUMS), (fresh, VOCALS)) == (VOCALS, fresh)


def test_two_findings_that_look_alike_are_two():
    twins = (Finding(kind=Attached.MIDI, link="a"), Finding(kind=Attached.MIDI, link="b"))
    assert all_findings((), twins) == twins
    assert all_findings(twins, twins) == twins
