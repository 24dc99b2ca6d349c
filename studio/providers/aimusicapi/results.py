"""Results: what a task has made so far, in our words.

A task has no state of its own but for the newest Producer: it is over when each of its clips is.
"""

from collections.abc import Sequence
from typing import Any

from studio.providers.aimusicapi.answers import WHO, Clip, NuroTask, Task
from studio.providers.aimusicapi.families import Family, marked
from studio.providers.aimusicapi.models import MODELS, model_for
from studio.providers.aimusicapi.refusals import given_up
from studio.providers.base import Finished, Progress, Refused, Working
from studio.providers.lenient import as_number, as_text
from studio.providers.wire import Answer
from studio.songs import Ability, Attached, Finding, Part, SongRequest, Take

A = Ability
PAIRS = {"extended": Part.TAIL, "replaced": Part.SECTION}
"""A piece stands beside the whole song, under `full`, when joining was asked for."""
PARTS = {
    (Family.SONIC, A.EXTEND): Part.TAIL,
    (Family.SONIC, A.REPLACE): Part.SECTION,
    (Family.SONIC, A.CONCAT): Part.WHOLE,
    (Family.PRODUCER, A.EXTEND): Part.WHOLE,
    (Family.PRODUCER, A.REPLACE): Part.WHOLE,
    (Family.RIFFUSION, A.EXTEND): Part.WHOLE,
    (Family.RIFFUSION, A.REPLACE): Part.WHOLE,
}
USUAL_PAIRS = 2
FOUND = {A.STEMS: Attached.STEM, A.WAV: Attached.WAV, A.DOWNLOAD: Attached.FILE}
STATES = {"", "pending", "running", "succeeded", "failed"}
WHOLE_STATES = {"", "PENDING", "RUNNING", "SUCCESS"}
LARGEST_SEED = 2**32
LONGEST_INITIALS = 2
"""A stem with so short a name is called by its letters: FX."""


def to_progress(answer: Answer, request: SongRequest, family: Family) -> Progress:
    """Say how far a task is; which of the four shapes its answer has is seen from the answer.

    Raises
    ------
    AnswerUnreadable
        If it has none of them.
    """
    if family is Family.NURO:
        return _nuro(answer.read(NuroTask), answer, request)
    task = answer.read(Task)
    whole = task.status.upper()
    if whole == "FAILED":
        return given_up(answer.members(), answer.status)
    items = task.items()
    if voice := _voice(items):
        return Finished(persona=voice)
    clips = [_settled(Clip.model_validate(item), whole) for item in items]
    unknown = None if whole in WHOLE_STATES else task.status
    if any(item.keys() & {*PAIRS, "full"} for item in items):
        return _pairs(items, request, unknown)
    if request.ability in {*FOUND, A.UPLOAD}:
        return _findings(clips, request, family, unknown)
    part = PARTS.get((family, request.ability), Part.SONG)
    takes = [_take(n, clip, part, family, request) for n, clip in enumerate(clips, start=1)]
    return _over(takes, clips, unknown, at_least=_fewest(family))


def _over(
    takes: Sequence[Take], clips: Sequence[Clip], unknown: str | None, *, at_least: int = 1
) -> Working | Finished:
    ended = [take for take in takes if take.finished or take.failed]
    if unknown is None and len(ended) == len(takes) >= at_least:
        return Finished(takes=tuple(takes))
    strange = next((clip.state for clip in clips if clip.state not in STATES), None)
    return Working(takes=tuple(takes), unknown=unknown or strange)


def _fewest(family: Family) -> int:
    """Return how many takes there must be: Riffusion shows the first before the second."""
    return 2 if family is Family.RIFFUSION else 1


def _voice(items: Sequence[dict[str, Any]]) -> str:
    return as_text(items[0].get("persona_id")).strip() if len(items) == 1 else ""


def _settled(clip: Clip, whole: str) -> Clip:
    """Give a clip without a state the one of its task."""
    if clip.state or whole != "SUCCESS":
        return clip
    return clip.model_copy(update={"state": "succeeded"})


def _pairs(items: Sequence[dict[str, Any]], request: SongRequest, unknown: str | None) -> Progress:
    """Read pieces with their wholes. Pieces come first: 1 and 2, their wholes are 3 and 4."""
    pieces, wholes, clips, missing = [], [], [], False
    for index, item in enumerate(items):
        name = next((name for name in PAIRS if isinstance(item.get(name), dict)), None)
        if name is None:
            missing = True
            continue
        piece, full = Clip.model_validate(item[name]), item.get("full")
        clips.append(piece)
        first, second = _numbers(index)
        pieces.append(_take(first, piece, PAIRS[name], Family.SONIC, request))
        if isinstance(full, dict):
            clips.append(Clip.model_validate(full))
            wholes.append(_take(second, clips[-1], Part.WHOLE, Family.SONIC, request))
        elif not pieces[-1].failed:
            missing = True
    progress = _over([*pieces, *wholes], clips, unknown)
    return Working(takes=progress.takes) if missing and isinstance(progress, Finished) else progress


def _numbers(index: int) -> tuple[int, int]:
    """Return the numbers of a piece and its whole, the same at every look."""
    if index < USUAL_PAIRS:
        return index + 1, index + 1 + USUAL_PAIRS
    return 2 * index + 1, 2 * index + 2


def _findings(
    clips: Sequence[Clip], request: SongRequest, family: Family, unknown: str | None
) -> Progress:
    """Read files about a song, each told of like a clip."""
    takes = [_take(n, clip, Part.SONG, family, request) for n, clip in enumerate(clips, start=1)]
    if request.ability is A.UPLOAD:
        takes = [_brought(take, clip) for take, clip in zip(takes, clips, strict=True)]
    progress = _over(takes, clips, unknown)
    if isinstance(progress, Working):
        done = sum(take.finished for take in takes)
        return Working(unknown=progress.unknown, progress=done / len(takes) if done else None)
    pairs = zip(progress.takes, clips, strict=True)
    found = tuple(_finding(take, clip, request) for take, clip in pairs if take.finished)
    if not found:
        return Refused(reason=f"{WHO} could not do it: {progress.takes[0].failed}")
    return Finished(findings=found)


def _brought(take: Take, clip: Clip) -> Take:
    """Count an upload as done once it has an id: nobody needs to hear it."""
    done = clip.state == "succeeded" and bool(clip.clip_id)
    return take.model_copy(update={"finished": done})


def _finding(take: Take, clip: Clip, request: SongRequest) -> Finding:
    if request.ability is A.UPLOAD:
        return Finding(kind=Attached.UPLOAD, remote=take.remote)
    if request.ability is A.STEMS:
        return Finding(
            kind=Attached.STEM, name=_stem(clip), link=take.sound or take.wav, remote=take.remote
        )
    wanted = "wav" if request.ability is A.WAV else getattr(request, "formats", ("",))[0]
    link = take.wav if wanted == "wav" and take.wav else take.sound
    name = wanted if request.ability is A.DOWNLOAD else ""
    return Finding(kind=FOUND[request.ability], name=name, link=link)


def _stem(clip: Clip) -> str:
    """Return the name of a stem: a member of its own, or the end of its title."""
    name = (clip.stem_type or clip.title.rpartition(" - ")[2]).replace("_", " ").strip()
    return name.upper() if len(name) <= LONGEST_INITIALS else name.capitalize()


def _take(number: int, clip: Clip, part: Part, family: Family, request: SongRequest) -> Take:
    link = clip.audio_url or clip.wav_url
    # A clip that has succeeded without a sound is not there yet.
    finished = clip.state == "succeeded" and bool(link)
    reason = clip.error_message or f"{WHO} could not make this take."
    return Take(
        number=number,
        part=part,
        title=clip.title,
        style=clip.tags or clip.sound,
        lyrics=clip.lyrics,
        length=clip.duration,
        seed=_seed(clip.seed),
        finished=finished,
        failed=reason if clip.state == "failed" else None,
        sound=link if finished else None,
        wav=clip.wav_url if finished else None,
        early=clip.audio_url if clip.state == "running" else None,
        cover=clip.image_url,
        remote=marked(family, clip.clip_id) if clip.clip_id else None,
        facts=_facts(clip, request),
    )


def _facts(clip: Clip, request: SongRequest) -> dict[str, str]:
    """Say it if another model made this than was asked for; `chirp-` is the same as `sonic-`."""
    asked = model_for(request)
    made = clip.mv.replace("chirp-", "sonic-", 1) if clip.mv.startswith("chirp-") else clip.mv
    # Names that nobody publishes, like those of engines behind a model, say nothing to a person.
    published = made in MODELS or made.startswith("sonic-v")
    if not published or asked not in MODELS or asked.endswith(made):
        return {}
    return {"note": f"Made by {made}, though {asked} was asked for."}


def _seed(value: object) -> int | None:
    number = as_number(value)
    whole = number is not None and number < LARGEST_SEED and number == int(number)
    return int(number) if whole and number is not None else None


def _nuro(task: NuroTask, answer: Answer, request: SongRequest) -> Progress:
    """Read a task of Nuro, which is one take and tells how far it is."""
    if task.status == "failed":
        return given_up(answer.members(), answer.status)
    take = Take(
        number=1,
        title=request.text("title"),
        style=", ".join(text for text in (as_text(task.genre), as_text(task.mood)) if text),
        lyrics=task.lyrics,
        length=task.duration or None,
        finished=task.status == "succeeded" and task.audio_url is not None,
        sound=task.audio_url,
        remote=marked(Family.NURO, task.task_id) if task.task_id else None,
    )
    if take.finished:
        return Finished(takes=(take,))
    share = None if task.progress is None else min(task.progress / 100, 1.0)
    return Working(progress=share, unknown=None if task.status in STATES else task.status)
