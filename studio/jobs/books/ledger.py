"""The ledger: what connections have cost, counted in the table without reading every job."""

from datetime import datetime
from pathlib import Path

from studio.database import Store
from studio.jobs.books.schema import migrations
from studio.songs import Value


class Spent(Value):
    """What a connection has cost over a span, in one unit."""

    connection: str
    """Its name; it may be forgotten by now."""
    spent: float
    """What was paid, or may still be, less what was given back."""
    refunded: float
    jobs: int
    unit: str


class Ledger:
    """The sums over the jobs of one table. Every method may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path, migrations)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def since(self, moment: datetime, connection: str | None = None) -> tuple[Spent, ...]:
        """Return what each connection, or one, has cost since a moment; only those with jobs.

        A job that was never sent and is over costs nothing; one whose cost nobody knows yet counts
        with its estimate. What went wrong and cost nothing in the end was given back; what went
        well and cost nothing was never paid. A connection that has counted in several units is told
        of once for each: dollars are never added to credits.
        """
        sql = """
            WITH told AS (
                SELECT number, connection, state,
                    json_extract(job, '$.cost.amount') AS cost,
                    json_extract(job, '$.cost.unit') AS cost_unit,
                    coalesce(json_extract(job, '$.estimate.amount'), 0) AS estimate,
                    json_extract(job, '$.estimate.unit') AS estimate_unit,
                    json_extract(job, '$.sent_at') AS sent_at,
                    json_extract(job, '$.reason') AS reason
                FROM jobs
                WHERE created_at >= :moment AND (:connection IS NULL OR connection = :connection)
            ),
            paid AS (
                SELECT *,
                    CASE WHEN cost > 0 THEN cost_unit WHEN estimate > 0 THEN estimate_unit END
                        AS paid_unit
                FROM told
            ),
            counted AS (
                SELECT *,
                    -- What was free has no unit of its own.
                    coalesce(paid_unit, max(paid_unit) OVER there, max(estimate_unit) OVER there,
                        'credits') AS unit
                FROM paid WINDOW there AS (PARTITION BY connection)
            )
            SELECT connection, unit, count(*) AS jobs,
                sum(CASE
                    WHEN cost IS NOT NULL THEN cost
                    WHEN state IN ('FAILED', 'CANCELLED') THEN 0.0
                    ELSE estimate END) AS spent,
                sum(CASE
                    WHEN cost = 0 AND sent_at IS NOT NULL AND reason IS NOT NULL THEN estimate
                    ELSE 0.0 END) AS refunded
            FROM counted GROUP BY connection, unit ORDER BY min(number)"""
        told = {"moment": moment.timestamp(), "connection": connection}
        with self._store.opened() as db:
            return tuple(Spent.model_validate(row) for row in db.query(sql, told))
