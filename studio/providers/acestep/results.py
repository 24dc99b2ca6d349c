"""Results: how far a task is and what it has made, in our words."""

from collections.abc import Sequence
from urllib.parse import quote

from studio.providers.acestep.answers import WHO, Entry, Task, entries_of
from studio.providers.acestep.refusals import in_a_sentence
from studio.providers.base import Finished, Progress, Refused, Working
from studio.providers.lenient import as_link
from studio.providers.wire import Wire
from studio.songs import Ability, Part, SongRequest, Take

RUNNING, DONE, FAILED = 0, 1, 2
PARTS = {Ability.EXTEND: Part.WHOLE, Ability.REPLACE: Part.WHOLE}
"""It gives back the whole song, with what was made anew in it."""
QUEUED = "queued"
LONGEST_STAGE = 80
LARGEST_SEED = 2**32
AUDIO = "v1/audio"
NOTES = {
    Ability.ADD_VOCALS: "Some builds of ACE-Step give the new voice alone: lay it over the song.",
}


def to_progress(task: Task, request: SongRequest, wire: Wire) -> Progress:
    """Say how far a task is.

    Raises
    ------
    AnswerUnreadable
        If nobody can tell.
    """
    entries = entries_of(task)
    if task.status == FAILED:
        return Refused(reason=why(entries))
    if task.status == DONE:
        return _made(entries, task.task_id, request, wire)
    told = next(iter(entries), Entry())
    known = {None, RUNNING}
    return Working(
        doing=" ".join(told.stage.split())[:LONGEST_STAGE],
        progress=None if told.progress is None else min(told.progress, 1.0),
        unknown=None if task.status in known else f"status {task.status:g}",
    )


def _made(entries: list[Entry], task_id: str, request: SongRequest, wire: Wire) -> Progress:
    """Read what was made; what calls itself done without a sound is not there yet."""
    if not any(entry.file for entry in entries):
        return Working(unknown="done, but names no file")
    takes = tuple(
        _take(number, entry, task_id, request, wire) for number, entry in enumerate(entries, 1)
    )
    return Finished(takes=takes)


def _take(number: int, entry: Entry, task_id: str, request: SongRequest, wire: Wire) -> Take:
    return Take(
        number=number,
        part=PARTS.get(request.ability, Part.SONG),
        style=entry.prompt,
        lyrics=entry.lyrics,
        length=entry.metas.duration or None,
        seed=_seed(entry.seed_value, number),
        finished=bool(entry.file),
        failed=None if entry.file else f"{WHO} made no sound of this take.",
        sound=link_to(entry.file, wire) if entry.file else None,
        remote=f"{task_id}/{number}",
        facts=_facts(entry, request),
    )


def link_to(file: str, wire: Wire) -> str:
    """Return the link to a file: it is told as an address without its server, or as a path."""
    if as_link(file):
        return file
    if AUDIO in file:
        return wire.address_of(file)
    return wire.address_of(f"{AUDIO}?path={quote(file, safe='')}")


def _facts(entry: Entry, request: SongRequest) -> dict[str, object]:
    asked = request.model or ""
    another = entry.dit_model and asked and entry.dit_model != asked
    notes = [
        f"Made by {entry.dit_model}, though {asked} was asked for." if another else "",
        NOTES.get(request.ability, ""),
    ]
    facts = {
        "tempo_bpm": entry.metas.bpm,
        "key": entry.metas.keyscale,
        "note": " ".join(filter(None, notes)),
    }
    return {name: value for name, value in facts.items() if value}


def _seed(told: str, number: int) -> int | None:
    """Read the seed of one take from those of all, such as `12345,67890`."""
    seeds = told.split(",")
    text = seeds[number - 1].strip() if number <= len(seeds) else ""
    seed = (
        int(text)
        if text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_SEED))
        else -1
    )
    return seed if 0 <= seed < LARGEST_SEED else None


def why(entries: Sequence[Entry]) -> str:
    """Say why a task failed, in a sentence."""
    told = next((entry.error for entry in entries if entry.error), "")
    if not told:
        return (
            f"{WHO} could not make it, and says no more. Its window says why; most often a model "
            "could not be loaded, or the memory was too small."
        )
    return f"{WHO} could not make it: {in_a_sentence(told)}"
