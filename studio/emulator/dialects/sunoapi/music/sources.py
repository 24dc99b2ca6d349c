"""Sources: the sounds of which music is made, songs of the vendor and what is brought by a link."""

from studio.emulator.dialects.sunoapi.editions import longest_upload
from studio.emulator.dialects.sunoapi.task import FAILED, UNFETCHED, Failed
from studio.emulator.dialects.sunoapi.tasks import Tasks
from studio.emulator.house import House
from studio.emulator.orders import TakeState
from studio.emulator.recipes.facts import words_of
from studio.songs import Value


class Source(Value):
    """A sound that can be worked on."""

    sound: str
    """Id at the house."""
    length_seconds: float
    title: str = ""
    style: str = ""
    lyrics: str = ""
    model: str = ""
    """Of the song that it is; empty of what was brought."""
    is_instrumental: bool = False
    """Whether it is known that nobody sings in it."""


class Sources:
    """Where sounds are found."""

    def __init__(self, house: House, tasks: Tasks) -> None:
        self._house = house
        self._tasks = tasks

    def song(self, task_id: str, song_id: str) -> Source | None:
        """Return a finished song, or `None` if this task has none of this id, or not yet.

        Parameters
        ----------
        task_id
            Empty for whichever made it.
        """
        task = self._tasks.of_song(song_id)
        if task is None or (task_id and task.id != task_id) or not task.is_planned:
            return None
        order = self._house.band.find(task.order)
        take = order.take(task.takes[task.songs.index(song_id)]) if order else None
        if order is None or take is None or take.state is not TakeState.FINISHED:
            return None
        return Source(
            sound=self._house.sounds.of_take(order.id, take.number),
            length_seconds=take.length_seconds or 0.0,
            title=take.title,
            style=task.asked["style"] or take.style,
            lyrics=words_of(order, take),
            model=task.asked["model"],
            is_instrumental=task.asked["is_instrumental"],
        )

    def made(self, song_id: str) -> Source:
        """Return a finished song, for a task that was taken already.

        Raises
        ------
        Failed
            If there is none.
        """
        source = self.song("", song_id)
        if source is None:
            raise Failed(FAILED, "The original music does not exist or is not finished.")
        return source

    def brought(self, link: str, model: str = "") -> Source:
        """Fetch a sound; blocks.

        Raises
        ------
        SoundUnreadable
            If it is none.
        Failed
            If it is too long for a model.
        """
        sound = self._house.sounds.bring(link)
        most = longest_upload(model)
        if sound.length_seconds > most + 0.5:
            raise Failed(
                UNFETCHED, f"The uploaded audio cannot be longer than {most / 60:g} minutes."
            )
        score = self._house.band.musicians.recall(sound.path)
        return Source(
            sound=sound.id,
            length_seconds=sound.length_seconds,
            title=score.title if score else "",
            style=score.tags if score else "",
            lyrics=score.lyrics if score else "",
        )
