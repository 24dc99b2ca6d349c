"""A line on the terminal that says how far a job is, rewritten in place."""

import shutil
from typing import TextIO

from studio.commands.listing import one_line
from studio.jobs.model import Job, State

_REWRITE = "\r\x1b[2K"


class ProgressLine:
    """One line on `terminal`; silent where `terminal` is a file or a pipe."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self._shown = ""

    def show(self, job: Job) -> None:
        """Say how far `job` is."""
        text = one_line(describe(job))[: shutil.get_terminal_size().columns - 1]
        if self._terminal.isatty() and text != self._shown:
            self._terminal.write(_REWRITE + text)
            self._terminal.flush()
            self._shown = text

    def clear(self) -> None:
        """Leave the line empty, for what is printed next."""
        if self._shown:
            self._terminal.write(_REWRITE)
            self._terminal.flush()
            self._shown = ""


def describe(job: Job) -> str:
    """Say in a short line what happens to `job` now."""
    if job.state is State.WORKING:
        facts = [job.doing or "Being made"]
        if job.progress is not None:
            facts.append(f"{job.progress:.0%}")
        if job.left is not None:
            facts.append(f"about {job.left:.0f} s left")
        return " · ".join(facts)
    return job.reason or _WORDS.get(job.state, "")


_WORDS = {
    State.QUEUED: "Waiting to be sent",
    State.SENDING: "Being sent",
    State.FETCHING: "Coming home",
}
