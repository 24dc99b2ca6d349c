"""The tables of one data folder, opened and closed together: all lie in one SQLite file."""

from pathlib import Path

from studio.gallery.attachments import Attachments
from studio.gallery.personas import Personas
from studio.gallery.table import Gallery
from studio.jobs.books.calls import Calls
from studio.jobs.books.comparisons import Comparisons
from studio.jobs.books.ledger import Ledger
from studio.jobs.books.table import JobTable
from studio.jobs.traffic.notices import Notices


class Tables:
    """What a studio remembers."""

    def __init__(self, database: Path) -> None:
        self.jobs = JobTable(database)
        self.calls = Calls(database)
        self.ledger = Ledger(database)
        self.notices = Notices(database)
        self.comparisons = Comparisons(database)
        self.gallery = Gallery(database)
        self.attachments = Attachments(database)
        self.personas = Personas(database)

    def close(self) -> None:
        """Let go of the file."""
        work = (self.jobs, self.calls, self.ledger, self.notices, self.comparisons)
        for table in (*work, self.gallery, self.attachments, self.personas):
            table.close()
