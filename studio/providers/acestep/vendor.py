"""The vendor: the studio's verbs, said to a server of ACE-Step and read from it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from studio.errors import AnswerUnreadable, Doubtful, NotTaken, VendorRefused, VendorTrouble
from studio.providers.acestep.answers import WHO, Queued, Stats, as_object, task_in
from studio.providers.acestep.claims import CLAIMS, examined
from studio.providers.acestep.languages import UNSURE
from studio.providers.acestep.models import ABILITIES, LANGUAGES, PLAIN, TRACKS
from studio.providers.acestep.orders import Order, to_order
from studio.providers.acestep.refusals import OK, opened
from studio.providers.acestep.results import to_progress
from studio.providers.acestep.server import Server, look_at, to_probed
from studio.providers.acestep.waiting import judged
from studio.providers.acestep.wording import is_written_there, language_for
from studio.providers.base import Finished, Probed, Progress, Provider, Started, Working
from studio.providers.claims import Claim, Verdict
from studio.providers.limits import Limits, Model, Price
from studio.providers.materials import NOTHING, Materials
from studio.providers.wire import Answer, Wire
from studio.songs import Ability, CreateSong, Song, SongRequest, SplitStems, Wish

SOURCE = "src_audio"
"""The part of a form in which a sound travels."""
START = f"Start {WHO} on its machine (uv run acestep-api), then send this again."


class ACEStep(Provider):
    """A server of ACE-Step 1.5, wherever it runs."""

    kind: ClassVar[str] = "acestep"
    title: ClassVar[str] = WHO
    abilities: ClassVar[frozenset[Ability]] = ABILITIES
    models: ClassVar[Mapping[str, Model]] = {}
    plain: ClassVar[Mapping[Ability, Limits]] = PLAIN
    # Free, but no server knows an order again: after a doubt the same song would be made twice, on
    # somebody's only graphics card, and one that was forgotten would be waited for without end.
    repeatable: ClassVar[bool] = False
    poll_seconds: ClassVar[float] = 2.0
    needs_key: ClassVar[bool] = False
    differs: ClassVar[bool] = True
    practises: ClassVar[bool] = True
    claims: ClassVar[tuple[Claim, ...]] = CLAIMS

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def probe(self) -> Probed:
        """Ask which models are there and what each can do."""
        return to_probed(look_at(self._wire))

    def start(self, request: SongRequest, materials: Materials) -> Started | Finished:
        """Ask what the server knows, then send `request` with its sound, if it has one."""
        order = to_order(request, materials, self._look())
        answer = self._send(order)
        told = opened(answer)
        task = Queued.model_validate(as_object(told)).task_id
        if not task:
            raise Doubtful(f"{WHO} answered without the id of a task.")
        return Started(remote=task)

    def check(self, remote: str, request: SongRequest) -> Progress:
        """Look at the task, and at the whole server while it is not done."""
        asked = {"task_id_list": [remote]}
        task = task_in(opened(self._wire.ask("POST", "query_result", asked)), remote)
        progress = to_progress(task, request, self._wire)
        return judged(progress, self._stats()) if isinstance(progress, Working) else progress

    def fetch(self, link: str, into: Path, *, at_most: int | None = None) -> None:
        """Stream a file to disk; it lies behind the same door as all else."""
        self._wire.download(link, into, at_most=at_most, with_key=True)

    def cancel(self, remote: str) -> bool:
        """Ask for work to stop; only some builds can."""
        answer = self._wire.ask("POST", "cancel_task", {"task_id": remote})
        try:
            told = as_object(opened(answer))
        except (VendorRefused, AnswerUnreadable, Doubtful):
            return False
        return not any(told.get(name) is False for name in ("cancelled", "success"))

    def examine(self, claim: Claim) -> Verdict:
        """Look up one of `claims`; none of them costs."""
        return examined(claim, self._wire)

    @classmethod
    def price(cls, request: SongRequest, materials: Materials = NOTHING) -> Price:  # noqa: ARG003 - the same for all
        """Nothing but the power that one's own machine takes."""
        return Price(amount=0, unit="free")

    @classmethod
    def after(
        cls,
        request: SongRequest,
        songs: Sequence[Song],  # noqa: ARG003 - the same for all
        materials: Materials = NOTHING,  # noqa: ARG003 - the same for all
    ) -> tuple[SongRequest, ...]:
        """Name the stems that follow the first: each is a task of its own, and may fail alone."""
        if not isinstance(request, SplitStems) or request.detail != "full":
            return ()
        one = request.model_copy(update={"detail": "one"})
        return tuple(one.model_copy(update={"instrument": track}) for track in TRACKS[1:])

    @classmethod
    def advice(cls, request: SongRequest, materials: Materials, now: datetime) -> str:  # noqa: ARG003 - nothing costs or grows old
        """Say what comes out otherwise than one may think."""
        return ADVICE.get(request.ability, "")

    def understand(self, request: SongRequest) -> str:
        """Say in which language it will be sung, since that is guessed."""
        if isinstance(request, CreateSong) and is_written_there(request):
            return "writes style and words from your sentence"
        code = language_for(request) if isinstance(request, Wish) else None
        name = next((name for name, one in LANGUAGES.items() if one == code), "")
        return f"sings in {name}" if name and code != UNSURE else ""

    def _look(self) -> Server:
        """Ask what the server knows. Nothing was ordered yet, so nothing can be in doubt."""
        try:
            return look_at(self._wire)
        except VendorRefused:
            raise
        except NotTaken as trouble:
            raise NotTaken(f"{trouble} {START}", retry_after=trouble.retry_after) from trouble
        except VendorTrouble as trouble:
            raise NotTaken(str(trouble)) from trouble

    def _send(self, order: Order) -> Answer:
        if order.file is None:
            return self._wire.ask("POST", "release_task", order.fields)
        fields = {name: _in_a_form(value) for name, value in order.fields.items()}
        return self._wire.send_form("release_task", fields, {SOURCE: order.file})

    def _stats(self) -> Stats | None:
        """Ask how busy the server is; not knowing it hinders nothing."""
        try:
            answer = self._wire.ask("GET", "v1/stats")
            told = opened(answer) if answer.status == OK else None
        except VendorTrouble:
            return None
        return Stats.model_validate(told) if isinstance(told, dict) else None


ADVICE: Mapping[Ability, str] = {
    Ability.EXTEND: f"{WHO} paints the end anew like a section: some find the seam easy to hear.",
    Ability.ADD_VOCALS: f"Some builds of {WHO} give the new voice alone, to be laid over the song.",
}


def _in_a_form(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
