"""Crew: stages of work given to an executor, watched, timed, and stopped."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio.audio.work import Cancelled
from studio.engine.desk import Desk

LOOK_SECONDS = 0.1
"""How often the crew looks up from its work."""

_LEAST_CHANGE = 0.005


@dataclass(frozen=True, slots=True)
class Report:
    """How far a session is."""

    doing: str
    """What the musicians do just now: `singing the second verse`."""
    progress: float
    """0 to 1, by the cost of what is done; it never falls."""
    left_seconds: float | None
    """From the pace so far; `None` before there is one."""
    early: Path | None
    """The first seconds of the song, once they can be played."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A piece of work for one worker."""

    name: str
    doing: str
    """What is said while it runs, unless it tells more itself."""
    cost: float
    """Measured seconds, on any machine: only ratios matter."""
    work: Callable[..., Any]
    """Importable, so that another process finds it. Called with the desk, then `arguments`."""
    arguments: tuple[Any, ...] = ()
    after: tuple[str, ...] = ()
    """Names of the stages that must be done before."""
    early: Path | None = None
    """What can be played once it is done."""


@dataclass(slots=True)
class Crew:
    """Hands out stages, reports on them, and stops them."""

    executor: Executor
    desk: Desk
    report: Callable[[Report], None]
    cancelled: Callable[[], bool]
    expected_cost: float
    """Of all stages of the session, as far as one can tell before the song is written."""
    at_once: int = 2
    """Stages in flight. No more than there are workers, or urgent ones wait behind others."""
    clock: Callable[[], float] = time.monotonic
    _running: dict[Future[Any], Stage] = field(default_factory=dict)
    _done_cost: float = 0.0
    _early: Path | None = None
    _started: float | None = None
    _last: Report | None = None

    def run(self, stages: Sequence[Stage]) -> dict[str, Any]:
        """Do all of these, the first ones first, and return their results by name.

        Raises
        ------
        Cancelled
            Within `LOOK_SECONDS` of `cancelled` saying yes.
        BrokenProcessPool
            If a worker's process died; the pool is then of no more use.
        """
        waiting = list(stages)
        results: dict[str, Any] = {}
        while waiting or self._running:
            self._stop_if_cancelled()
            ready = [stage for stage in waiting if results.keys() >= set(stage.after)]
            for stage in ready[: self.at_once - len(self._running)]:
                waiting.remove(stage)
                self._start(stage)
            self._say()
            done, _ = wait(self._running, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
            for future in done:
                stage = self._running.pop(future)
                results[stage.name] = self._finished(stage, future)
        self._say()
        return results

    def expect(self, stages: Sequence[Stage]) -> None:
        """Correct what is expected, now that the stages to come are known."""
        self.expected_cost = self._done_cost + sum(stage.cost for stage in stages)

    def _stop_if_cancelled(self) -> None:
        if self.cancelled():
            for future in self._running:
                future.cancel()
            raise Cancelled

    def _start(self, stage: Stage) -> None:
        with _said_clearly():
            future = self.executor.submit(stage.work, self.desk, *stage.arguments)
        self._running[future] = stage

    def _finished(self, stage: Stage, future: Future[Any]) -> Any:
        with _said_clearly():
            result = future.result()
        self._done_cost += stage.cost
        self._early = stage.early or self._early
        return result

    def _say(self) -> None:
        news = self._news()
        last = self._last
        if (
            last is None
            or news.progress - last.progress >= _LEAST_CHANGE
            or (news.doing, news.early) != (last.doing, last.early)
        ):
            self._last = news
            self.report(news)

    def _news(self) -> Report:
        now = self.clock()
        self._started = now if self._started is None else self._started
        before = self._last or Report("", 0.0, None, None)
        told = [(stage, *self.desk.told(stage.name)) for stage in self._running.values()]
        done = self._done_cost + sum(stage.cost * share for stage, share, _ in told)
        progress = max(before.progress, min(done / self.expected_cost, 1.0))
        elapsed = now - self._started
        left = elapsed * (1 - progress) / progress if progress > 0 else None
        # Who tells himself what he does (the singer, his line) is more interesting.
        doings = [words for _, _, words in told if words] + [stage.doing for stage, _, _ in told]
        return Report(doings[0] if doings else before.doing, progress, left, self._early)


@contextmanager
def _said_clearly() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise BrokenProcessPool(
            "One of the band's processes ended in the middle of the song, perhaps for want of "
            "memory. Try again."
        ) from error
