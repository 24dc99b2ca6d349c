"""Chains: what must be done first is done first, once; what completes a job follows it, once."""

import pytest

from studio.errors import Doubtful, NotFound, RequestUnfit, VendorRefused
from studio.jobs import decisions
from studio.jobs.chains import chain
from studio.jobs.model import State
from studio.jobs.steps import advance
from studio.songs import Attached, Concat, CoverSong, ExtendSong, Finding, UploadSound
from tests.jobs.fakes import TailVendor, attachment, own
from tests.jobs.test_worker import work

EXTEND = ExtendSong(source="own", style="slow soul")


@pytest.fixture
def vendor():
    return TailVendor()


@pytest.fixture
def desk(make_desk, vendor):
    desk = make_desk(vendor)
    desk.gallery.put(own())
    return desk


@pytest.fixture
def submit(desk, clock):
    """Put a request down as the client does."""

    def put(request=EXTEND, *, job_id="job", key=None):
        return desk.jobs.add_all(
            chain(
                request,
                job_id=job_id,
                key=key or f"key of {job_id}",
                connection="vendor",
                provider=desk.provider,
                materials=desk.materials,
                now=clock(),
            )
        )

    return put


@pytest.fixture
def finish(desk, clock, new_worker):
    """Do everything there is to do."""
    worker = new_worker(desk.jobs, lambda job: advance(job, desk))
    return lambda: work(worker, desk.jobs, clock)


def test_an_upload_is_done_before_what_needs_it(submit, finish, vendor):
    submit()
    finish()
    assert vendor.orders[:2] == [UploadSound(source="own"), EXTEND]


def test_a_job_says_what_it_waits_for(submit, desk):
    job = advance(submit(), desk)
    assert job.state is State.QUEUED
    assert job.reason == "It waits for the upload of 'Kitchen'."


def test_what_was_uploaded_is_not_uploaded_again(submit, finish, desk, vendor):
    submit()
    finish()
    submit(CoverSong(source="own", style="polka"), job_id="other")
    finish()
    assert desk.jobs.get("other").state is State.DONE
    assert vendor.orders.count(UploadSound(source="own")) == 1


def test_two_who_need_the_same_upload_wait_for_one(submit, finish, desk, vendor):
    first, second = submit(), submit(CoverSong(source="own", style="polka"), job_id="other")
    assert first.needs == second.needs == ("jobb1",)
    finish()
    assert vendor.orders.count(UploadSound(source="own")) == 1
    assert {desk.jobs.get(job.id).state for job in (first, second)} == {State.DONE}


def test_an_upload_that_came_by_another_way_costs_nothing(submit, finish, desk, vendor, clock):
    submit()
    there = Finding(kind=Attached.UPLOAD, remote="clip of own")
    desk.attachments.put(attachment(there, made_at=clock()))
    finish()
    upload = desk.jobs.get("jobb1")
    assert (upload.state, upload.cost.amount) == (State.DONE, 0)
    assert [type(one) for one in vendor.orders] == [ExtendSong, Concat]


def test_who_waits_is_ready_the_moment_what_it_needs_is_done(submit, desk, clock):
    job = advance(submit(), desk)
    waits_until = job.due_at
    upload = advance(desk.jobs.get("jobb1"), desk)
    clock.time = upload.due_at
    advance(upload, desk)
    assert desk.jobs.next_due() <= clock() < waits_until
    assert advance(desk.jobs.get("job"), desk).state is State.WORKING


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_in_which_jobs_are_taken_changes_nothing(submit, desk, clock, vendor, order):
    submit()
    for _ in range(20):
        for job in desk.jobs.newest()[::order]:
            if job.state.is_under_way and job.due_at <= clock():
                advance(job, desk)
        clock.tick(20)
    assert [type(one) for one in vendor.orders] == [UploadSound, ExtendSong, Concat]


def test_a_job_fails_with_what_it_needs_and_says_why(submit, finish, desk, vendor):
    vendor.start_answers = [VendorRefused("Too few credits.")]
    submit()
    finish()
    job = desk.jobs.get("job")
    assert (job.state, job.cost) == (State.FAILED, None)
    assert job.reason == (
        "This was not sent, because the upload of 'Kitchen' failed. Too few credits."
    )


def test_a_job_waits_while_nobody_knows_whether_what_it_needs_was_taken(
    submit, finish, desk, vendor, clock
):
    vendor.start_answers = [Doubtful("Silent.")]
    submit()
    for _ in range(3):
        for job in desk.jobs.newest():
            advance(job, desk)
    assert "decide about it first" in desk.jobs.get("job").reason
    vendor.orders.append(UploadSound(source="own"))
    desk.jobs.change("jobb1", lambda job: decisions.it_was_made(job, clock(), "order-1"))
    finish()
    assert desk.jobs.get("job").state is State.DONE
    assert vendor.starts.count(UploadSound(source="own")) == 1


def test_cancelling_a_job_cancels_what_it_needs(submit, finish, desk, vendor, clock):
    decisions.cancel(submit(), desk.jobs, lambda _: desk, clock())
    finish()
    assert {job.state for job in desk.jobs.newest()} == {State.CANCELLED}
    assert vendor.starts == []


def test_what_another_job_needs_too_is_not_cancelled(submit, finish, desk, vendor, clock):
    first, second = submit(), submit(CoverSong(source="own", style="polka"), job_id="other")
    decisions.cancel(first, desk.jobs, lambda _: desk, clock())
    finish()
    assert desk.jobs.get(second.id).state is State.DONE


def test_what_needs_a_cancelled_job_is_not_sent(submit, finish, desk, vendor, clock):
    submit()
    decisions.cancel(desk.jobs.get("jobb1"), desk.jobs, lambda _: desk, clock())
    finish()
    assert "the upload of 'Kitchen' was cancelled" in desk.jobs.get("job").reason
    assert vendor.starts == []


def test_sending_again_sends_what_failed_before_it_too(submit, finish, desk, vendor, clock):
    vendor.start_answers = [VendorRefused("Too few credits.")]
    submit()
    finish()
    decisions.send_chain_again("job", desk.jobs, clock())
    finish()
    assert desk.jobs.get("job").state is State.DONE
    assert [type(one) for one in vendor.orders] == [UploadSound, ExtendSong, Concat]


def test_sending_again_buys_no_upload_that_is_there(submit, finish, desk, vendor, clock):
    submit()
    job = advance(submit(), desk)
    upload = advance(desk.jobs.get("jobb1"), desk)
    clock.time = upload.due_at
    advance(upload, desk)
    vendor.start_answers = [VendorRefused("Words not allowed.")]
    finish()
    decisions.send_chain_again(job.id, desk.jobs, clock())
    finish()
    assert desk.jobs.get("job").state is State.DONE
    assert vendor.orders.count(UploadSound(source="own")) == 1


def test_the_same_key_puts_the_whole_chain_down_once(submit, desk):
    first, second = submit(key="form"), submit(job_id="again", key="form")
    assert first == second
    assert [job.id for job in desk.jobs.newest()] == ["job", "jobb1"]


def test_a_tail_is_joined_once(submit, finish, desk, vendor):
    submit()
    finish()
    assert vendor.orders[2:] == [Concat(source="job-1")]
    join = desk.jobs.get("joba1")
    assert (join.part_of, join.state, join.songs) == ("job", State.DONE, ("joba1-1",))


def test_a_job_lists_what_is_done_for_its_sake(submit, finish, desk):
    submit()
    finish()
    assert [job.id for job in desk.jobs.parts("job")] == ["jobb1", "joba1"]


def test_what_is_not_to_be_joined_is_not(submit, finish, vendor):
    submit(EXTEND.model_copy(update={"joined": False}))
    finish()
    assert Concat not in map(type, vendor.orders)


def test_a_whole_comes_from_the_song_that_was_there_and_its_tail(submit, finish, desk):
    submit()
    finish()
    assert desk.gallery.get("job-1").parents == ("own",)
    assert desk.gallery.get("joba1-1").parents == ("own", "job-1")


def test_a_join_that_cannot_be_sent_is_told_and_stops_nothing(submit, finish, desk, vendor):
    def after(request, songs):
        raise RequestUnfit("It cannot be joined.")

    vendor.after = after
    submit()
    finish()
    job = desk.jobs.get("job")
    assert (job.state, job.songs) == (State.DONE, ("job-1",))
    assert "It cannot be joined." in job.reason


def test_a_song_that_is_gone_is_known_before_anything_is_sent(submit, finish, desk, vendor):
    def gone(request):
        raise NotFound("There is no song own.")

    job = submit()
    advance(job, desk)
    desk = type(desk)(**{**vars(desk), "materials": gone})
    upload = advance(desk.jobs.get("jobb1"), desk)
    assert (upload.state, upload.reason) == (State.FAILED, "There is no song own.")
    assert vendor.starts == []


def test_an_upload_is_kept_with_its_song(submit, finish, desk):
    submit()
    finish()
    (upload,) = desk.attachments.of_song("own", kind=Attached.UPLOAD)
    assert (upload.remote, upload.job) == ("clip of own", "jobb1")
    assert desk.jobs.get("jobb1").attached == (upload.id,)
