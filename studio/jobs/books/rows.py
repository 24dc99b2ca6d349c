"""Rows: how a job lies in its table.

The job itself is one column of JSON. What the table is asked by lies beside it, and so does what
others than its worker may write at any time: when it is due, and what was told of it.
"""

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from studio.database import Database
from studio.jobs.model import Job, State

KEPT = timedelta(hours=1)
"""For how long news is kept of what nobody knows."""
COLUMNS = "job, due_at, news"
"""What `read` needs of a row."""
SHOWN = f"""{COLUMNS}, (
    SELECT CASE state WHEN 'QUEUED' THEN starts WHEN 'WORKING' THEN looks END
    FROM jobs_lines WHERE jobs_lines.connection = jobs.connection) AS said"""  # noqa: S608 - our own words
"""The same for people, with what holds up all jobs of the connection. Never to be written back."""


def read(row: Mapping[str, Any]) -> Job:
    """Return the job in a row."""
    job = Job.model_validate_json(row["job"])
    beside: dict[str, Any] = {}
    if row["due_at"] != job.due_at.timestamp():
        beside["due_at"] = datetime.fromtimestamp(row["due_at"], UTC)
    if row["news"] is not None:
        beside["news"] = json.loads(row["news"])[0]
    if said := row.get("said"):
        beside["reason"] = said
    return job.model_copy(update=beside) if beside else job


def left_behind(row: Mapping[str, Any]) -> Job:
    """Return the job in a row, and of one whose worker is gone, that it may have looked just now.

    It may have done so until its lease ran out; nobody can tell.
    """
    job = read(row)
    if row["holder"] is None or job.remote is None:
        return job
    return job.model_copy(update={"looked_at": datetime.fromtimestamp(row["held_until"], UTC)})


def insert(db: Database, job: Job) -> None:
    """Put a new job into the table, with what it needs and works on."""
    row = {
        "id": job.id,
        "key": job.key,
        "connection": job.connection,
        "ability": job.request.ability.value,
        "part_of": job.part_of,
        "created_at": job.created_at.timestamp(),
        **_changing(job),
    }
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    number = db.execute(f"INSERT INTO jobs ({names}) VALUES ({values})", row).lastrowid  # noqa: S608 - our columns
    for needed in job.needs:
        db.execute("INSERT OR IGNORE INTO jobs_needs (needed, job) VALUES (?, ?)", [needed, job.id])
    for song in job.request.sources:
        db.execute("INSERT OR IGNORE INTO jobs_songs (song, job) VALUES (?, ?)", [song, number])


def put_needed(db: Database, job: Job) -> str:
    """Put down what another job needs and return its id, or that of one which does just this."""
    same = """
        SELECT id FROM jobs WHERE key = :key OR connection = :connection AND part_of IS NOT NULL
            AND state NOT IN ('DONE', 'FAILED', 'CANCELLED') AND ability = :ability
            AND json_extract(job, '$.request') = :request"""
    told = {"key": job.key, "connection": job.connection, "ability": job.request.ability.value}
    for known in db.query(same, {**told, "request": job.request.model_dump_json()}):
        return str(known["id"])
    insert(db, job)
    return job.id


def update(db: Database, job: Job, rest: str, *, was: State | None = None) -> bool:
    """Write what changes in the life of a job, `rest` besides; return whether a row was found."""
    told = {**_changing(job), "id": job.id, "was": was}
    sets = "state = :state, due_at = :due_at, remote = :remote, job = :job"
    return bool(db.execute(f"UPDATE jobs SET {sets}, {rest}", told).rowcount)  # noqa: S608 - our own words


def tell(db: Database, job_id: str, news: str) -> None:
    """Put `news` behind what was told of a job before."""
    more = "json_insert(coalesce(news, '[]'), '$[#]', ?)"
    db.execute(f"UPDATE jobs SET news = {more} WHERE id = ?", [news, job_id])  # noqa: S608 - our own words


def keep_for_later(db: Database, connection: str, remote: str, news: str, *, now: datetime) -> bool:
    """Keep news of what nobody knows yet, if something is being sent there that it may be about."""
    sending = "SELECT id FROM jobs WHERE state = 'SENDING' AND connection = ? LIMIT 1"
    if not list(db.query(sending, [connection])):
        return False
    db.execute("DELETE FROM jobs_news WHERE heard_at < ?", [(now - KEPT).timestamp()])
    db.table("jobs_news").insert(
        {"remote": remote, "connection": connection, "news": news, "heard_at": now.timestamp()}
    )
    return True


def moved_on(db: Database, job: Job) -> None:
    """Do what a new state brings: early news is told, and those that wait look at it now."""
    if job.remote is not None and job.state is State.WORKING:
        place = "remote = ? AND connection = ?"
        early = f"SELECT news FROM jobs_news WHERE {place} ORDER BY rowid"  # noqa: S608 - our own words
        known = [job.remote, job.connection]
        told = list(db.query(early, known))
        for row in told:
            tell(db, job.id, row["news"])
        if told:
            db.execute(f"DELETE FROM jobs_news WHERE {place}", known)  # noqa: S608 - as above
    if job.state.is_over or job.state is State.UNSURE:
        sql = """
            UPDATE jobs SET due_at = created_at
            WHERE state = 'QUEUED' AND id IN (SELECT job FROM jobs_needs WHERE needed = ?)"""
        db.execute(sql, [job.id])


def marks(values: Collection[object]) -> str:
    """Return a question mark for each value."""
    return ", ".join("?" for _ in values)


def _changing(job: Job) -> dict[str, str | float | None]:
    return {
        "state": job.state.value,
        "due_at": job.due_at.timestamp(),
        "remote": job.remote,
        "job": job.model_dump_json(exclude={"news"}),
    }
