"""The band's book of orders: takes wait in line, are played, and can be heard.

Each lane is a thread that makes one take after the other, in the order in which they came; the
heavy work is done in the pool's processes. Words have a lane of their own: nobody wants to wait
for a song to be played before a few tags can be written.
"""

import logging
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from studio.emulator.books import Book
from studio.emulator.musicians import Musicians, Report
from studio.emulator.orders import Made, Order, TakeState, new_take
from studio.emulator.performance import Stage, reason_of
from studio.emulator.sounds import Sounds
from studio.emulator.turns import Turn, Turns
from studio.emulator.works import Use, Work
from studio.engine.workers import Workers

SEEDS = 2**32
_LAST_NOTE_SECONDS = 0.5

_log = logging.getLogger(__name__)


class Band:
    """Takes orders and plays them, a few takes at a time."""

    def __init__(
        self,
        musicians: Musicians,
        folder: Path,
        workers: Workers,
        *,
        sounds: Sounds | None = None,
        lanes: int = 1,
        clock: Callable[[], float] = time.time,
        new_seed: Callable[[], int] = lambda: secrets.randbelow(SEEDS),
    ) -> None:
        self.musicians = musicians
        self.sounds = sounds or Sounds(folder.with_name("sounds"), takes=folder, clock=clock)
        self._folder = folder
        self._workers = workers
        self._stage = Stage(musicians, workers, self.sounds)
        self._clock = clock
        self._new_seed = new_seed
        self._orders = Book(folder, Order)
        self._lock = threading.Lock()
        self._turns = Turns()
        self._lanes = [
            threading.Thread(target=self._work_on, args=(can_go,), daemon=True)
            for can_go in (*[self._is_music] * lanes, self._is_words)
        ]
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
        self._turns.close()
        self._workers.close()
        for lane in self._lanes:
            if lane.is_alive():
                # So that nothing is written any more when the folder is cleared after this.
                lane.join(_LAST_NOTE_SECONDS)

    def order(
        self,
        works: Sequence[Work],
        *,
        seed: int | None = None,
        spoiled: Mapping[int, str] | None = None,
    ) -> Order:
        """Take an order.

        Parameters
        ----------
        works
            What each take is to be. One that needs another comes after it.
        seed
            Of the first take, 0 to 2**32 - 1; each next take counts one on, unless its own options
            name one. Fresh if `None`.
        spoiled
            Takes that fail, by number, and the sentence that says why: for practice.
        """
        first = self._new_seed() if seed is None else seed
        takes = tuple(
            new_take(number, work, (first + number - 1) % SEEDS, (spoiled or {}).get(number))
            for number, work in enumerate(works, 1)
        )
        order = Order(id=secrets.token_hex(16), takes=takes, made_at=self._clock())
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
        self._turns.look_again()
        return order

    def file(self, order_id: str, number: int, name: str) -> Path | None:
        """Return where a file of a take lies, or `None` while there is none."""
        order = self._orders.find(order_id)
        take = order.take(number) if order else None
        if take is None or name not in take.files.values():
            return None
        path = self._take_folder(order_id, number) / name
        return path if path.is_file() else None

    def clean(self, *, keep_seconds: float) -> None:
        """Forget orders and sounds that nobody needs since `keep_seconds`."""
        needed = self._needed()
        for order in self._orders:
            ends = [take.over_at or order.made_at for take in order.takes]
            is_old = order.state.is_over and self._clock() - max(ends) > keep_seconds
            if is_old and order.id not in {name.partition(".")[0] for name in needed}:
                with self._lock:
                    self._orders.forget(order.id)
        for folder in self._folder.iterdir():
            if folder.is_dir() and self._orders.find(folder.name) is None:
                shutil.rmtree(folder, ignore_errors=True)
        self.sounds.clean(keep_seconds=keep_seconds, needed=needed)

    def _needed(self) -> frozenset[str]:
        """Return the ids of the sounds of which orders under way are made."""
        takes = (take for order in self._orders if not order.state.is_over for take in order.takes)
        return frozenset(name for take in takes for name in _sounds(take.work))

    def _queue(self, order: Order) -> None:
        for take in order.takes:
            if not take.state.is_over:
                self._turns.add((order.id, take.number))

    def _is_words(self, turn: Turn) -> bool:
        """Whether a take needs no sound, so that it is soon made."""
        order = self._orders.find(turn[0])
        take = order.take(turn[1]) if order else None
        return take is not None and isinstance(take.work, Use) and not take.work.sounds

    def _is_music(self, turn: Turn) -> bool:
        order = self._orders.find(turn[0])
        is_ready = order is None or order.is_ready(turn[1])
        return is_ready and not self._is_words(turn)

    def _work_on(self, can_go: Callable[[Turn], bool]) -> None:
        while (turn := self._turns.take(can_go)) is not None:
            try:
                self._work(*turn)
            except OSError:
                _log.exception("How a take went cannot be written down.")
            self._turns.look_again()

    def _work(self, order_id: str, number: int) -> None:
        order = self._orders.find(order_id)
        take = order.take(number) if order else None
        if order is None or take is None or order.is_cancelled:
            return
        folder = self._take_folder(order_id, number)
        try:
            self._change(order_id, number, state=TakeState.PLAYING, began_at=self._clock())
            made = self._stage.make(
                order,
                take,
                folder,
                report=partial(self._hear, order_id, number),
                cancelled=partial(self._has_stopped, order_id),
            )
        except Exception as trouble:  # noqa: BLE001 - a lane outlives whatever one take runs into
            if self._has_stopped(order_id):
                shutil.rmtree(folder, ignore_errors=True)
            else:
                self._finish(order_id, number, state=TakeState.FAILED, reason=reason_of(trouble))
        else:
            told = {name: getattr(made, name) for name in Made.model_fields}
            self._finish(order_id, number, state=TakeState.FINISHED, progress=1.0, **told)

    def _hear(self, order_id: str, number: int, report: Report) -> None:
        take: dict[str, Any] = {
            "doing": report.doing,
            "progress": report.progress,
            "left_seconds": report.left_seconds,
        }
        if report.early is not None:
            take["files"] = {"early": report.early.name}
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


def _sounds(work: Work) -> tuple[str, ...]:
    return work.sounds if isinstance(work, Use) else ()
