"""Mashing: how the voice of one song goes over the music of another.

Both are counted in beats. The voice may be counted at half or twice its speed, so that little is
left to stretch; it is shifted by the few semitones after which both songs use the same tones, or
all but one; and it is laid where its sections meet the sections of the music.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from studio.engine.continuing.ground import Ground
from studio.engine.covering.singable import moved_vocal
from studio.engine.score import Key, Line, SungNote, Vocal
from studio.engine.writing.harmony import Changes
from studio.engine.writing.swing import STRAIGHT, swing_vocal, unswung
from studio.engine.writing.theory import scale_over

FURTHEST_SEMITONES = 3
MOST_STRETCH = 1.15
COUNTS = (1.0, 2.0, 0.5)
"""Beats of the music for a beat of the voice."""
_OTHER_COUNT = 0.1
"""How much it takes to count otherwise, in octaves of tempo."""
_OTHER_TONE = 4.0
"""How much a tone that the keys do not share weighs against a semitone of shifting."""
PHRASE_BARS = 4
_MEETS_SECTION, _MEETS_PHRASE, _SAME_KIND, _INSIDE = 1.0, 0.4, 0.3, 4.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How a voice is fitted to music."""

    count: float
    """Beats of the music for a beat of the voice."""
    tempo_bpm: float
    """Of the result, in beats of the music."""
    stretch: float
    """How much longer the voice becomes."""
    stretch_music: float
    """How much longer the music becomes; 1 as a rule."""
    semitones: int
    """By how much the voice is shifted."""
    other_tones: int
    """How many tones of the two scales still differ."""
    offset: float
    """Beat of the music at which beat 0 of the voice falls, a bar line."""


def fitted(voice: Ground, music: Ground, *, sung: Sequence[tuple[float, float]] = ()) -> Fit:
    """Find how a voice goes over music.

    Parameters
    ----------
    voice, music
        The grounds of the two songs.
    sung
        From which to which beat of its own song the voice sings, line by line, if it is known.
    """
    count = min(
        COUNTS, key=lambda way: abs(_octaves(voice, music, way)) + _OTHER_COUNT * (way != 1)
    )
    counted = voice.tempo_bpm * count
    tempo = music.tempo_bpm
    if max(tempo / counted, counted / tempo) > MOST_STRETCH:
        # Too far for the voice alone, so that they meet in the middle.
        tempo = math.sqrt(tempo * counted)
    semitones, other_tones = shared_key(voice.key, music.key)
    return Fit(
        count=count,
        tempo_bpm=tempo,
        stretch=counted / tempo,
        stretch_music=music.tempo_bpm / tempo,
        semitones=semitones,
        other_tones=other_tones,
        offset=_offset(voice, music, count, sung or ((0.0, voice.beats),)),
    )


def shared_key(voice: Key, music: Key) -> tuple[int, int]:
    """Return how far to shift a voice, at most 3 semitones, and how many tones still differ.

    A major key and its relative minor have the same tones, and need no shift.
    """
    ways = range(-FURTHEST_SEMITONES, FURTHEST_SEMITONES + 1)
    apart = {way: _tones_apart(voice, music, way) for way in ways}
    best = min(ways, key=lambda way: (_OTHER_TONE * apart[way] + abs(way), way))
    return best, apart[best]


def vocal_over(
    vocal: Vocal, fit: Fit, music: Ground, swing: tuple[float, float]
) -> tuple[Vocal, int]:
    """Return what is sung over the music, and how many lines found no place in it.

    Parameters
    ----------
    vocal
        In beats of its own song.
    fit
        How it goes over the music.
    music
        Its ground; notes that its harmony cannot bear move by a semitone.
    swing
        Of the song that the voice is from: ratio and beats of a pair.
    """

    def at(beat: float) -> float:
        return unswung(beat, *swing) * fit.count + fit.offset

    def moved(notes: Iterable[SungNote]) -> tuple[SungNote, ...]:
        return tuple(
            replace(note, start=start, beats=at(note.start + note.beats) - start)
            for note in notes
            for start in (at(note.start),)
            if note.line in kept
        )

    spans = lines_of(vocal)
    kept = {
        number
        for number, (start, end) in spans.items()
        if at(start) >= 0 and at(end) <= music.beats + 1e-6
    }
    shifted = moved_vocal(vocal, fit.semitones)
    changes = Changes(music.chords)
    over = replace(
        shifted,
        notes=tuple(_in_harmony(note, changes, music.key) for note in moved(shifted.notes)),
        harmony=tuple(_in_harmony(note, changes, music.key) for note in moved(shifted.harmony)),
    )
    over = replace(
        over, lines=tuple(_in_section(over, number, music) for number in range(len(vocal.lines)))
    )
    ratio = STRAIGHT if music.swing is None else music.swing
    return swing_vocal(over, ratio, music.swung_beats), len(spans) - len(kept)


def lines_of(vocal: Vocal) -> dict[int, tuple[float, float]]:
    """Return from which to which beat each line is sung."""
    spans: dict[int, tuple[float, float]] = {}
    for note in vocal.notes:
        start, _ = spans.get(note.line, (note.start, 0.0))
        spans[note.line] = (start, note.start + note.beats)
    return spans


def _octaves(voice: Ground, music: Ground, count: float) -> float:
    return math.log2(voice.tempo_bpm * count / music.tempo_bpm)


def _tones_apart(voice: Key, music: Key, semitones: int) -> int:
    """Return how many fifths the scales are apart: so many of their tones differ."""
    fifths = (_fifths(voice) + 7 * semitones - _fifths(music)) % 12
    return min(fifths, 12 - fifths)


def _fifths(key: Key) -> int:
    """Return the place of a scale on the circle of fifths."""
    major = key.tonic + 3 if key.mode == "minor" else key.tonic
    return major * 7 % 12


def _offset(
    voice: Ground, music: Ground, count: float, sung: Sequence[tuple[float, float]]
) -> float:
    """Return the bar line of the music at which the voice's song begins."""
    per_bar = music.beats_per_bar
    earliest = -math.floor(voice.beats * count / per_bar)
    places = [float(bar * per_bar) for bar in range(earliest, music.bars)]
    return max(places, key=lambda place: (_worth(voice, music, count, sung, place), -abs(place)))


def _worth(
    voice: Ground,
    music: Ground,
    count: float,
    sung: Sequence[tuple[float, float]],
    offset: float,
) -> float:
    """Return how well the sections of the voice meet those of the music, at a place."""
    inside = sum(
        max(0.0, min(music.beats, end * count + offset) - max(0.0, start * count + offset))
        for start, end in sung
    )
    whole = sum(end - start for start, end in sung) * count
    met = 0.0
    for section in voice.sections:
        met += _meets(section.start * count + offset, section.kind, music)
    return _INSIDE * inside / whole + met / max(1, len(voice.sections))


def _meets(start: float, kind: str, music: Ground) -> float:
    for section in music.sections:
        if section.start - 1e-6 <= start < section.start + section.beats - 1e-6:
            bars = (start - section.start) / music.beats_per_bar
            if bars < 1e-6:  # noqa: PLR2004 - at its first bar line
                return _MEETS_SECTION + _SAME_KIND * (section.kind == kind)
            on_phrase = math.isclose(bars % PHRASE_BARS, 0.0, abs_tol=1e-6)
            return _MEETS_PHRASE * on_phrase + _SAME_KIND * (section.kind == kind)
    return 0.0


def _in_harmony(note: SungNote, changes: Changes, key: Key) -> SungNote:
    """Move a note by a semitone if the harmony cannot bear it."""
    chord = changes.at(note.start + 1e-3)
    scale = scale_over(key, chord.root, chord.quality)
    ways = (note.pitch + by for by in (0, -1, 1) if (note.pitch + by) % 12 in scale)
    return replace(note, pitch=next(ways, note.pitch))


def _in_section(vocal: Vocal, number: int, music: Ground) -> Line:
    """Return a line with the section of the music that it is sung in."""
    first = next((note.start for note in vocal.notes if note.line == number), 0.0)
    found = max(
        (i for i, section in enumerate(music.sections) if section.start <= first + 1.0), default=0
    )
    return replace(vocal.lines[number], section=found)
