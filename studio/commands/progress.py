"""A line on the terminal that says how far a job is, rewritten in place."""

import shutil
from typing import TextIO

from studio.commands.listing import one_line
from studio.jobs.model import Job, State

_REWRITE = "\r\x1b[2K"


class ProgressLine:
    """One line on `terminal`; where that is a file or a pipe, only what hinders, once each."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self._shown = ""

    def show(self, job: Job) -> None:
        """Say how far `job` is."""
        if self._terminal.isatty():
            text = one_line(describe(job))[: shutil.get_terminal_size().columns - 1]
            self._write(_REWRITE + text, shown=text)
        elif job.reason and job.state.is_under_way:
            text = one_line(job.reason)
            self._write(text + "\n", shown=text)

    def clear(self) -> None:
        """Leave the line empty, for what is printed next."""
        if self._terminal.isatty():
            self._write(_REWRITE, shown="")

    def _write(self, words: str, *, shown: str) -> None:
        if shown != self._shown:
            self._terminal.write(words)
            self._terminal.flush()
            self._shown = shown


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
