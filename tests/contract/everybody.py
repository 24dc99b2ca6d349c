"""A studio with a practice connection to one vendor, and a request for each of its abilities.

Nothing here knows a vendor: requests are made from what it declares. So whoever is added to
`PROVIDERS`, with a dialect at the emulator, is put through the same without a line here.
"""

import threading
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, get_args

import lameenc
import numpy as np
from pydantic import TypeAdapter

from studio.connections import HOUSE_BAND
from studio.jobs.model import Job, State
from studio.providers.limits import Balance
from studio.songs import Ability, Part, SongRequest
from tests.client.conftest import Rehearsal
from tests.contract.sonic import FACTS, SonicBand, hum

ANY_REQUEST: TypeAdapter[Any] = TypeAdapter(SongRequest)
WINDOWS = ((0.2, 0.9), (0.0, 6.0), (0.0, 12.0), (2.0, 12.0))
"""Some window fits whatever a vendor wants, of one of two songs."""
POINT = 0.7
TEXTS = {
    "description": "rain on the roof",
    "style": "folk",
    "lyrics": "[Verse]\nRain on the rails",
    "title": "Rain",
    "exclude": "drums",
    "name": "Anna",
}
OWN_SECONDS = 14.0
SONG_SECONDS = 13.0
MOST_TURNS = 400
A_WHILE_SECONDS = 60.0
TOLD = {
    **FACTS,
    "stems": {
        "length_seconds": SONG_SECONDS,
        "stems": [
            {"name": name, "file": f"{name}.wav", "empty": False}
            for name in ("vocals", "instrumental")
        ],
    },
    "upsample-tags": {"versions": [{"tags": "slow folk, warm guitar", "understood": "folk"}]},
}


@dataclass
class AudibleBand(SonicBand):
    """Makes what lasts a while and can be heard, for vendors who look before they take it."""

    facts: dict = field(default_factory=lambda: dict(TOLD))

    def record(self, brief, seed, folder, **how):
        recorded = super().record(brief, seed, folder, **how)
        _sound(folder)
        return replace(recorded, score=replace(recorded.score, beats=SONG_SECONDS * 96 / 60))

    def use(self, use, seed, sounds, folder, **how):
        made = super().use(use, seed, sounds, folder, **how)
        _sound(folder)
        is_song = "sound" in made.files
        return made.model_copy(update={"length_seconds": SONG_SECONDS}) if is_song else made


def _sound(folder):
    """Let everything that lies there be heard."""
    for file in folder.iterdir():
        if file.suffix == ".wav":
            file.write_bytes(hum(SONG_SECONDS))
        elif file.suffix == ".mp3":
            file.write_bytes(_hum_mp3())


@cache
def _hum_mp3() -> bytes:
    rate = 16000
    moments = np.arange(int(rate * SONG_SECONDS)) / rate
    tone = (9000 * np.sin(2 * np.pi * 220 * moments)).astype(np.int16)
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_bit_rate(32)
    encoder.silence()
    return bytes(encoder.encode(tone.tobytes()) + encoder.flush())


@dataclass(frozen=True)
class Recipe:
    """How a request is made anew each time, on songs that nobody has worked on."""

    ability: Ability
    model: str | None
    source: str
    """Where its song comes from: `made` there, brought as one's `own`, or a `tail`."""


@dataclass(frozen=True)
class Called:
    """An operation that was called."""

    operation: str
    is_start: bool
    """Whether something was being sent: the only step that costs."""


@dataclass
class Everybody:
    """One vendor's stage."""

    kind: str
    rehearsal: Rehearsal
    dialect: str = ""
    """The prefix of its counter."""
    called: list[Called] = field(default_factory=list)
    """What was called since the last request."""
    met: set[str] = field(default_factory=set)
    """The faults that the last request met."""
    _pool: list[str] = field(default_factory=list)
    """Songs that were made there and that nobody has worked on."""

    def __post_init__(self) -> None:
        is_band = self.kind == HOUSE_BAND.kind
        self.name = HOUSE_BAND.name if is_band else self.studio.add_practice(self.kind).name
        faults = self.rehearsal.desk.house.faults
        take = faults.take

        def noted(dialect: str, operation: str, *, at_work: bool) -> Any:
            if not at_work:
                self.dialect = dialect
                self.called.append(Called(operation, self._is_sending()))
            return take(dialect, operation, at_work=at_work)

        faults.take = noted
        self.offer = self._offer()

    @property
    def studio(self) -> Any:
        return self.rehearsal.studio

    def recipes(self) -> list[Recipe]:
        """Return every way to use every ability: each family of models, each kind of song."""
        return [
            Recipe(ability, model, source)
            for ability in sorted(self.offer.abilities)
            for model in self._models(ability)
            for source in (("tail",) if ability is Ability.CONCAT else ("made", "own"))
            if source != "own" or "source" in _class_of(ability).model_fields
        ]

    def request(self, recipe: Recipe) -> Any:
        """Return a request that the studio would send, or `None` if there is none."""
        songs = self._songs(recipe)
        for window in WINDOWS if songs is not None else ():
            asked = self._asked(recipe, songs, window)
            if not self.studio.estimate(asked, self.name).problem:
                return asked
        return None

    def run(self, request: Any) -> Job:
        """Send a request, let everything come to its end, and return its job."""
        self.called.clear()
        return self.drive(self.studio.submit(request, to=self.name).id)

    def drive(self, job_id: str) -> Job:
        """Do what is due until nothing more happens by itself to a job and its parts."""
        for _ in range(MOST_TURNS):
            self._let_play()
            jobs = self.jobs(job_id)
            if any(job.state is State.UNSURE for job in jobs):
                return next(job for job in jobs if job.state is State.UNSURE)
            if not any(job.state.is_under_way for job in jobs):
                return jobs[0]
            due = self.rehearsal.room.worker.next_due()
            if due is not None:
                self.rehearsal.clock.time = max(self.rehearsal.clock.time, due)
            self.rehearsal.room.worker.run_due()
        raise AssertionError(f"It never ended: {jobs!r}")

    def _let_play(self) -> None:
        """Wait until the band has nothing to do: how fast it is must not decide what is found."""
        band, pause = self.rehearsal.desk.house.band, threading.Event()
        while not all(order.state.is_over for order in band._orders):
            pause.wait(0.002)

    def give_back(self, request: Any) -> None:
        """Put a song back of which nothing came."""
        self._pool += [
            song for song in request.sources if self.studio.song(song).connection == self.name
        ]

    def jobs(self, job_id: str) -> list[Job]:
        """Return a job and those that are done for its sake."""
        return [self.studio.job(job_id), *self.studio.parts(job_id)]

    def balance(self) -> Balance:
        """Return what is left there now; nothing where nothing is counted."""
        # Whoever allows so many calls in a while has forgotten those of before.
        self.rehearsal.clock.tick(A_WHILE_SECONDS)
        left = self.rehearsal.room.provider(self.studio.connection(self.name)).balance()
        return left or Balance(amount=0)

    def _offer(self) -> Any:
        health = self.studio.test(self.name)
        assert health.ok, health
        return self.studio.offer(self.name)

    def _is_sending(self) -> bool:
        return any(job.state is State.SENDING for job in self.studio.jobs(limit=5))

    def _models(self, ability: Ability) -> list[str | None]:
        """Return the first model of each family."""
        first: dict[str, str | None] = {}
        for name, model in self.offer.models_for(ability).items():
            first.setdefault(model.family, name)
        return list(first.values()) or [None]

    def _songs(self, recipe: Recipe) -> tuple[str, ...] | None:
        """Return as many songs as it works on, from where the recipe says."""
        has = _class_of(recipe.ability).model_fields
        count = 2 if "songs" in has else int("source" in has)
        if recipe.source == "own":
            return tuple(self._own() for _ in range(count))
        if recipe.source == "tail":
            asked = self.request(Recipe(Ability.EXTEND, None, "made"))
            tails = self.run(asked.model_copy(update={"joined": False})).songs
            return tails if self.studio.song(tails[0]).part is Part.TAIL else None
        return tuple(self._made() for _ in range(count))

    def _made(self) -> str:
        if not self._pool:
            job = self.run(self.request(Recipe(Ability.CREATE, None, "made")))
            assert job.state is State.DONE, job
            self._pool += job.songs
        return self._pool.pop()

    def _own(self) -> str:
        file = self.rehearsal.settings.data / "own.wav"
        file.write_bytes(hum(OWN_SECONDS))
        return self.studio.bring(file, title="Own").id

    def _asked(self, recipe: Recipe, songs: tuple[str, ...], window: tuple[float, float]) -> Any:
        """Return a request that says as much as is taken."""
        has = _class_of(recipe.ability).model_fields
        limits = self.offer.limits(recipe.ability, recipe.model)
        said = {
            name: text
            for name, text in TEXTS.items()
            if (getattr(limits, name, None) or 0) >= len(text)
        }
        if "lyrics" in said and recipe.ability is Ability.CREATE:
            said.pop("description", None)
        is_windowed = "window" in has and has["window"].is_required()
        more = {
            "source": songs[0] if songs else None,
            "songs": songs,
            "window": {"start": window[0], "end": window[1]} if is_windowed else None,
            "at": POINT if songs else None,
            "detail": limits.details[0] if limits.details else None,
            "formats": limits.formats[:1] or None,
            "phrase": self._phrase if "phrase" in limits.needs else None,
        }
        told = {name: value for name, value in (said | more).items() if name in has and value}
        return ANY_REQUEST.validate_python(
            {"ability": recipe.ability, "model": recipe.model, **told}
        )

    @cached_property
    def _phrase(self) -> str:
        """Return the id of a job that asked for a phrase."""
        return self.run(self.request(Recipe(Ability.PHRASE, None, "own"))).id


@cache
def _class_of(ability: Ability) -> Any:
    """Return the class of requests that has an ability."""
    classes = get_args(get_args(SongRequest)[0])
    return next(one for one in classes if one.model_fields["ability"].default is ability)
