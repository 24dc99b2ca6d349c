"""The score: beats as plain data, all that the players and the singer need.

Times are in beats (quarter notes) from the start of the song. Pitches are MIDI numbers, 60 is
middle C. Everything is frozen and pickles, so that it can be sent to another process.
"""

from dataclasses import dataclass, replace
from typing import Literal

from studio.engine.persona import Persona

Mode = Literal["major", "minor"]

RING_OUT_SECONDS = 2.0
"""How long the last chord usually rings on after the last bar."""


@dataclass(frozen=True, slots=True)
class Key:
    """Tonic as a pitch class, 0 is C, and mode."""

    tonic: int
    mode: Mode


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the form."""

    kind: str
    """One of `intro verse pre-chorus chorus bridge solo outro`."""
    name: str
    """As shown: `Verse 2`."""
    start: float
    beats: float
    energy: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Chord:
    """A harmony that holds for a while."""

    start: float
    beats: float
    root: int
    """Pitch class."""
    quality: str
    """One of `maj min dim aug maj7 min7 dom7 sus2 sus4 add9 maj9 min9 m7b5 6 m6`."""
    bass: int
    """Pitch class of the lowest note."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note of an instrument. For drums `pitch` is the General MIDI drum key."""

    start: float
    beats: float
    pitch: int
    velocity: int
    """1 to 127."""
    shift: float = 0.0
    """Seconds late (early if negative): the player's feel, kept apart from the notation."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one player plays."""

    name: str
    """Also the name of its stem: `drums bass keys guitar pad strings brass lead ...`."""
    instrument: str
    """Key into the players' instruments: `gm:0`..`gm:127`, `gm:drums:0`, or `synth:NAME`."""
    notes: tuple[Note, ...]
    gain_db: float = 0.0
    pan: float = 0.0
    """-1 left to 1 right."""
    reverb: float = 0.2
    """Send to the room, 0 to 1."""


@dataclass(frozen=True, slots=True)
class SungNote:
    """One note of the singer. A melisma has several notes with the same `word` and `syllable`."""

    start: float
    beats: float
    pitch: int
    velocity: int
    line: int
    """Index into `Vocal.lines`."""
    word: int
    """Index into the words of that line."""
    syllable: int
    """Index into the syllables of that word."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the lyrics as it is sung."""

    text: str
    words: tuple[str, ...]
    """`text` cut at white space (or into characters, for Chinese and Japanese)."""
    syllables: tuple[int, ...]
    """Syllables of each word, at least 1, as the singer will pronounce it."""
    section: int
    """Index into `Score.sections`."""


@dataclass(frozen=True, slots=True)
class Vocal:
    """What is sung, and by whom."""

    voice: Literal["female", "male"]
    language: str
    """Two letters: `en zh ar de ...`."""
    lines: tuple[Line, ...]
    notes: tuple[SungNote, ...]
    """In rising order of `start`, never overlapping."""
    harmony: tuple[SungNote, ...] = ()
    """A second voice under or over the first, where there is one (choruses)."""
    persona: Persona | None = None
    """Whose timbre it is sung with; `None` is the usual voice."""


@dataclass(frozen=True, slots=True)
class Room:
    """How the style wants its record to sound."""

    reverb_seconds: float = 1.4
    drive: float = 0.0
    """Saturation of the mix, 0 to 1."""
    lowpass_hz: float | None = None
    """The dusty top end of lo-fi; `None` leaves it open."""
    vinyl: float = 0.0
    """Crackle and hiss, 0 to 1."""
    width: float = 1.0
    duck_db: float = 0.0
    """How far the kick pushes the other parts down."""


@dataclass(frozen=True, slots=True)
class Score:
    """A whole song, before anyone plays it."""

    title: str
    style: str
    """Name of the style file that it was written in."""
    tags: str
    """The style in words, as a person would read it."""
    tempo_bpm: float
    key: Key
    beats_per_bar: int
    swing: float
    """Where the off-beat eighth falls in the beat: 0.5 straight to 0.67 triplet.
    Already applied to every `start`."""
    sections: tuple[Section, ...]
    chords: tuple[Chord, ...]
    parts: tuple[Part, ...]
    vocal: Vocal | None
    lyrics: str
    """The words with their section marks, as they are shown."""
    beats: float
    """Where the last bar ends."""
    seed: int
    room: Room = Room()
    ring_out_seconds: float = RING_OUT_SECONDS
    """From the end of the last bar to the end of the sound."""

    @property
    def seconds_per_beat(self) -> float:
        """Length of a quarter note in seconds."""
        return 60.0 / self.tempo_bpm

    @property
    def length_seconds(self) -> float:
        """Length of the music without the ring-out of the last notes."""
        return self.beats * self.seconds_per_beat

    @property
    def whole_seconds(self) -> float:
        """Length of the sound: the music and its ring-out."""
        return self.length_seconds + self.ring_out_seconds

    def head(self, seconds: float) -> "Score":
        """Return the score of the first `seconds`, cut at a bar line; no lines are cut open."""
        bars = max(1, round(seconds / self.seconds_per_beat / self.beats_per_bar))
        end = min(self.beats, float(bars * self.beats_per_bar))
        parts = tuple(
            replace(part, notes=tuple(n for n in part.notes if n.start < end))
            for part in self.parts
        )
        vocal = _head_of(self.vocal, end)
        return replace(self, parts=parts, vocal=vocal, beats=end, ring_out_seconds=RING_OUT_SECONDS)


def _head_of(vocal: Vocal | None, end: float) -> Vocal | None:
    if vocal is None:
        return None
    late = {n.line for n in vocal.notes if n.start + n.beats > end}
    return replace(
        vocal,
        notes=tuple(n for n in vocal.notes if n.line not in late),
        harmony=tuple(n for n in vocal.harmony if n.line not in late),
    )
