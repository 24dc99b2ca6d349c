"""The power is cut at every point there is: nothing is bought twice, no take is lost.

A fuse sits in every write and in every call to the vendor, and blows once: just before the thing is
done, or just after. Then everything is opened anew, as after a restart, and runs to the end.
"""

import pytest

from studio.jobs import decisions
from studio.jobs.desk import Desk
from studio.jobs.model import State
from tests.jobs.fakes import FakeVendor
from tests.jobs.power import Fuse, House

POINTS = 35
"""One more than there are in the life of a job, so that all are tried."""


@pytest.fixture
def house(tmp_path, clock, vendor, new_job):
    house = House(tmp_path, clock, vendor)
    house.open(Fuse(None)).jobs.add(new_job())
    return house


def assert_all_home(desk: Desk) -> None:
    job = desk.jobs.get("job1")
    assert (job.state, job.songs) == (State.DONE, ("job1-1", "job1-2"))
    assert [song.title for song in desk.gallery.of_job("job1")] == ["One", "Two"]
    assert all(desk.files.path(song.sound) for song in desk.gallery.of_job("job1"))


def test_every_point_in_the_life_of_a_job_is_tried(house):
    points = house.cut_and_restart(10**6).points
    assert points == POINTS - 1


@pytest.mark.parametrize("point", range(1, POINTS + 1))
def test_nothing_is_bought_twice_and_no_take_is_lost(house, vendor, clock, point):
    house.cut_and_restart(point)
    desk = house.open(Fuse(None))
    bought = bool(vendor.starts)
    if desk.jobs.get("job1").state is State.UNSURE:
        # The person looks at the vendor, and says what is there.
        decide = (
            (lambda job: decisions.it_was_made(job, clock(), "order-1"))
            if bought
            else (lambda job: decisions.send_again(job, clock()))
        )
        desk.jobs.change("job1", decide)
        house.run(Fuse(None))
    assert_all_home(desk)
    assert len(vendor.starts) == 1


@pytest.mark.parametrize("point", range(1, POINTS + 1))
def test_the_band_needs_nobody_to_decide(house, vendor, point):
    vendor.repeatable = True
    house.cut_and_restart(point)
    assert_all_home(house.open(Fuse(None)))
    assert len(vendor.starts) <= 2


def test_only_a_cut_around_sending_leaves_a_doubt(tmp_path, clock, new_job):
    unsure = []
    for point in range(1, 9):
        house = House(tmp_path / str(point), clock, FakeVendor())
        house.open(Fuse(None)).jobs.add(new_job(id="job1", key="key1"))
        house.cut_and_restart(point)
        if house.open(Fuse(None)).jobs.get("job1").state is State.UNSURE:
            unsure.append(point)
    # After SENDING is written, before and after the call, and before its answer is written.
    assert unsure == [2, 3, 4, 5]
