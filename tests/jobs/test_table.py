"""The table of jobs: keys, leases, and every schema it ever had."""

import sqlite3
import threading
from contextlib import closing
from datetime import timedelta

import pytest

from studio.database import Database, exclusive
from studio.errors import NotFound
from studio.jobs.books.schema import migrations
from studio.jobs.books.table import JobTable, Overtaken
from studio.jobs.model import State
from studio.jobs.traffic.lanes import EVERYTHING, moments, ready
from studio.songs import Ability, CreateSong, MashUp, SplitStems, UploadSound

LEASE = timedelta(seconds=5)
SCHEMAS = [migration.name for migration in migrations._migrations]


@pytest.fixture
def table(tmp_path):
    return JobTable(tmp_path / "studio.db")


def in_threads(*calls):
    """Call all at the same moment, each in its own thread, and return what they returned."""
    barrier, results = threading.Barrier(len(calls)), []

    def run(call):
        barrier.wait()
        results.append(call())

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_a_job_comes_back_as_it_was_put(table, new_job):
    job = new_job(request=CreateSong(style="soul", lyrics="[Verse]\n月亮 🎺", seed=7))
    table.add(job)
    assert table.get(job.id) == job


def test_the_same_key_twice_is_the_same_job(table, new_job):
    first, second = new_job(key="form"), new_job(key="form")
    table.add(first)
    assert table.add(second) == first
    assert table.newest() == [first]


def test_two_threads_with_one_key_put_one_job(table, new_job):
    jobs = [new_job(key="form") for _ in range(4)]
    put = in_threads(*[lambda job=job: table.add(job) for job in jobs])
    assert len({job.id for job in put}) == 1
    assert len(table.newest()) == 1


def test_the_newest_come_first_and_only_of_the_wanted_states(table, new_job):
    for state in (State.DONE, State.QUEUED, State.DONE):
        table.add(new_job(state=state))
    assert [job.id for job in table.newest()] == ["job3", "job2", "job1"]
    assert [job.id for job in table.newest({State.DONE}, limit=1)] == ["job3"]


def test_an_unknown_job_is_named(table):
    with pytest.raises(NotFound, match="no job abc"):
        table.get("abc")


def test_what_somebody_moved_on_is_not_overwritten(table, new_job):
    job = table.add(new_job())
    table.change(job.id, lambda job: job.model_copy(update={"state": State.CANCELLED}))
    with pytest.raises(Overtaken):
        table.save(job, was=State.QUEUED)
    assert table.get(job.id).state is State.CANCELLED


def test_a_change_that_fails_changes_nothing(table, new_job):
    job = table.add(new_job())
    with pytest.raises(ZeroDivisionError):
        table.change(job.id, lambda _: 1 / 0)
    assert table.get(job.id) == job


def test_changes_at_the_same_moment_are_all_counted(table, new_job):
    job = table.add(new_job())

    def count():
        for _ in range(10):
            table.change(job.id, lambda job: job.model_copy(update={"tries": job.tries + 1}))

    in_threads(count, count, count)
    assert table.get(job.id).tries == 30


def test_only_what_is_due_is_claimed(table, new_job, clock):
    table.add(new_job(due_at=clock() + timedelta(seconds=1)))
    due = table.add(new_job())
    table.add(new_job(state=State.UNSURE))
    assert table.claim("me", now=clock(), lease=LEASE, limit=9) == [due]


def test_what_one_holds_no_other_gets_until_the_lease_runs_out(table, new_job, clock):
    job = table.add(new_job())
    table.claim("me", now=clock(), lease=LEASE, limit=9)
    assert table.claim("you", now=clock(), lease=LEASE, limit=9) == []
    clock.tick(5)
    assert table.claim("you", now=clock(), lease=LEASE, limit=9) == [job]


def test_a_renewed_lease_holds_longer(table, new_job, clock):
    job = table.add(new_job())
    table.claim("me", now=clock(), lease=LEASE, limit=9)
    clock.tick(4)
    table.renew("me", [job.id], until=clock() + LEASE)
    clock.tick(4)
    assert table.claim("you", now=clock(), lease=LEASE, limit=9) == []


def test_a_released_job_is_free_at_once(table, new_job, clock):
    job = table.add(new_job())
    table.claim("me", now=clock(), lease=LEASE, limit=9)
    table.release("me", [job.id])
    assert table.claim("you", now=clock(), lease=LEASE, limit=9) == [job]


def test_a_late_renewal_does_not_take_a_released_job_back(table, new_job, clock):
    job = table.add(new_job())
    table.claim("me", now=clock(), lease=LEASE, limit=9)
    table.release("me", [job.id])
    table.renew("me", [job.id], until=clock() + LEASE)
    assert table.claim("you", now=clock(), lease=LEASE, limit=9) == [job]


def test_nobody_releases_what_another_holds(table, new_job, clock):
    job = table.add(new_job())
    table.claim("me", now=clock(), lease=LEASE, limit=9)
    table.release("you", [job.id])
    assert table.claim("you", now=clock(), lease=LEASE, limit=9) == []


def test_the_next_moment_is_when_the_first_job_is_due_and_free(table, new_job, clock):
    assert table.next_due() is None
    table.add(new_job(due_at=clock() + timedelta(seconds=9)))
    table.add(new_job())
    table.claim("me", now=clock(), lease=LEASE, limit=9)
    assert table.next_due() == clock() + LEASE


@pytest.mark.parametrize("newer_than", range(len(SCHEMAS) + 1))
def test_every_old_schema_is_brought_to_the_newest(tmp_path, new_job, newer_than):
    path = tmp_path / "studio.db"
    if newer_than < len(SCHEMAS):
        with closing(Database(path)) as db, exclusive(db):
            migrations.apply(db, stop_before=SCHEMAS[newer_than])
    table = JobTable(path)
    job = table.add(new_job())
    assert table.get(job.id) == job


def test_opening_at_the_same_moment_makes_one_table(tmp_path, new_job):
    tables = in_threads(*[lambda: JobTable(tmp_path / "studio.db")] * 4)
    job = tables[0].add(new_job())
    assert tables[3].get(job.id) == job


def test_a_change_of_state_waits_for_the_disk_and_progress_does_not(table, new_job, monkeypatch):
    asked = []
    opened = table._store.opened
    monkeypatch.setattr(
        table._store, "opened", lambda *, durable=False: asked.append(durable) or opened()
    )
    job = table.add(new_job())
    table.save(job.model_copy(update={"state": State.SENDING}), was=State.QUEUED)
    table.save(job.model_copy(update={"state": State.SENDING, "tries": 1}), was=State.SENDING)
    assert asked == [True, True, False]


def test_jobs_are_found_by_what_they_do_and_on_which_song(table, new_job):
    table.add(new_job(request=SplitStems(source="a")))
    table.add(new_job(request=MashUp(songs=("a", "b"), style="ska")))
    table.add(new_job())
    found = [table.newest(of_song="a"), table.newest(of_song="b", abilities={Ability.STEMS})]
    assert [[job.id for job in jobs] for jobs in found] == [["job2", "job1"], []]
    assert [job.id for job in table.newest(abilities={Ability.STEMS, Ability.CREATE})] == [
        "job3",
        "job1",
    ]


def test_a_job_and_what_it_needs_are_put_down_together_or_not_at_all(table, new_job):
    upload = new_job(request=UploadSound(source="a"))
    taken = new_job(id=upload.id, needs=(upload.id,))
    with pytest.raises(sqlite3.IntegrityError):
        table.add_all((upload, taken))
    assert table.newest() == []


def test_what_is_due_is_found_without_a_look_at_all_jobs(table, monkeypatch):
    asked = []
    for name in ("execute", "query"):
        call = getattr(Database, name)
        monkeypatch.setattr(
            Database, name, lambda db, *told, c=call: asked.append((db, *told)) or c(db, *told)
        )
    with table._store.opened() as db:
        moments(db)
        ready(db, "vendor", EVERYTHING, 9.0, "id")
        statements = [(sql, *values) for _, sql, *values in asked]
        plans = [
            row["detail"]
            for told in statements
            for row in db.query(*[f"EXPLAIN QUERY PLAN {told[0]}", *told[1:]])
            if "jobs" in row["detail"]
        ]
    assert len(plans) == 7
    assert all("USING INDEX jobs_lanes" in plan for plan in plans)


def test_what_is_done_is_let_go_in_the_same_breath_as_more_is_taken(table, new_job, clock):
    first = table.add(new_job())
    table.claim("me", now=clock(), lease=LEASE, limit=9)
    second = table.add(new_job())
    claimed = table.claim("me", now=clock(), lease=LEASE, limit=9, done=[first.id])
    assert claimed == [first, second]


def test_older_jobs_are_found_by_what_they_are_about_too(tmp_path, new_job):
    path, job = tmp_path / "studio.db", new_job(remote="order-7", state=State.WORKING)
    with closing(Database(path)) as db, exclusive(db):
        migrations.apply(db, stop_before="what_is_ready_is_found_without_a_search")
        row = {"id": job.id, "key": job.key, "connection": job.connection, "state": job.state}
        moments = {"due_at": job.due_at.timestamp(), "created_at": job.created_at.timestamp()}
        db.table("jobs").insert({**row, **moments, "job": job.model_dump_json()})
    table = JobTable(path)
    assert table.newest(abilities={Ability.CREATE}) == [job]
    assert table.told("vendor", "order-7", "news", job.created_at)
