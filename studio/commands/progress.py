"""A line on the terminal that says how far a job or a tool is, rewritten in place."""

import shutil
from typing import TYPE_CHECKING, TextIO

from studio.commands.listing import one_line
from studio.jobs.model import Job, State

if TYPE_CHECKING:  # the engine is large, and most commands do without it
    from studio.engine.crew import Report

_REWRITE = "\r\x1b[2K"


class _Line:
    """One line on `terminal`, or nothing where that is a file or a pipe."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self._shown = ""

    def clear(self) -> None:
        """Leave the line empty, for what is printed next."""
        if self._terminal.isatty():
            self._write(_REWRITE, shown="")

    def _rewrite(self, words: str) -> None:
        text = one_line(words)[: shutil.get_terminal_size().columns - 1]
        self._write(_REWRITE + text, shown=text)

    def _write(self, words: str, *, shown: str) -> None:
        if shown != self._shown:
            self._terminal.write(words)
            self._terminal.flush()
            self._shown = shown


class ProgressLine(_Line):
    """How far a job is; where nobody looks at a terminal, only what hinders it, once each."""

    def show(self, job: Job) -> None:
        """Say how far `job` is."""
        if self._terminal.isatty():
            self._rewrite(describe(job))
        elif job.reason and job.state.is_under_way:
            text = one_line(job.reason)
            self._write(text + "\n", shown=text)


class ReportLine(_Line):
    """How far a tool is."""

    def show(self, news: "Report") -> None:
        """Say how far the work is."""
        if self._terminal.isatty():
            self._rewrite(" · ".join(_facts(news.doing, news.progress, news.left_seconds)))


def describe(job: Job) -> str:
    """Say in a short line what happens to `job` now."""
    if job.state is State.WORKING:
        return " · ".join(_facts(job.doing or "Being made", job.progress, job.left))
    return job.reason or _WORDS.get(job.state, "")


def _facts(doing: str, progress: float | None, left_seconds: float | None) -> list[str]:
    facts = [doing]
    if progress is not None:
        facts.append(f"{progress:.0%}")
    if left_seconds is not None:
        facts.append(f"about {left_seconds:.0f} s left")
    return facts


_WORDS = {
    State.QUEUED: "Waiting to be sent",
    State.SENDING: "Being sent",
    State.FETCHING: "Coming home",
}
