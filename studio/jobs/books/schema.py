"""The schema of the jobs: how their table came to be as it is, step by step.

A step that was released is never changed: every old data folder takes those that it lacks, in
order.
"""

from studio.database import Database, Migrations
from studio.jobs.model import State

UNDER_WAY = ", ".join(f"'{state.value}'" for state in State if state.is_under_way)
"""Written out, because SQLite uses a partial index only for the words that it was made with."""
READY = "max(CASE WHEN news IS NULL THEN due_at ELSE 0 END, held_until)"
"""When a job can be taken: when it is due or has been told something, and nobody holds it."""
LANE = (
    "CASE WHEN news IS NOT NULL THEN 0 WHEN state = 'QUEUED' THEN 1 WHEN state = 'WORKING' THEN 2"
    " ELSE 0 END"
)
"""For what a job is due, as `Lane`."""

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


@migrations()
def what_is_ready_is_found_without_a_search(db: Database) -> None:
    db.execute("ALTER TABLE jobs ADD COLUMN news TEXT")
    db.execute("DROP INDEX jobs_due")
    db.execute(
        "CREATE INDEX jobs_ready ON jobs"
        " (max(CASE WHEN news IS NULL THEN due_at ELSE 0 END, held_until))"
        " WHERE state IN ('QUEUED', 'SENDING', 'WORKING', 'FETCHING')"
    )
    db.execute("CREATE INDEX jobs_state ON jobs (state)")


@migrations()
def jobs_are_found_by_what_they_are_about(db: Database) -> None:
    for column, path in (("remote", "remote"), ("ability", "request.ability"), ("part_of",) * 2):
        db.execute(f"ALTER TABLE jobs ADD COLUMN {column} TEXT")
        db.execute(f"UPDATE jobs SET {column} = json_extract(job, '$.{path}')")  # noqa: S608 - our own words
    db.execute("CREATE INDEX jobs_remote ON jobs (remote) WHERE remote IS NOT NULL")
    db.execute("CREATE INDEX jobs_ability ON jobs (ability)")
    db.execute("CREATE INDEX jobs_parts ON jobs (part_of) WHERE part_of IS NOT NULL")
    db.execute("""
        CREATE TABLE jobs_needs (
            needed TEXT NOT NULL,
            job TEXT NOT NULL,
            PRIMARY KEY (needed, job)
        ) WITHOUT ROWID""")
    db.execute("""
        CREATE TABLE jobs_songs (
            song TEXT NOT NULL,
            job INTEGER NOT NULL,
            PRIMARY KEY (song, job)
        ) WITHOUT ROWID""")


@migrations()
def news_may_come_before_its_job_has_a_name(db: Database) -> None:
    db.execute("""
        CREATE TABLE jobs_news (
            remote TEXT NOT NULL,
            connection TEXT NOT NULL,
            news TEXT NOT NULL,
            heard_at REAL NOT NULL
        )""")
    db.execute("CREATE INDEX jobs_news_remote ON jobs_news (remote)")


@migrations()
def what_is_due_is_found_for_each_connection(db: Database) -> None:
    db.execute("DROP INDEX jobs_ready")
    db.execute("""
        CREATE INDEX jobs_lanes ON jobs (
            connection,
            CASE WHEN news IS NOT NULL THEN 0 WHEN state = 'QUEUED' THEN 1
                WHEN state = 'WORKING' THEN 2 ELSE 0 END,
            max(CASE WHEN news IS NULL THEN due_at ELSE 0 END, held_until)
        ) WHERE state IN ('QUEUED', 'SENDING', 'WORKING', 'FETCHING')""")
    db.execute("""
        CREATE TABLE jobs_lines (
            connection TEXT PRIMARY KEY,
            starts TEXT NOT NULL,
            looks TEXT NOT NULL
        ) WITHOUT ROWID""")
