"""The toolbox: a tool of the engine used for an order, and what came of it told as a take."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from studio.audio.tool import Facts, Options
from studio.emulator.musicians import Report
from studio.emulator.orders import SONG_FILES, Made
from studio.emulator.repeating import again_if_broken
from studio.emulator.works import Use
from studio.engine import workshop
from studio.engine.crew import Report as Told
from studio.engine.papers import keep_score, score_of
from studio.engine.persona import to_json
from studio.engine.release import Released, release
from studio.engine.workers import Workers
from studio.engine.writing.theory import key_name
from studio.errors import ToolUnfit

SOUND = ".wav"
FAITHFUL = ("convert",)
"""Tools that leave a sound as it is, so that its score stays true."""
TOOL_SHARE = 0.93
"""Of the progress; the rest is MP3 and cover."""
_PERSONA = ".persona.json"
_OF_THE_TAKE = frozenset({"title", "style", "lyrics"})


def use(
    wish: Use,
    seed: int,
    sounds: Sequence[Path],
    folder: Path,
    *,
    workers: Workers,
    report: Callable[[Report], None],
    cancelled: Callable[[], bool],
) -> Made:
    """Use a tool on `sounds`; blocks until what it makes lies in `folder`.

    Raises
    ------
    Cancelled
        Soon after `cancelled` says yes.
    StudioProblem
        If the tool cannot do this, in a sentence.
    """
    tool = workshop.find(wish.tool)
    options = _options(tool.options, wish, seed, folder)
    out = folder if tool.many else folder / f"song{_ending(tool, wish) or '.json'}"
    errand = workshop.Errand(wish.tool, tuple(sounds), options, out)
    is_song = tool.makes == SOUND and not tool.many and not wish.ending
    facts = workshop.use(
        errand,
        workers=workers,
        report=_scaled(report, 0.0, TOOL_SHARE) if is_song else report,
        cancelled=cancelled,
    )
    (folder / _PERSONA).unlink(missing_ok=True)
    _keep_papers(wish, sounds, out)
    if not is_song:
        return _as_files(wish, facts, folder, many=tool.many)
    released = again_if_broken(
        workers,
        lambda executor: release(
            out,
            title=wish.title,
            executor=executor,
            report=_scaled(report, TOOL_SHARE, 1.0),
            cancelled=cancelled,
        ),
        cancelled,
    )
    return _as_song(wish, facts, released)


def check(wish: Use) -> None:
    """Make sure that a tool knows the options of a use; of one that waits, what is known of them.

    Raises
    ------
    ToolUnfit
        In a sentence.
    """
    if not wish.told:
        _read(workshop.find(wish.tool).options, wish.options, wish.tool)


def _ending(tool: workshop.AnyTool, wish: Use) -> str:
    return f".{wish.ending}" if wish.ending else tool.makes


def _options(kind: type[Options], wish: Use, seed: int, folder: Path) -> Options:
    """Read the options of a use, with what the house adds: a seed, and who sings."""
    values = dict(wish.options)
    if "seed" in kind.model_fields:
        values.setdefault("seed", seed)
    if wish.persona is not None and "persona" in kind.model_fields:
        path = folder / _PERSONA
        path.write_text(to_json(wish.persona), encoding="utf-8")
        values["persona"] = path
    return _read(kind, values, wish.tool)


def _read(kind: type[Options], values: Mapping[str, Any], tool: str) -> Options:
    try:
        return kind.model_validate(dict(values))
    except ValidationError as unfit:
        first = unfit.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or tool
        said = first["msg"].removeprefix("Value error, ").rstrip(".")
        raise ToolUnfit(f"This cannot be asked of “{tool}”: {where}: {said}.") from unfit


def _keep_papers(wish: Use, sounds: Sequence[Path], out: Path) -> None:
    score = score_of(sounds[0]) if wish.tool in FAITHFUL else None
    if score is not None:
        keep_score(out, score)


def _as_files(wish: Use, facts: Facts, folder: Path, *, many: bool) -> Made:
    found = sorted(path for path in folder.iterdir() if path.is_file())
    named = {path.stem if many else path.suffix.lstrip("."): path.name for path in found}
    return Made(
        files=named,
        title=wish.title,
        style=wish.style,
        lyrics=wish.lyrics,
        length_seconds=facts.get("length_seconds"),
        tempo_bpm=facts.get("tempo_bpm"),
        key=facts.get("key"),
        facts=facts,
    )


def _as_song(wish: Use, facts: Facts, released: Released) -> Made:
    told: dict[str, Any] = dict(facts)
    if released.score is not None:
        score = released.score
        told |= {
            "style": score.tags,
            "lyrics": score.lyrics,
            "tempo_bpm": score.tempo_bpm,
            "key": key_name(score.key),
        }
    return Made(
        files={name: SONG_FILES[name] for name in ("sound", "wav", "cover")},
        title=wish.title or (released.score.title if released.score else ""),
        style=told.get("style") or wish.style,
        lyrics=told.get("lyrics") or wish.lyrics,
        length_seconds=released.length_seconds,
        tempo_bpm=told.get("tempo_bpm"),
        key=told.get("key"),
        facts={name: fact for name, fact in facts.items() if name not in _OF_THE_TAKE},
    )


def _scaled(report: Callable[[Report], None], start: float, end: float) -> Callable[[Told], None]:
    """Return who is told of a part of the work, and tells of the whole."""

    def tell(told: Told) -> None:
        share = start + (end - start) * told.progress
        report(replace(told, progress=share, early=None))

    return tell
