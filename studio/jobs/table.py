"""The jobs on disk: the table is the truth, whoever reads or drives them.

A row is written before anything is sent. A worker holds a job by a lease, which runs out by itself
when the worker is gone, so that another takes over.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from studio.database import Database, Migrations, Store, exclusive
from studio.errors import NotFound
from studio.jobs.model import Job, State

UNDER_WAY = tuple(state.value for state in State if state.is_under_way)

migrations = Migrations("jobs")


@migrations()
def the_first_table(db: Database) -> None:
    db.execute("""
        CREATE TABLE jobs (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            key TEXT NOT NULL UNIQUE,
            connection TEXT NOT NULL,
            state TEXT NOT NULL,
            due_at REAL NOT NULL,
            created_at REAL NOT NULL,
            job TEXT NOT NULL,
            holder TEXT,
            held_until REAL NOT NULL DEFAULT 0
        )""")
    db.execute("CREATE INDEX jobs_due ON jobs (state, due_at)")
    db.execute("CREATE INDEX jobs_connection ON jobs (connection, created_at)")


class Overtaken(Exception):
    """Somebody moved the job on in the meantime; what was to be written is out of date."""


class JobTable:
    """All jobs. Every method opens the file for itself and may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path, migrations)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def add(self, job: Job) -> Job:
        """Put `job` on disk, or return the one that was submitted with the same key before."""
        with self._store.opened(durable=True) as db, exclusive(db):
            for known in db.query("SELECT job FROM jobs WHERE key = ?", [job.key]):
                return _job(known)
            db.table("jobs").insert(_row(job))
        return job

    def get(self, job_id: str) -> Job:
        """Return one job.

        Raises
        ------
        NotFound
            If there is none with this id.
        """
        with self._store.opened() as db:
            return _one(db, job_id)

    def submitted(self, key: str) -> Job | None:
        """Return the job that was submitted with `key`, if there is one."""
        with self._store.opened() as db:
            rows = list(db.query("SELECT job FROM jobs WHERE key = ?", [key]))
        return _job(rows[0]) if rows else None

    def newest(self, states: Collection[State] | None = None, limit: int = 50) -> list[Job]:
        """Return the newest jobs, of `states` if given, newest first."""
        wanted = [state.value for state in (State if states is None else states)]
        sql = f"SELECT job FROM jobs WHERE state IN ({_marks(wanted)}) ORDER BY number DESC LIMIT ?"  # noqa: S608 - only question marks are put in
        with self._store.opened() as db:
            return [_job(row) for row in db.query(sql, [*wanted, limit])]

    def since(self, connection: str, moment: datetime) -> list[Job]:
        """Return the jobs that were submitted to `connection` after `moment`."""
        sql = "SELECT job FROM jobs WHERE connection = ? AND created_at >= ?"
        with self._store.opened() as db:
            return [_job(row) for row in db.query(sql, [connection, moment.timestamp()])]

    def save(self, job: Job, *, was: State) -> None:
        """Write `job`, which was in state `was` when it was read.

        A change of state is on the disk when this returns, so that nothing is done before it is
        written down; how far it is inside a state may be asked again after a power cut.

        Raises
        ------
        Overtaken
            If it is in another state by now.
        """
        row = _row(job)
        sql = "UPDATE jobs SET state = ?, due_at = ?, job = ? WHERE id = ? AND state = ?"
        values = [row["state"], row["due_at"], row["job"], job.id, was.value]
        with self._store.opened(durable=job.state is not was) as db, exclusive(db):
            if db.execute(sql, values).rowcount == 0:
                raise Overtaken(job.id)

    def change(self, job_id: str, how: Callable[[Job], Job]) -> Job:
        """Read one job, let `how` decide, and write the result, with nobody in between."""
        with self._store.opened(durable=True) as db, exclusive(db):
            changed = how(_one(db, job_id))
            row = _row(changed)
            sql = "UPDATE jobs SET state = ?, due_at = ?, job = ? WHERE id = ?"
            db.execute(sql, [row["state"], row["due_at"], row["job"], job_id])
        return changed

    def claim(self, holder: str, *, now: datetime, lease: timedelta, limit: int) -> list[Job]:
        """Take the jobs that are due and that nobody holds, the longest due first."""
        time = now.timestamp()
        sql = f"""
            SELECT number, job FROM jobs
            WHERE state IN ({_marks(UNDER_WAY)}) AND due_at <= ? AND held_until <= ?
            ORDER BY due_at, number LIMIT ?"""  # noqa: S608 - only question marks are put in
        with self._store.opened() as db, exclusive(db):
            rows = list(db.query(sql, [*UNDER_WAY, time, time, limit]))
            for row in rows:
                db.execute(
                    "UPDATE jobs SET holder = ?, held_until = ? WHERE number = ?",
                    [holder, (now + lease).timestamp(), row["number"]],
                )
        return [_job(row) for row in rows]

    def renew(self, holder: str, job_ids: Iterable[str], *, until: datetime) -> None:
        """Hold on to jobs that are still being worked on."""
        self._hold(holder, job_ids, "held_until = ?", [until.timestamp()])

    def release(self, holder: str, job_ids: Iterable[str]) -> None:
        """Let go of jobs, for anyone to take when they are due."""
        # Without a holder, so that a renewal that was under way does not take it back.
        self._hold(holder, job_ids, "held_until = 0, holder = NULL", [])

    def next_due(self) -> datetime | None:
        """Tell when the next job can be taken, or `None` when there is nothing to do."""
        sql = f"SELECT min(max(due_at, held_until)) FROM jobs WHERE state IN ({_marks(UNDER_WAY)})"  # noqa: S608 - only question marks are put in
        with self._store.opened() as db:
            (moment,) = db.execute(sql, UNDER_WAY).fetchone()
        return None if moment is None else datetime.fromtimestamp(moment).astimezone()

    def _hold(self, holder: str, job_ids: Iterable[str], what: str, values: list[float]) -> None:
        ids = list(job_ids)
        sql = f"UPDATE jobs SET {what} WHERE holder = ? AND id IN ({_marks(ids)})"  # noqa: S608 - only question marks are put in
        if ids:
            with self._store.opened() as db, exclusive(db):
                db.execute(sql, [*values, holder, *ids])


def _one(db: Database, job_id: str) -> Job:
    for row in db.query("SELECT job FROM jobs WHERE id = ?", [job_id]):
        return _job(row)
    raise NotFound(f"There is no job {job_id}. Look under Jobs for the ones there are.")


def _job(row: dict[str, str]) -> Job:
    return Job.model_validate_json(row["job"])


def _row(job: Job) -> dict[str, str | float]:
    return {
        "id": job.id,
        "key": job.key,
        "connection": job.connection,
        "state": job.state.value,
        "due_at": job.due_at.timestamp(),
        "created_at": job.created_at.timestamp(),
        "job": job.model_dump_json(),
    }


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" for _ in values)
