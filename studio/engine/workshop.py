"""The workshop: where any tool is used, with progress, a stop button, and nothing half-written.

The work is done by the processes of a pool. A result lies under its name only once it is whole.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from studio.audio.files import probe
from studio.audio.samples import Samples
from studio.audio.tool import Facts, Options, Tool
from studio.audio.tools import TOOLS as TOOLS_OF_SOUND
from studio.audio.work import Work
from studio.engine.crew import Crew, Report, Stage
from studio.engine.desk import Desk
from studio.engine.played import Plan, PlayedTool
from studio.engine.score import Score
from studio.engine.session import playing
from studio.engine.stages import VOICES
from studio.engine.tools import TOOLS as TOOLS_OF_SCORE
from studio.engine.workers import Workers
from studio.errors import NotFound, SoundUnreadable, ToolUnfit

AnyTool = Tool | PlayedTool

LONG_SECONDS = 300.0
"""From this length on players play one after another: each needs half a gigabyte for it."""

_USUAL_SECONDS = 180.0
_LEAST_COST = 0.1
_WRITE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Errand:
    """A tool, what it is used on, and where the result goes; pickles."""

    tool: str
    sounds: tuple[Path, ...]
    options: Options
    out: Path | None
    """A file, or a folder if the tool makes many; `None` if it makes none."""


def names() -> Mapping[str, str]:
    """Return all tools by name, and what each is for."""
    return dict(sorted((TOOLS_OF_SOUND | TOOLS_OF_SCORE).items()))


def find(name: str) -> AnyTool:
    """Return a tool.

    Raises
    ------
    NotFound
        If none has this name.
    """
    for rooms, tools in (("audio", TOOLS_OF_SOUND), ("engine", TOOLS_OF_SCORE)):
        if name in tools:
            tool: AnyTool = import_module(f"studio.{rooms}.tools.{name.replace('-', '_')}").TOOL
            return tool
    raise NotFound(f"There is no tool “{name}”. There are: {', '.join(names())}.")


def use(
    errand: Errand,
    *,
    workers: Workers,
    report: Callable[[Report], None] = lambda _news: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Facts:
    """Use a tool; blocks until the result lies where it should.

    A worker that dies on the way is replaced, and the work repeated once.

    Raises
    ------
    Cancelled
        Within a tenth of a second of `cancelled` saying yes; a worker stops at its next step.
    SoundUnreadable, ToolUnfit, BriefUnplayable, ExtraMissing
        In a sentence; then nothing was written.
    """
    _check(errand)
    executor = workers.executor
    try:
        return _once(errand, executor, report, cancelled)
    except BrokenExecutor:
        workers.replace(executor)
        if cancelled():
            raise
    executor = workers.executor
    try:
        return _once(errand, executor, report, cancelled)
    except BrokenExecutor as error:
        workers.replace(executor)
        on = f" on {errand.sounds[0].name}" if errand.sounds else ""
        raise ToolUnfit(
            f"“{errand.tool}” broke down twice{on}, perhaps for want of memory. Try a shorter "
            "sound."
        ) from error


def _check(errand: Errand) -> None:
    tool, count = find(errand.tool), len(errand.sounds)
    least, most = tool.sounds
    if not least <= count <= most:
        wanted = f"{least}" if least == most else f"{least} to {most}"
        raise ToolUnfit(f"“{errand.tool}” takes {wanted} sounds, and got {count}.")
    if tool.makes and errand.out is None:
        raise ToolUnfit(f"“{errand.tool}” makes a file. Say where it should go.")


def _once(
    errand: Errand,
    executor: Executor,
    report: Callable[[Report], None],
    cancelled: Callable[[], bool],
) -> Facts:
    tool = find(errand.tool)
    length = sum(_length(path) for path in errand.sounds)
    cost = max(tool.seconds_per_second * length, _LEAST_COST)
    with _aside(errand, many=tool.many) as (desk, made):
        crew = Crew(executor, desk, report, cancelled, expected_cost=cost)
        if isinstance(tool, PlayedTool):
            facts = _use_played(errand, crew, made, cost)
        else:
            facts = _run_stage(crew, Stage(RUN, errand.tool, cost, run, (errand, made)))
        if tool.makes and errand.out is not None:
            _settle(made, errand.out, many=tool.many)
    return facts


RUN, WRITE, JOIN = "run", "write", "join"


def _use_played(errand: Errand, crew: Crew, made: Path, cost: float) -> Facts:
    writing = Stage(WRITE, "listening", cost * _WRITE_SHARE, write, (errand,))
    plan: Plan = _run_stage(crew, writing)
    stems = list(playing(plan.score))
    if plan.score.whole_seconds > LONG_SECONDS:
        crew.at_once = 1
    joining = Stage(
        JOIN,
        "putting it together",
        cost * (1 - _WRITE_SHARE),
        join,
        (errand, plan, made),
        after=tuple(stage.name for stage in stems),
    )
    crew.expect([*stems, joining])
    facts: Facts = crew.run([*stems, joining])[JOIN]
    return facts


def _run_stage(crew: Crew, stage: Stage) -> Any:
    return crew.run([stage])[stage.name]


def run(desk: Desk, errand: Errand, made: Path) -> Facts:
    """Use a tool in a worker."""
    tool = find(errand.tool)
    assert isinstance(tool, Tool)
    return tool.run(errand.sounds, errand.options, made, _work(desk, RUN))


def write(desk: Desk, errand: Errand) -> Plan:
    """Measure and compose in a worker."""
    tool = find(errand.tool)
    assert isinstance(tool, PlayedTool)
    return tool.write(errand.sounds, errand.options, _work(desk, WRITE))


def join(desk: Desk, errand: Errand, plan: Plan, made: Path) -> Facts:
    """Put the result together in a worker."""
    tool = find(errand.tool)
    assert isinstance(tool, PlayedTool)
    stems = LaidStems(desk, plan.score)
    return tool.join(errand.sounds, errand.options, plan, stems, made, _work(desk, JOIN))


class LaidStems(Mapping[str, Samples]):
    """The stems that lie on a desk, each mapped from disk when it is asked for."""

    def __init__(self, desk: Desk, score: Score) -> None:
        self._desk = desk
        wanted = (*(part.name for part in score.parts), *VOICES)
        self._names = [name for name in wanted if desk.has(name)]

    def __getitem__(self, name: str) -> Samples:
        """Return one stem, `float32 (2, frames)`, read only."""
        if name not in self._names:
            raise KeyError(name)
        return self._desk.take(name)

    def __iter__(self) -> Iterator[str]:
        """Go through the names in the order of the score."""
        return iter(self._names)

    def __len__(self) -> int:
        """Count them."""
        return len(self._names)


def _work(desk: Desk, stage: str) -> Work:
    last = [-1.0]

    def tell(share: float, doing: str) -> None:
        # Every telling is a file; the person at the screen sees no hundredth of a percent.
        if abs(share - last[0]) >= 0.005:  # noqa: PLR2004 - half a percent
            last[0] = share
            desk.tell(stage, share, doing)

    return Work(tell, desk.is_closed)


@contextmanager
def _aside(errand: Errand, *, many: bool) -> Iterator[tuple[Desk, Path]]:
    """Give a desk and a place for the result, on the disk where it will lie; clear both."""
    out = errand.out or errand.sounds[0].with_name("facts")
    out.parent.mkdir(parents=True, exist_ok=True)
    folder = out.with_name(f".{out.name}.being-made")
    desk = Desk(folder)
    desk.open()
    made = folder / ("made" if many else f"made{out.suffix}")
    try:
        if many:
            made.mkdir()
        yield desk, made
    finally:
        desk.close()


def _settle(made: Path, out: Path, *, many: bool) -> None:
    """Put what was made where it should lie; what lay there is replaced."""
    if not many:
        made.replace(out)
        return
    out.mkdir(exist_ok=True)
    for path in sorted(made.iterdir()):
        path.replace(out / path.name)


def _length(path: Path) -> float:
    try:
        return probe(path).length_seconds
    except SoundUnreadable:
        # The tool itself will say what is wrong with it, in better words.
        return _USUAL_SECONDS
