"""The musicians: the one door from the emulator to the engine.

The engine is imported at first use: it is large, and `/health` must answer before it is there.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from importlib import resources
from pathlib import Path
from typing import Protocol

from studio.audio.files import probe
from studio.emulator.orders import SONG_FILES, Made
from studio.emulator.works import Use
from studio.engine.brief import Brief
from studio.engine.score import Score
from studio.engine.workers import Workers

ENGINE = ("studio.engine.session", "studio.engine.workshop")
"""What workers are forked with."""


class Report(Protocol):
    """How far a take is."""

    @property
    def doing(self) -> str:
        """What is done now, in the musician's words."""

    @property
    def progress(self) -> float:
        """Share that is done, 0 to 1."""

    @property
    def left_seconds(self) -> float | None:
        """Seconds still to go, where they are known."""

    @property
    def early(self) -> Path | None:
        """The first seconds as a file, once they are there."""


class Recorded(Protocol):
    """A take that lies on disk."""

    @property
    def score(self) -> Score:
        """What was played."""


class Musicians(Protocol):
    """Those who play the orders."""

    def warm(self) -> None:
        """Load all that the first order would wait for."""

    def record(
        self,
        brief: Brief,
        seed: int,
        folder: Path,
        *,
        executor: Executor,
        report: Callable[[Report], None],
        cancelled: Callable[[], bool],
    ) -> Recorded:
        """Play a take into `folder`: `early.mp3`, `song.mp3`, `song.wav` and `cover.png`."""

    def use(
        self,
        use: Use,
        seed: int,
        sounds: Sequence[Path],
        folder: Path,
        *,
        workers: Workers,
        report: Callable[[Report], None],
        cancelled: Callable[[], bool],
    ) -> Made:
        """Use a tool on `sounds`; what it makes lies in `folder` afterwards."""

    def check(self, use: Use) -> None:
        """Raise `ToolUnfit` if a tool would not know the options of a use."""

    def recall(self, path: Path) -> Score | None:
        """Return the score of a sound that the band made, as long as it is still that sound."""

    def style_in(self, text: str) -> str:
        """Return the name of the style that free text asks for; empty if it names none."""

    def understand(self, brief: Brief) -> str:
        """Say in a short line how `brief` is read; raise `BriefUnplayable` when it cannot be."""

    def styles(self) -> tuple[str, ...]:
        """Name the styles that the band plays."""

    def voice(self) -> str:
        """Say which voice sings, in a sentence."""


class HouseBand:
    """The band that lives in `studio.engine`."""

    def warm(self) -> None:
        """Import the engine; its sounds are loaded in the worker processes."""
        from studio.emulator import toolbox  # noqa: F401, PLC0415 - see the module docstring
        from studio.engine import session, writing  # noqa: F401, PLC0415 - see the module docstring

    def record(
        self,
        brief: Brief,
        seed: int,
        folder: Path,
        *,
        executor: Executor,
        report: Callable[[Report], None],
        cancelled: Callable[[], bool],
    ) -> Recorded:
        """Play a take into `folder`."""
        from studio.engine import session  # noqa: PLC0415 - see the module docstring

        return session.record(
            brief, seed, folder, executor=executor, report=report, cancelled=cancelled
        )

    def use(
        self,
        use: Use,
        seed: int,
        sounds: Sequence[Path],
        folder: Path,
        *,
        workers: Workers,
        report: Callable[[Report], None],
        cancelled: Callable[[], bool],
    ) -> Made:
        """Use a tool on `sounds`."""
        from studio.emulator import toolbox  # noqa: PLC0415 - see the module docstring

        return toolbox.use(
            use, seed, sounds, folder, workers=workers, report=report, cancelled=cancelled
        )

    def check(self, use: Use) -> None:
        """Raise `ToolUnfit` if a tool would not know the options of a use."""
        from studio.emulator import toolbox  # noqa: PLC0415 - see the module docstring

        toolbox.check(use)

    def recall(self, path: Path) -> Score | None:
        """Return the score of a sound that the band made, as long as it is still that sound."""
        from studio.engine import papers  # noqa: PLC0415 - see the module docstring

        return papers.score_of(path)

    def style_in(self, text: str) -> str:
        """Return the name of the style that free text asks for; empty if it names none."""
        from studio.engine.writing import reading  # noqa: PLC0415 - see the module docstring

        wish = reading.read_brief(Brief(style=text))
        return wish.style.name if wish.named else ""

    def understand(self, brief: Brief) -> str:
        """Say in a short line how `brief` is read."""
        from studio.engine import writing  # noqa: PLC0415 - see the module docstring

        return writing.understand(brief)

    def styles(self) -> tuple[str, ...]:
        """Name the styles that the band plays."""
        found = resources.files("studio.engine.styles").iterdir()
        return tuple(sorted(Path(f.name).stem for f in found if f.name.endswith(".toml")))

    def voice(self) -> str:
        """Say which voice sings, in a sentence."""
        from studio.engine import singing  # noqa: PLC0415 - see the module docstring

        return singing.sources()


def made_of(recorded: Recorded, folder: Path) -> Made:
    """Return what an order tells of a song that was played into `folder`."""
    from studio.engine.writing.theory import key_name  # noqa: PLC0415 - see the module docstring

    score = recorded.score
    return Made(
        files=SONG_FILES,
        title=score.title,
        style=score.tags,
        lyrics=score.lyrics,
        tempo_bpm=score.tempo_bpm,
        key=key_name(score.key),
        length_seconds=round(probe(folder / "song.mp3").length_seconds, 2),
    )


def warm_worker() -> None:
    """Load in a worker process all that the first order would wait for."""
    from studio.engine import session  # noqa: PLC0415 - see the module docstring

    session.warm()
