"""Lanes: what is due at each connection, told apart by whether somebody must be asked for it.

The lane of a job follows from its row and is part of an index, so that however much waits at one
connection, what is due at the others is found at once.
"""

from enum import IntEnum
from typing import Any, NamedTuple

from studio.database import Database
from studio.jobs.books.schema import LANE, READY, UNDER_WAY
from studio.jobs.model import Job, State

FROM_LANES = f"FROM jobs INDEXED BY jobs_lanes WHERE state IN ({UNDER_WAY})"


class Lane(IntEnum):
    """For what a job is due; the numbers are those in the index."""

    HOME = 0
    """Nobody need be asked: something was told, or files are to be fetched."""
    START = 1
    """To be sent."""
    LOOK = 2
    """To be asked about."""


class Share(NamedTuple):
    """How many jobs of a connection may be taken now."""

    hands: int
    """Together."""
    starts: int
    looks: int


EVERYTHING = Share(1_000_000, 1_000_000, 1_000_000)
"""Holds nobody back."""


def lane_of(job: Job) -> Lane:
    """Return the lane of a job that was taken."""
    if job.news is not None:
        return Lane.HOME
    return {State.QUEUED: Lane.START, State.WORKING: Lane.LOOK}.get(job.state, Lane.HOME)


def moments(db: Database) -> dict[str, dict[Lane, float]]:
    """Return when the first job of each lane of each connection can be taken.

    A few steps into the index for each connection, however many jobs there are.
    """
    sql = f"""
        WITH RECURSIVE there(name) AS (
            SELECT min(connection) {FROM_LANES}
            UNION ALL
            SELECT (SELECT min(connection) {FROM_LANES} AND connection > name)
            FROM there WHERE name IS NOT NULL
        ),
        lanes(lane) AS (VALUES (0), (1), (2))
        SELECT name, lane,
            (SELECT min({READY}) {FROM_LANES} AND connection = name AND {LANE} = lane) AS moment
        FROM there, lanes WHERE name IS NOT NULL AND moment IS NOT NULL"""  # noqa: S608 - our own words
    found: dict[str, dict[Lane, float]] = {}
    for name, lane, moment in db.execute(sql):
        found.setdefault(name, {})[Lane(lane)] = moment
    return found


def ready(
    db: Database, connection: str, share: Share, time: float, columns: str
) -> list[dict[str, Any]]:
    """Return the rows of a connection that may be taken, within its share.

    What was submitted first is sent first; else the longest due come first.
    """
    limits = ((Lane.HOME, share.hands), (Lane.START, share.starts), (Lane.LOOK, share.looks))
    rows: list[dict[str, Any]] = []
    for lane, most in limits:
        first = "number" if lane is Lane.START else f"{READY}, number"
        sql = f"""
            SELECT number, holder, held_until, {READY} AS ready, {columns} {FROM_LANES}
            AND connection = ? AND {LANE} = ? AND {READY} <= ? ORDER BY {first} LIMIT ?"""
        limit = max(0, min(most, share.hands - len(rows)))
        rows += db.query(sql, [connection, lane.value, time, limit]) if limit else ()
    return rows
