"""Stages: what a worker of a session does, from the brief to the files of the song.

Every function takes the desk first, and hands its sound over through it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.audio.files import write_mp3, write_wav
from studio.audio.samples import RATE, Samples
from studio.engine.balance import BACKING, VOCALS
from studio.engine.brief import Brief
from studio.engine.desk import Desk
from studio.engine.mastering import master, place_in_the_whole
from studio.engine.mixing import summed, treat
from studio.engine.painting.picture import paint
from studio.engine.papers import keep_score, to_json
from studio.engine.playing import play
from studio.engine.recording import joined
from studio.engine.score import Score
from studio.engine.singing import count_syllables, sing
from studio.engine.writing import arrange

RECORD = "record"
"""Where the mastered song lies on the desk."""

EARLY = "early "
"""Begins the name of all that belongs to the first seconds."""

VOICES = (VOCALS, BACKING)


def write(_desk: Desk, brief: Brief, seed: int) -> Score:
    """Write the song."""
    return arrange(brief, seed, syllables=count_syllables)


def play_parts(desk: Desk, score: Score, names: Sequence[str], prefix: str) -> None:
    """Play parts, treat them for the mix, and lay them down."""
    for part in score.parts:
        if part.name in names and not desk.is_closed():
            desk.put(prefix + part.name, treat(part.name, play(part, score), score))


def sing_piece(desk: Desk, score: Score, stage: str) -> None:
    """Sing a piece of the voice, and lay its stems down."""
    teller = _Teller(desk, stage, score)
    stems = sing(score, cancelled=desk.is_closed, progress=teller.share, singing=teller.section)
    for name, stem in stems.items():
        desk.put(f"{stage} {name}", stem)


def join_voices(desk: Desk, score: Score, singers: Sequence[str], prefix: str) -> None:
    """Put together what several stages sang, and treat it for the mix."""
    pieces = (
        {name: desk.take(f"{singer} {name}") for name in VOICES if desk.has(f"{singer} {name}")}
        for singer in singers
    )
    if not desk.is_closed():
        for name, stem in joined(pieces).items():
            desk.put(prefix + name, treat(name, stem, score))
        for singer in singers:
            for name in VOICES:
                desk.drop(f"{singer} {name}")


def mix_and_master(desk: Desk, score: Score, stage: str) -> None:
    """Bring all stems together into the record, and lay it down."""
    if desk.is_closed():
        return
    desk.tell(stage, 0.0, "mixing")
    mixed = summed(_stems(desk, score, ""), score)
    desk.tell(stage, 0.5, "mastering")
    desk.put(RECORD, master(mixed))


def mix_early(desk: Desk, score: Score, share: float, path: Path) -> None:
    """Make the first seconds, as loud as they will be in the whole song, and write them.

    They are this `share` of it.
    """
    if desk.is_closed():
        return
    mixed = summed(_stems(desk, score, EARLY), score)
    desk.put(EARLY + RECORD, master(mixed, target_lufs=place_in_the_whole(mixed, share)))
    write_sound(desk, EARLY + RECORD, path)


def _stems(desk: Desk, score: Score, prefix: str) -> Iterator[tuple[str, Samples]]:
    """Give the stems one after another, and throw each away: long songs fill disks."""
    for name in (*(part.name for part in score.parts), *VOICES):
        if desk.has(prefix + name):
            yield name, desk.take(prefix + name)
            desk.drop(prefix + name)


def write_sound(desk: Desk, name: str, path: Path, score: Score | None = None) -> None:
    """Write a record as MP3 or WAV, by the ending of `path`, with its score inside if given."""
    form = {".mp3": write_mp3, ".wav": write_wav}[path.suffix]

    def save(aside: Path) -> None:
        form(aside, desk.take(name), RATE)
        if score is not None:
            keep_score(aside, score)

    _put(desk, path, save)


def write_papers(desk: Desk, score: Score, cover: Path, score_file: Path) -> None:
    """Paint the cover, and write the score down."""
    picture = paint(score, desk.take(RECORD))
    _put(desk, cover, lambda aside: aside.write_bytes(picture))
    notes = to_json(score)
    _put(desk, score_file, lambda aside: aside.write_text(notes, encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells the desk what the singer is at."""

    desk: Desk
    stage: str
    score: Score

    def share(self, done: float) -> None:
        _, doing = self.desk.told(self.stage)
        self.desk.tell(self.stage, done, doing or "singing")

    def section(self, number: int) -> None:
        done, _ = self.desk.told(self.stage)
        self.desk.tell(self.stage, done, f"singing {in_words(self.score, number)}")


def in_words(score: Score, number: int) -> str:
    """Name a section as a musician would: `the second verse`, or `the bridge` if there is one."""
    kind = score.sections[number].kind
    alike = [place for place, section in enumerate(score.sections) if section.kind == kind]
    if len(alike) == 1:
        return f"the {kind}"
    ordinals = ("first", "second", "third", "fourth", "fifth", "sixth")
    place = alike.index(number)
    return f"the {ordinals[place]} {kind}" if place < len(ordinals) else f"the last {kind}"


def _put(desk: Desk, path: Path, save: Callable[[Path], object]) -> None:
    """Write aside and rename, so that nobody ever sees half a file."""
    if desk.is_closed():
        return
    # It keeps its ending, by which others know what is in it.
    aside = path.with_name(f".part.{path.name}")
    save(aside)
    aside.replace(path)
