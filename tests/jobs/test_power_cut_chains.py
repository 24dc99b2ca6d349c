"""The power is cut at every point of a chain, and of a job that finds things out."""

from pathlib import Path

import pytest

from studio.jobs import decisions
from studio.jobs.chains import chain
from studio.jobs.model import State
from studio.providers.base import Finished, Progress
from studio.songs import (
    Attached,
    Concat,
    ExtendSong,
    Finding,
    MakePersona,
    SongRequest,
    Text,
    UploadSound,
)
from tests.jobs.fakes import FakeVendor, TailVendor, own
from tests.jobs.power import Fuse, House

LINKS = 67
"""One more than the points in the life of a chain."""
FINDS = 39
"""One more than the points in the life of a job that finds things out."""
FOUND = Finished(
    findings=(
        Finding(kind=Attached.STEM, name="Vocals", link="https://vendor.example/v.wav"),
        Finding(kind=Attached.TIMELINE, link="https://vendor.example/t.json"),
        Finding(kind=Attached.BPM, facts={"tempo_bpm": 98}),
    ),
    texts=(Text(text="La"),),
    persona="p-7",
)
TAIL = ExtendSong(source="own", style="slow soul")


class Finder(FakeVendor):
    """Finds out all there is about a song."""

    def check(self, remote: str, request: SongRequest) -> Progress:
        return FOUND


def decide(house: House) -> bool:
    """Say of every unsure job what is found at the vendor; return whether there was one."""
    jobs, starts, now = house.open(Fuse(None)).jobs, house.vendor.starts, house.clock()
    unsure = jobs.newest({State.UNSURE})
    for job in unsure:
        if job.request in starts:
            remote = f"order-{starts.index(job.request) + 1}"
            jobs.change(job.id, lambda job, r=remote: decisions.it_was_made(job, now, r))
        else:
            decisions.send_chain_again(job.id, jobs, now)
    return bool(unsure)


def live(house: House, blows_at: int) -> Fuse:
    """Cut the power once, go on, and let a person decide what only a person can."""
    fuse = house.cut_and_restart(blows_at)
    while decide(house):
        house.run(Fuse(None))
    return fuse


@pytest.fixture
def chained(tmp_path: Path, clock) -> House:
    """A house with a tail of a sound that must be uploaded first and joined afterwards."""
    house = House(tmp_path, clock, TailVendor())
    desk = house.open(Fuse(None))
    desk.gallery.put(own())
    where = {"connection": "vendor", "provider": house.vendor, "materials": desk.materials}
    desk.jobs.add_all(chain(TAIL, job_id="job", key="form", now=clock(), **where))
    return house


@pytest.fixture
def finding(tmp_path: Path, clock, new_job) -> House:
    """A house with a job that finds things out about a sound."""
    house = House(tmp_path, clock, Finder(broken_links={"https://vendor.example/t.json": b"[]"}))
    desk = house.open(Fuse(None))
    desk.gallery.put(own())
    desk.jobs.add(new_job(request=MakePersona(source="own", name="Ada")))
    return house


def test_every_point_in_the_life_of_a_chain_is_tried(chained):
    assert live(chained, 10**6).points == LINKS - 1


@pytest.mark.parametrize("point", range(1, LINKS + 1))
def test_no_upload_and_no_join_is_bought_twice(chained, point):
    live(chained, point)
    assert chained.vendor.starts == [UploadSound(source="own"), TAIL, Concat(source="job-1")]
    desk = chained.open(Fuse(None))
    assert {job.state for job in desk.jobs.newest()} == {State.DONE}
    assert desk.gallery.get("joba1-1").parents == ("own", "job-1")


def test_every_point_in_the_life_of_a_finding_is_tried(finding):
    assert live(finding, 10**6).points == FINDS - 1


@pytest.mark.parametrize("point", range(1, FINDS + 1))
def test_what_was_found_is_kept_once(finding, point):
    live(finding, point)
    desk = finding.open(Fuse(None))
    job, found = desk.jobs.get("job1"), desk.attachments.of_song("own")
    assert len(finding.vendor.starts) == 1
    assert [one.id for one in found] == ["job1-f3", "job1-f2", "job1-f1"]
    assert [bool(desk.files.path(one.file)) for one in found] == [False, True, True]
    assert (job.state, job.texts, job.persona) == (State.DONE, FOUND.texts, "job1")
    assert [persona.remote for persona in desk.personas.all()] == ["p-7"]
