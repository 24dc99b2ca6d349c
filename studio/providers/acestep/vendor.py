"""The vendor: the studio's verbs, said to a server of ACE-Step and read from it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from studio.errors import AnswerUnreadable, Doubtful, NotTaken, VendorRefused, VendorTrouble
from studio.providers.acestep.answers import WHO, Queued, Stats, Task, as_object, task_in
from studio.providers.acestep.claims import CLAIMS, LOOKS
from studio.providers.acestep.languages import UNSURE
from studio.providers.acestep.models import ABILITIES, LANGUAGES, PLAIN
from studio.providers.acestep.orders import Order, to_order
from studio.providers.acestep.refusals import OK, opened
from studio.providers.acestep.results import to_progress
from studio.providers.acestep.server import Server, look_at, to_probed
from studio.providers.acestep.stems import BREAK, NAMED, each, joined, parted, to_stems
from studio.providers.acestep.waiting import judged
from studio.providers.acestep.wording import is_written_there, language_for
from studio.providers.base import Finished, Probed, Progress, Provider, Started, Working
from studio.providers.claims import Claim, Verdict, looked_up
from studio.providers.limits import Limits, Model, Price
from studio.providers.materials import NOTHING, Materials
from studio.providers.wire import Answer, Wire
from studio.songs import Ability, CreateSong, SongRequest, SplitStems, Wish

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
        if isinstance(request, SplitStems):
            return Started(remote=joined(self._pull_out(request, materials)))
        return Started(remote=self._ordered(to_order(request, materials, self._look())))

    def check(self, remote: str, request: SongRequest) -> Progress:
        """Look at the task, and at the whole server while it is not done."""
        if isinstance(request, SplitStems):
            progress = to_stems(self._asked(parted(remote, request)), request, self._wire)
        else:
            progress = to_progress(self._asked({"": remote.strip()})[""], request, self._wire)
        return judged(progress, self._stats()) if isinstance(progress, Working) else progress

    def fetch(self, link: str, into: Path, *, at_most: int | None = None) -> None:
        """Stream a file to disk; it lies behind the same door as all else."""
        self._wire.download(link, into, at_most=at_most, with_key=True)

    def cancel(self, remote: str) -> bool:
        """Ask for work to stop; only some builds can."""
        tasks = [one.rpartition(NAMED)[2] for one in remote.split(BREAK)]
        stopped = [self._stopped(task) for task in tasks]
        return all(stopped)

    def examine(self, claim: Claim) -> Verdict:
        """Look up one of `claims`; none of them costs."""
        return looked_up(claim, LOOKS, self._wire)

    @classmethod
    def price(cls, request: SongRequest, materials: Materials = NOTHING) -> Price:  # noqa: ARG003 - the same for all
        """Nothing but the power that one's own machine takes."""
        return Price(amount=0, unit="free")

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

    def _pull_out(self, request: SplitStems, materials: Materials) -> dict[str, str]:
        """Order each track; what was taken before a trouble is kept, since it will be made."""
        server, tasks = self._look(), dict[str, str]()
        for one in each(request):
            try:
                tasks[one.instrument] = self._ordered(to_order(one, materials, server))
            except VendorTrouble:
                if not tasks:
                    raise
                break
        return tasks

    def _ordered(self, order: Order) -> str:
        """Send an order and return the id of its task."""
        task = Queued.model_validate(as_object(opened(self._send(order)))).task_id
        if not task:
            raise Doubtful(f"{WHO} answered without the id of a task.")
        return task

    def _asked(self, ids: Mapping[str, str]) -> dict[str, Task]:
        """Ask about tasks, all at once."""
        asked = {"task_id_list": list(ids.values())}
        told = opened(self._wire.ask("POST", "query_result", asked))
        return {name: task_in(told, task) for name, task in ids.items()}

    def _stopped(self, task: str) -> bool:
        answer = self._wire.ask("POST", "cancel_task", {"task_id": task})
        try:
            told = as_object(opened(answer))
        except (VendorRefused, AnswerUnreadable, Doubtful):
            return False
        return not any(told.get(name) is False for name in ("cancelled", "success"))

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
