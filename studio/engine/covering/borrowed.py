"""Borrowed: a tune that was heard, as notes of a score that the band can play from.

What was transcribed is in seconds, a little late or early, at times an octave off and cut into
bits. Here it is counted in the beats of its own sound, put on sixteenths, cleaned and cut into
lines, which are sung on `la` until somebody brings words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from studio.audio.hearing import HeardNote
from studio.engine.continuing.ground import Ground
from studio.engine.score import Line, Score, SungNote, Vocal
from studio.engine.writing.reading import Voice
from studio.engine.writing.swing import STRAIGHT
from studio.engine.writing.theory import key_name, scale_over
from studio.engine.writing.tune import VOICES

SLOT = 0.25
"""Beats."""
SHORTEST_SECONDS = 0.06
"""What is shorter was not meant."""
ODD_SEMITONES = 9
"""From its neighbours, from where on a note was heard in the wrong octave."""
NEIGHBOURS = 4
PASSING_SECONDS = 0.16
"""What is shorter, and outside the scale, was heard a semitone off."""
BREATH_SECONDS = 0.4
LONGEST_LINE = 14
"""Notes."""
SYLLABLE = "la"


def borrowed_song(ground: Ground, heard: Sequence[HeardNote], *, title: str, style: str) -> Score:
    """Return a song that has the ground and the tune of a sound.

    Parameters
    ----------
    ground
        Of the sound.
    heard
        Its tune, in seconds of the same sound; may be empty.
    title
        What the song is called.
    style
        The style that it is most like.

    Returns
    -------
    A score in straight notation that nobody plays: only the tune, on `la`, if there is one.
    """
    return Score(
        title=title,
        style=style,
        tags=f"{ground.tempo_bpm:.0f} bpm, {key_name(ground.key)}",
        tempo_bpm=ground.tempo_bpm,
        key=ground.key,
        beats_per_bar=ground.beats_per_bar,
        swing=STRAIGHT,
        sections=ground.sections,
        chords=ground.chords,
        parts=(),
        vocal=borrowed_tune(ground, heard),
        lyrics="",
        beats=ground.beats,
        seed=0,
    )


def borrowed_tune(ground: Ground, heard: Sequence[HeardNote]) -> Vocal | None:
    """Return a tune that was heard as one that is sung, or `None` if nothing was heard in it."""
    notes = _on_slots(ground, _cleaned(ground, heard))
    if not notes:
        return None
    lines, sung = [], list[SungNote]()
    for number, group in enumerate(_lines(notes, ground)):
        words = (SYLLABLE,) * len(group)
        lines.append(Line(" ".join(words), words, (1,) * len(words), _section(ground, group[0])))
        sung += [replace(note, line=number, word=place) for place, note in enumerate(group)]
    return Vocal(_voice(sung), "en", tuple(lines), tuple(sung))


def beat_at(ground: Ground, seconds: float) -> float:
    """Return the beat of a ground that falls at a time, beyond both of its ends too."""
    times = np.asarray(ground.beat_seconds)
    if seconds < times[0]:
        return float((seconds - times[0]) / (times[1] - times[0]))
    if seconds > times[-1]:
        return float(ground.beats + (seconds - times[-1]) / (times[-1] - times[-2]))
    return float(np.interp(seconds, times, np.arange(len(times))))


def _cleaned(ground: Ground, heard: Sequence[HeardNote]) -> list[HeardNote]:
    """Leave out what was not meant, and bring home what went astray."""
    kept = [note for note in heard if note.seconds >= SHORTEST_SECONDS]
    kept.sort(key=lambda note: note.start_seconds)
    return [
        _in_scale(ground, replace(note, pitch=_in_octave(kept, index)))
        for index, note in enumerate(kept)
    ]


def _in_octave(notes: Sequence[HeardNote], index: int) -> int:
    near = notes[max(0, index - NEIGHBOURS) : index + NEIGHBOURS + 1]
    away = notes[index].pitch - median(note.pitch for note in near)
    return notes[index].pitch - 12 * round(away / 12) * (abs(away) >= ODD_SEMITONES)


def _in_scale(ground: Ground, note: HeardNote) -> HeardNote:
    """Draw a short note that no scale explains to its neighbour."""
    if note.seconds >= PASSING_SECONDS:
        return note
    beat = beat_at(ground, note.start_seconds)
    chord = next((c for c in reversed(ground.chords) if c.start <= beat + SLOT), ground.chords[0])
    scale = scale_over(ground.key, chord.root, chord.quality)
    ways = (pitch for pitch in (note.pitch, note.pitch - 1, note.pitch + 1) if pitch % 12 in scale)
    return replace(note, pitch=next(ways, note.pitch))


def _on_slots(ground: Ground, heard: Sequence[HeardNote]) -> list[SungNote]:
    """Put notes on sixteenths; of two on the same one, the longer stays."""
    found: dict[float, SungNote] = {}
    for note in heard:
        start = _slot(beat_at(ground, note.start_seconds))
        end = beat_at(ground, note.start_seconds + note.seconds)
        if not 0 <= start < ground.beats:
            continue
        beats = max(SLOT, min(end, ground.beats) - start)
        sung = SungNote(start, beats, note.pitch, note.velocity, 0, 0, 0)
        if start not in found or found[start].beats < beats:
            found[start] = sung
    notes = sorted(found.values(), key=lambda note: note.start)
    after = [note.start for note in notes[1:]] + [ground.beats] * bool(notes)
    return [
        replace(note, beats=min(note.beats, later - note.start))
        for note, later in zip(notes, after, strict=True)
    ]


def _slot(beat: float) -> float:
    return round(beat / SLOT) * SLOT


def _lines(notes: Sequence[SungNote], ground: Ground) -> Iterator[list[SungNote]]:
    """Cut a tune where its singer breathes, or has to."""
    breath = BREATH_SECONDS * ground.tempo_bpm / 60.0
    line: list[SungNote] = []
    for note in notes:
        rested = line and note.start - (line[-1].start + line[-1].beats) >= breath
        if rested or len(line) >= LONGEST_LINE:
            yield line
            line = []
        line.append(note)
    if line:
        yield line


def _section(ground: Ground, note: SungNote) -> int:
    starts = [section.start for section in ground.sections]
    return max(0, int(np.searchsorted(starts, note.start + SLOT, side="right")) - 1)


def _voice(notes: Sequence[SungNote]) -> Voice:
    """Return whose compass a tune lies in."""
    middle = sum(note.pitch for note in notes) / len(notes)
    centres: dict[Voice, float] = {
        voice: sum(compass.centre for compass in VOICES[voice].values()) / len(VOICES[voice])
        for voice in ("female", "male")
    }
    return min(centres, key=lambda voice: abs(centres[voice] - middle))
