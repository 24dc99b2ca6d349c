"""The desk: what all routes of the server share."""

from dataclasses import dataclass
from pathlib import Path

from studio.emulator.choices import Choices
from studio.emulator.dialects.acestep.asking.fields import FORK, NEWER, OLDER
from studio.emulator.dialects.acestep.models import LOADED
from studio.emulator.dialects.acestep.paths import Place, place_of
from studio.emulator.dialects.acestep.task import OVER, finished
from studio.emulator.dialects.acestep.tasks import Tasks
from studio.emulator.house import House
from studio.emulator.orders import BandTake
from studio.emulator.sounds import SONG, Sound

NAME = "acestep"


@dataclass(frozen=True, slots=True)
class Desk:
    """One server."""

    house: House
    tasks: Tasks
    choices: Choices
    incoming: Path
    """Where files lie that just came."""
    audio: Path
    """Where sounds lie that were written in another format."""
    name: str = NAME

    @property
    def now(self) -> float:
        """Seconds since 1970."""
        return self.house.clock()

    @property
    def loaded(self) -> tuple[str, ...]:
        """The models that are there, the usual one first."""
        return LOADED[self.choices["models"]]

    @property
    def has_lm(self) -> bool:
        """Whether there is a language model."""
        return self.choices["lm"] == "on"

    def sound_at(self, path: str) -> Sound | None:
        """Return what a path of the server leads to, if that is an audio of a task."""
        place = place_of(path)
        heard = self.heard(place) if place else None
        return self.house.sounds.find(heard[0]) if heard else None

    def heard(self, place: Place) -> tuple[str, BandTake] | None:
        """Return an audio that is finished: its sound at the house, and its take."""
        look = self.tasks.find(place.task)
        if look is None or look.step != OVER:
            return None
        takes = finished(look.orders)
        orders = [order for order in look.orders if order.takes[0] in takes]
        if place.number > len(takes):
            return None
        take = takes[place.number - 1]
        track = look.task.asked.track.replace(" ", "-")
        file = take.files.get(track, SONG) if track else SONG
        return self.house.sounds.of_take(orders[place.number - 1].id, 1, file), take

    def forget_old(self) -> None:
        """Forget tasks that nobody can ask about any more, and what was written for them."""
        for task in self.tasks.forget_old():
            for path in self.audio.glob(f"{task}-*"):
                path.unlink(missing_ok=True)


def open_desk(house: House) -> Desk:
    """Open the store of jobs."""
    folder = house.data / NAME
    for name in ("incoming", "audio"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    choices = Choices(
        models=tuple(LOADED),
        build=(NEWER, OLDER, FORK),
        load=("works", "fails"),
        lm=("on", "off"),
    )
    tasks = Tasks(folder / "tasks", house)
    return Desk(house, tasks, choices, folder / "incoming", folder / "audio")
