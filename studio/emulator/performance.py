"""Performance: one take, from what was asked for to files on disk."""

import logging
import shutil
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from studio.emulator.musicians import Musicians, Report, made_of
from studio.emulator.orders import BandTake, Made, Order, TakeState
from studio.emulator.repeating import again_if_broken
from studio.emulator.sounds import SONG, Sounds
from studio.emulator.works import Play, Use
from studio.engine.workers import Workers
from studio.errors import StudioProblem, ToolUnfit

LINKS = ("http://", "https://")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stage:
    """Those who make takes, and what they make them of."""

    musicians: Musicians
    workers: Workers
    sounds: Sounds

    def make(
        self,
        order: Order,
        take: BandTake,
        folder: Path,
        *,
        report: Callable[[Report], None],
        cancelled: Callable[[], bool],
    ) -> Made:
        """Make a take of `order` in `folder`, whatever lay there before; blocks until it is whole.

        Raises
        ------
        Exception
            Whatever went wrong; `reason_of` says it in a sentence.
        """
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        work = take.work
        if isinstance(work, Play):
            play = partial(
                self.musicians.record,
                work.brief,
                take.seed,
                folder,
                report=report,
                cancelled=cancelled,
            )
            recorded = again_if_broken(self.workers, lambda e: play(executor=e), cancelled)
            return made_of(recorded, folder)
        return self.musicians.use(
            _settled(work, order),
            take.seed,
            [self._path(name, order) for name in work.sounds],
            folder,
            workers=self.workers,
            report=report,
            cancelled=cancelled,
        )

    def _path(self, name: str, order: Order) -> Path:
        if name.startswith(LINKS):
            return self.sounds.bring(name).path
        if name.startswith("#"):
            number, _, file = name[1:].partition(".")
            name = self.sounds.of_take(order.id, _made(number, order).number, file or SONG)
        sound = self.sounds.find(name)
        if sound is None:
            raise ToolUnfit("The band does not have this sound any more. Bring it again.")
        return sound.path


def reason_of(trouble: Exception) -> str:
    """Say in a sentence why a take came to nothing."""
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


def _settled(use: Use, order: Order) -> Use:
    """Return a use whose options are complete, now that earlier takes are made."""
    return use.with_options({name: _fact(place, order) for name, place in use.told.items()})


def _fact(place: str, order: Order) -> Any:
    """Return what a take told, for example at `#1.window_seconds.0`."""
    number, *steps = place[1:].split(".")
    value: Any = _made(number, order).facts
    for step in steps:
        value = value[int(step)] if isinstance(value, list | tuple) else value[step]
    return value


def _made(number: str, order: Order) -> BandTake:
    take = order.take(int(number))
    if take is None or take.state is not TakeState.FINISHED:
        why = take.reason if take else None
        raise ToolUnfit(why or f"Take {number}, of which this is made, came to nothing.")
    return take
