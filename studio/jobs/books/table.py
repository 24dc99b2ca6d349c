"""The jobs on disk: the table is the truth, whoever reads or drives them.

A row is written before anything is sent. A worker holds a job by a lease, which runs out by itself
when the worker is gone, so that another takes over.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

from studio.database import Database, Store, exclusive
from studio.errors import NotFound
from studio.jobs.books.rows import (
    COLUMNS,
    SHOWN,
    insert,
    keep_for_later,
    left_behind,
    marks,
    moved_on,
    put_needed,
    read,
    tell,
    update,
)
from studio.jobs.books.schema import UNDER_WAY, migrations
from studio.jobs.model import Job, State
from studio.jobs.traffic.lanes import EVERYTHING, Lane, Share, moments, ready
from studio.songs import Ability

LET_GO = "UPDATE jobs SET held_until = 0, holder = NULL WHERE holder = ? AND id IN"


class Overtaken(Exception):
    """Somebody moved the job on in the meantime; what was to be written is out of date."""


class JobTable:
    """All jobs. Every method may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path, migrations)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def add(self, job: Job) -> Job:
        """Put `job` on disk, or return the one that was submitted with the same key before."""
        return self.add_all((job,))

    def add_all(self, jobs: Sequence[Job]) -> Job:
        """Put the last of `jobs` and what it needs on disk, all or nothing, and return the last.

        If it was submitted with the same key before, nothing is put down and that one is returned.
        What another job waits for already is not done twice: the new one waits for it too.
        """
        *needed, job = jobs
        with self._store.opened(durable=True) as db, exclusive(db):
            for known in db.query(f"SELECT {COLUMNS} FROM jobs WHERE key = ?", [job.key]):  # noqa: S608 - our columns
                return read(known)
            ids = {one.id: put_needed(db, one) for one in needed}
            job = job.model_copy(update={"needs": tuple(ids.get(id_, id_) for id_ in job.needs)})
            insert(db, job)
        return job

    def get(self, job_id: str) -> Job:
        """Return one job.

        Raises
        ------
        NotFound
            If there is none with this id.
        """
        with self._store.opened() as db:
            return _one(db, job_id, SHOWN)

    def these(self, job_ids: Collection[str]) -> list[Job]:
        """Return the jobs with these ids, the oldest first; unknown ids are left out."""
        sql = f"SELECT {SHOWN} FROM jobs WHERE id IN ({marks(job_ids)}) ORDER BY number"  # noqa: S608 - only question marks are put in
        return self._all(sql, list(job_ids))

    def parts(self, job_id: str) -> list[Job]:
        """Return the jobs that are done for the sake of a job, before it or after it."""
        sql = f"SELECT {SHOWN} FROM jobs WHERE part_of = ? ORDER BY number"  # noqa: S608 - our columns
        return self._all(sql, [job_id])

    def waiting_for(self, job_id: str) -> list[Job]:
        """Return the jobs that wait until a job is done."""
        sql = f"""
            SELECT {SHOWN} FROM jobs WHERE state = 'QUEUED' AND id IN
                (SELECT job FROM jobs_needs WHERE needed = ?) ORDER BY number"""  # noqa: S608 - our columns
        return self._all(sql, [job_id])

    def submitted(self, key: str) -> Job | None:
        """Return the job that was submitted with `key`, if there is one."""
        rows = self._all(f"SELECT {SHOWN} FROM jobs WHERE key = ?", [key])  # noqa: S608 - our columns
        return rows[0] if rows else None

    def newest(
        self,
        states: Collection[State] | None = None,
        limit: int = 50,
        *,
        abilities: Collection[Ability] | None = None,
        of_song: str | None = None,
    ) -> list[Job]:
        """Return the newest jobs, newest first: of some states or abilities, on one song."""
        wanted = [("state", states), ("ability", abilities)]
        tests = [f"{name} IN ({marks(given)})" for name, given in wanted if given is not None]
        values: list[Any] = [str(one) for _, given in wanted for one in given or ()]
        if of_song is not None:
            tests.append("number IN (SELECT job FROM jobs_songs WHERE song = ?)")
            values.append(of_song)
        where = " AND ".join(["TRUE", *tests])
        sql = f"SELECT {SHOWN} FROM jobs WHERE {where} ORDER BY number DESC LIMIT ?"  # noqa: S608 - our own words
        return self._all(sql, [*values, limit])

    def since(self, connection: str, moment: datetime) -> list[Job]:
        """Return the jobs that were submitted to `connection` after `moment`."""
        sql = f"SELECT {SHOWN} FROM jobs WHERE connection = ? AND created_at >= ?"  # noqa: S608 - our columns
        return self._all(sql, [connection, moment.timestamp()])

    def save(self, job: Job, *, was: State, heard: bool = False) -> None:
        """Write `job`, which was in state `was` when it was read.

        A change of state is on the disk when this returns, so that nothing is done before it is
        written down; how far it is inside a state may be asked again after a power cut. With
        `heard` the oldest news of it goes, and only then: more may have come since it was read.

        Raises
        ------
        Overtaken
            If it is in another state by now.
        """
        news = "nullif(json_remove(news, '$[0]'), '[]')" if heard else "news"
        with self._store.opened(durable=job.state is not was) as db, exclusive(db):
            if not update(db, job, f"news = {news} WHERE id = :id AND state = :was", was=was):
                raise Overtaken(job.id)
            if job.state is not was:
                moved_on(db, job)

    def change(self, job_id: str, how: Callable[[Job], Job]) -> Job:
        """Read one job, let `how` decide, and write the result, with nobody in between."""
        with self._store.opened(durable=True) as db, exclusive(db):
            job = _one(db, job_id)
            changed = how(job)
            update(db, changed, "news = news WHERE id = :id")
            if changed.state is not job.state:
                moved_on(db, changed)
        return changed

    def told(self, connection: str, remote: str, news: str, now: datetime) -> bool:
        """Write down what a vendor has told of the job that it calls `remote`.

        On disk when this returns, and due at once. An unsure job is taken up again by it, and
        what comes before the answer to an order is kept for that. Returns whether anybody waits
        for it.
        """
        sql = f"""
            SELECT {COLUMNS} FROM jobs WHERE remote = ? AND connection = ?
            AND state IN ({UNDER_WAY}, 'UNSURE')"""  # noqa: S608 - our own words
        with self._store.opened(durable=True) as db, exclusive(db):
            rows = [read(row) for row in db.query(sql, [remote, connection])]
            for job in rows:
                if job.state is State.UNSURE:
                    again = {"state": State.WORKING, "due_at": now, "seen_at": now, "tries": 0}
                    update(db, job.model_copy(update=again), "news = news WHERE id = :id")
                tell(db, job.id, news)
            return bool(rows) or keep_for_later(db, connection, remote, news, now=now)

    def claim(
        self,
        holder: str,
        *,
        now: datetime,
        lease: timedelta,
        limit: int = 1_000_000,
        done: Collection[str] = (),
        shares: Mapping[str, Share] | None = None,
    ) -> list[Job]:
        """Let go of those that are `done`, and take what is due and held by nobody.

        With `shares`, only of these connections, and no more of each than its share.
        """
        time, until = now.timestamp(), (now + lease).timestamp()
        with self._store.opened() as db, exclusive(db):
            if done:
                db.execute(f"{LET_GO} ({marks(done)})", [holder, *done])
            if shares is None:
                shares = dict.fromkeys(moments(db), EVERYTHING)
            columns = f"holder, held_until, {COLUMNS}"
            due = [ready(db, name, share, time, columns) for name, share in shares.items()]
            # The longest due come first, whosever they are.
            rows = sorted(chain(*due), key=itemgetter("ready", "number"))[:limit]
            hold = f"UPDATE jobs SET holder = ?, held_until = ? WHERE number IN ({marks(rows)})"  # noqa: S608 - only question marks are put in
            db.execute(hold, [holder, until, *(row["number"] for row in rows)])
        return [left_behind(row) for row in rows]

    def renew(self, holder: str, job_ids: Iterable[str], *, until: datetime) -> None:
        """Hold on to jobs that are still being worked on."""
        ids = list(job_ids)
        sql = f"UPDATE jobs SET held_until = ? WHERE holder = ? AND id IN ({marks(ids)})"  # noqa: S608 - only question marks are put in
        if ids:
            with self._store.opened() as db, exclusive(db):
                db.execute(sql, [until.timestamp(), holder, *ids])

    def release(self, holder: str, job_ids: Iterable[str]) -> None:
        """Let go of jobs, for anyone to take when they are due."""
        ids = list(job_ids)
        if ids:
            # Without a holder, so that a renewal that was under way does not take it back.
            with self._store.opened() as db, exclusive(db):
                db.execute(f"{LET_GO} ({marks(ids)})", [holder, *ids])

    def due(self) -> dict[str, dict[Lane, datetime]]:
        """Tell when the first job of each lane of each connection can be taken."""
        with self._store.opened() as db:
            return {
                connection: {lane: datetime.fromtimestamp(at, UTC) for lane, at in lanes.items()}
                for connection, lanes in moments(db).items()
            }

    def next_due(self) -> datetime | None:
        """Tell when the next job can be taken, or `None` when there is nothing to do."""
        return min((at for lanes in self.due().values() for at in lanes.values()), default=None)

    def _all(self, sql: str, values: Sequence[Any]) -> list[Job]:
        with self._store.opened() as db:
            return [read(row) for row in db.query(sql, values)]


def _one(db: Database, job_id: str, columns: str = COLUMNS) -> Job:
    for row in db.query(f"SELECT {columns} FROM jobs WHERE id = ?", [job_id]):  # noqa: S608 - our columns
        return read(row)
    raise NotFound(f"There is no job {job_id}. Look under Jobs for the ones there are.")
