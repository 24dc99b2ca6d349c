"""The band's book of orders: takes wait in line, are played, and can be heard.

Each lane is a thread that plays one take after the other, in the order in which they came; the
heavy work is done in the pool's processes.
"""

import logging
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from studio.emulator.books import Book
from studio.emulator.musicians import Musicians, Recorded, Report, facts_of
from studio.emulator.orders import BandTake, Order, TakeState
from studio.engine.brief import Brief
from studio.engine.workers import Workers
from studio.errors import StudioProblem

FILES = ("early.mp3", "song.mp3", "song.wav", "cover.png")
SEEDS = 2**32

_log = logging.getLogger(__name__)


class Band:
    """Takes orders and plays them, a few takes at a time."""

    def __init__(
        self,
        musicians: Musicians,
        folder: Path,
        workers: Workers,
        *,
        lanes: int = 1,
        clock: Callable[[], float] = time.time,
        new_seed: Callable[[], int] = lambda: secrets.randbelow(SEEDS),
    ) -> None:
        self.musicians = musicians
        self._folder = folder
        self._workers = workers
        self._clock = clock
        self._new_seed = new_seed
        self._orders = Book(folder, Order)
        self._lock = threading.Lock()
        self._line: SimpleQueue[tuple[str, int] | None] = SimpleQueue()
        self._lanes = [threading.Thread(target=self._play_on, daemon=True) for _ in range(lanes)]
        self._is_closing = False

    def warm(self) -> None:
        """Load all that the first order would wait for."""
        self._workers.warm()
        self.musicians.warm()

    def open(self) -> None:
        """Begin to play, first of all what was left undone."""
        for order in self._orders:
            if not order.state.is_over:
                self._orders.remember(order.afresh())
                self._queue(order)
        for lane in self._lanes:
            lane.start()

    def close(self) -> None:
        """Stop at the next note; what is undone stays in the books."""
        self._is_closing = True
        for _ in self._lanes:
            self._line.put(None)
        self._workers.close()

    def order(
        self,
        brief: Brief,
        *,
        seed: int | None = None,
        takes: int = 2,
        spoiled: Mapping[int, str] | None = None,
    ) -> Order:
        """Take an order.

        Parameters
        ----------
        brief
            What to play.
        seed
            Of the first take, 0 to 2**32 - 1; each next take counts one on. Fresh if `None`.
        takes
            How many.
        spoiled
            Takes that fail, by number, and the sentence that says why: for practice.
        """
        first = self._new_seed() if seed is None else seed
        made = tuple(
            _new_take(number, (first + number - 1) % SEEDS, (spoiled or {}).get(number))
            for number in range(1, takes + 1)
        )
        order = Order(id=secrets.token_hex(16), brief=brief, takes=made, made_at=self._clock())
        self._orders.save(order)
        self._queue(order)
        return order

    def now(self) -> float:
        """Return the time of the band's clock, in seconds since 1970."""
        return self._clock()

    def find(self, order_id: str) -> Order | None:
        """Return an order as it stands now, or `None` when there is none of this id."""
        return self._orders.find(order_id)

    def cancel(self, order_id: str) -> Order | None:
        """Stop playing an order; what is finished stays."""
        with self._lock:
            order = self._orders.find(order_id)
            if order is None or order.state.is_over:
                return order
            order = order.model_copy(update={"is_cancelled": True})
            self._orders.save(order)
            return order

    def file(self, order_id: str, number: int, name: str) -> Path | None:
        """Return where a file of a take lies, or `None` while there is none."""
        order = self._orders.find(order_id)
        if order is None or order.take(number) is None or name not in FILES:
            return None
        path = self._take_folder(order_id, number) / name
        return path if path.is_file() else None

    def clean(self, *, keep_seconds: float) -> None:
        """Forget orders that are over since `keep_seconds`, with their sound."""
        for order in self._orders:
            ends = [take.over_at or order.made_at for take in order.takes]
            if order.state.is_over and self._clock() - max(ends) > keep_seconds:
                with self._lock:
                    self._orders.forget(order.id)
        for folder in self._folder.iterdir():
            if folder.is_dir() and self._orders.find(folder.name) is None:
                shutil.rmtree(folder, ignore_errors=True)

    def _queue(self, order: Order) -> None:
        for take in order.takes:
            if not take.state.is_over:
                self._line.put((order.id, take.number))

    def _play_on(self) -> None:
        while (turn := self._line.get()) is not None and not self._is_closing:
            try:
                self._play(*turn)
            except OSError:
                _log.exception("How a take went cannot be written down.")

    def _play(self, order_id: str, number: int) -> None:
        order = self._orders.find(order_id)
        take = order.take(number) if order else None
        if order is None or take is None or order.is_cancelled:
            return
        folder = self._take_folder(order_id, number)
        try:
            self._change(order_id, number, state=TakeState.PLAYING, began_at=self._clock())
            facts = facts_of(self._record(order, take, folder), folder)
        except Exception as trouble:  # noqa: BLE001 - a lane outlives whatever one take runs into
            if self._has_stopped(order_id):
                shutil.rmtree(folder, ignore_errors=True)
            else:
                self._finish(order_id, number, state=TakeState.FAILED, reason=_reason(trouble))
        else:
            self._finish(order_id, number, state=TakeState.FINISHED, progress=1.0, **facts)

    def _record(self, order: Order, take: BandTake, folder: Path) -> Recorded:
        """Let the musicians play, and once more when a worker process died under them."""
        play = partial(
            self.musicians.record,
            order.brief,
            take.seed,
            folder,
            report=partial(self._hear, order.id, take.number),
            cancelled=partial(self._has_stopped, order.id),
        )
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        executor = self._workers.executor
        try:
            return play(executor=executor)
        except BrokenExecutor:
            if self._has_stopped(order.id):
                raise
            self._workers.replace(executor)
            return play(executor=self._workers.executor)

    def _hear(self, order_id: str, number: int, report: Report) -> None:
        take = {
            "doing": report.doing,
            "progress": report.progress,
            "left_seconds": report.left_seconds,
        }
        if report.early is not None:
            take["has_early"] = True
        self._change(order_id, number, lasting=False, **take)

    def _finish(self, order_id: str, number: int, **changes: Any) -> None:
        self._change(
            order_id, number, doing="", left_seconds=None, over_at=self._clock(), **changes
        )

    def _change(self, order_id: str, number: int, *, lasting: bool = True, **changes: Any) -> None:
        with self._lock:
            order = self._orders.find(order_id)
            if order is not None:
                keep = self._orders.save if lasting else self._orders.remember
                keep(order.with_take(number, **changes))

    def _has_stopped(self, order_id: str) -> bool:
        order = self._orders.find(order_id)
        return self._is_closing or order is None or order.is_cancelled

    def _take_folder(self, order_id: str, number: int) -> Path:
        return self._folder / order_id / str(number)


def _new_take(number: int, seed: int, reason: str | None) -> BandTake:
    state = TakeState.WAITING if reason is None else TakeState.FAILED
    return BandTake(number=number, seed=seed, state=state, reason=reason)


def _reason(trouble: Exception) -> str:
    if isinstance(trouble, StudioProblem):
        return str(trouble)
    _log.error("A take came to nothing.", exc_info=trouble)
    match trouble:
        case OSError(strerror=str(why)):
            return f"The band cannot write its sound to disk ({why}). Make room, then try again."
        case BrokenExecutor():
            return "The band broke down twice, perhaps for want of memory. Try a shorter song."
        case _:
            return "The band could not play this to the end. Try it again, or with other words."
