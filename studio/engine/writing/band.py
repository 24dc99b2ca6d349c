"""The band's common ground: who plays how loud and how early, and at which level."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studio.engine.score import Key, Note, Part
from studio.engine.writing.chance import stream, turn
from studio.engine.writing.harmony import Changes
from studio.engine.writing.stretch import Form, Stretch
from studio.engine.writing.style import Level, Patterns, Player, Style

LOUDNESS = {"X": 112, "x": 92, "o": 58}
SOFT_BELOW, FULL_FROM = 0.48, 0.75
TREMBLE = 3.5
"""How far single strokes stray in velocity."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What everybody in the band has on the stand."""

    form: Form
    changes: Changes
    key: Key
    style: Style
    seed: int

    @property
    def beats_per_bar(self) -> int:
        """Metre of the song."""
        return self.form.beats_per_bar

    @property
    def last_bar(self) -> int:
        """The bar that everybody holds."""
        return self.form.bars - 1


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the form, as a player meets it."""

    number: int
    """From the start of the song."""
    in_stretch: int
    stretch: Stretch
    following: Stretch | None
    """The next section, if this is the last bar before it."""
    start: float


def bars(chart: Chart) -> Iterator[Bar]:
    """Go through the song bar by bar."""
    stretches = chart.form.stretches
    for index, stretch in enumerate(stretches):
        later = stretches[index + 1] if index + 1 < len(stretches) else None
        for place in range(stretch.bars):
            number = stretch.start_bar + place
            following = later if place == stretch.bars - 1 else None
            yield Bar(number, place, stretch, following, float(number * chart.beats_per_bar))


def level_of(energy: float) -> Level:
    """Return how the band plays at an energy of 0 to 1."""
    if energy < SOFT_BELOW:
        return "soft"
    return "full" if energy >= FULL_FROM else "main"


def choose_ways(patterns: Patterns, seed: int, name: str) -> dict[Level, str]:
    """Choose one way to play for each level, for the whole song."""
    return {level: turn(seed, f"{name} {level}", ways) for level, ways in patterns.items() if ways}


def dynamics(mark: str, energy: float) -> float:
    """Return the velocity of a stroke before the hand trembles."""
    return LOUDNESS.get(mark, 88) * (0.52 + 0.55 * energy)


def finish(player: Player, notes: Sequence[Note], seed: int) -> Part:
    """Make a part of notes: the instrument of this take, the player's feel."""
    rng = stream(seed, f"feel {player.name}")
    loud = rng.normal(0.0, TREMBLE, len(notes)) + [note.velocity for note in notes]
    late = player.late_ms + player.loose_ms * rng.normal(0.0, 1.0, len(notes)).clip(-2.0, 2.0)
    felt = [
        Note(note.start, note.beats, note.pitch, velocity, round(note.shift + shift, 5))
        for note, velocity, shift in zip(
            notes,
            loud.round().clip(1, 127).astype(int).tolist(),
            (late / 1000).tolist(),
            strict=True,
        )
    ]
    return Part(
        name=player.name,
        instrument=turn(seed, f"instrument {player.name}", player.instruments),
        notes=tuple(sorted(felt, key=lambda note: (note.start, note.pitch))),
        gain_db=player.gain_db,
        pan=player.pan,
        reverb=player.reverb,
    )
