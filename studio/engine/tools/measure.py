"""Measure: tempo, beats, bars, key, chords, sections and levels of any sound.

A song of the band is told from its score, and listened to all the same: what was heard stands
beside it, with how far both agree, so that anyone can see what listening is worth.
"""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from studio.audio.ear.listening import hear
from studio.audio.ear.octaves import at_half, doubled
from studio.audio.hearing import Heard, HeardChord, HeardSection
from studio.audio.intake import load
from studio.audio.tool import Facts, Options, Tool
from studio.audio.work import Work
from studio.engine.agreement import agreement
from studio.engine.papers import score_of
from studio.engine.score import Chord, Key, Score, Section
from studio.engine.writing.theory import NAMES, key_name

DOUBTFUL = 0.5
"""Below this confidence the note says so."""

_SUFFIXES = {"maj": "", "min": "m", "min7": "m7", "min9": "m9", "dom7": "7"}


class MeasureOptions(Options):
    """How to count; everything else is measured."""

    octave: Literal["half", "as heard", "double"] = "as heard"
    """Whether to count half as fast or twice as fast as is heard: both fit many songs."""


def measure(sounds: Sequence[Path], options: MeasureOptions, _out: Path, work: Work) -> Facts:
    """Tell what can be known of a sound; nothing is written."""
    score = score_of(sounds[0])
    samples = load(sounds[0], work=work.part(0.0, 0.1, "reading"))
    heard = hear(samples, work=work.part(0.1, 1.0, "listening"))
    found = facts_heard(counted(heard, options))
    if score is None:
        return {**found, "exact": False, "from": "sound", "note": _note(heard)}
    agreed = agreement(score, heard)
    if not agreed.same_song:
        note = f"A score lies with this sound, but fits something else. {_note(heard)}"
        return {**found, "exact": False, "from": "sound", "note": note}
    return {
        **found,
        **facts_written(score),
        "exact": True,
        "from": "score",
        "measured": {**found, "agreement": asdict(agreed)},
        "note": "From the score; what listening alone finds stands under “measured”.",
    }


TOOL = Tool(MeasureOptions, measure, makes="", seconds_per_second=0.03)


def facts_heard(heard: Heard) -> dict[str, Any]:
    """Say in numbers and words what was heard."""
    pulses = bool(heard.beats)
    return {
        "length_seconds": round(heard.length_seconds, 3),
        "tempo_bpm": round(heard.tempo_bpm, 2) if pulses else None,
        "slowest_bpm": round(heard.slowest_bpm, 2) if pulses else None,
        "fastest_bpm": round(heard.fastest_bpm, 2) if pulses else None,
        "beats": [round(beat, 3) for beat in heard.beats],
        "bars": [round(heard.beats[at], 3) for at in heard.downbeats],
        "beats_per_bar": heard.beats_per_bar if pulses else None,
        "beat_confidence": round(heard.beat_confidence, 2),
        "key": key_name(Key(heard.key.tonic, heard.key.mode)) if heard.key_confidence else None,
        "key_confidence": round(heard.key_confidence, 2),
        "tuning_cents": round(heard.tuning_cents, 1),
        "chords": [_told_heard(chord) for chord in heard.chords],
        "sections": [_told_stretch(section) for section in heard.sections],
        "loudness_lufs": round(heard.loudness_lufs, 2),
        "true_peak_db": round(heard.true_peak_db, 2),
    }


def facts_written(score: Score) -> dict[str, Any]:
    """Say what of it is known from the score."""
    second, tempo = score.seconds_per_beat, round(score.tempo_bpm, 2)
    beats = [round(beat * second, 3) for beat in range(round(score.beats))]
    return {
        "tempo_bpm": tempo,
        "slowest_bpm": tempo,
        "fastest_bpm": tempo,
        "beats": beats,
        "bars": beats[:: score.beats_per_bar],
        "beats_per_bar": score.beats_per_bar,
        "beat_confidence": 1.0,
        "key": key_name(score.key),
        "key_confidence": 1.0,
        "tuning_cents": 0.0,
        "chords": [_told_written(chord, second) for chord in score.chords],
        "sections": [_told_section(section, second) for section in score.sections],
    }


def counted(heard: Heard, options: MeasureOptions) -> Heard:
    """Count the beats as a person wishes."""
    match options.octave:
        case "half":
            return at_half(heard)
        case "double":
            return doubled(heard)
        case _:
            return heard


def _note(heard: Heard) -> str:
    """Say which of the measurements not to trust."""
    if not heard.beats:
        return "Measured; no beat was found."
    doubts = [
        name
        for name, confidence in (("beat", heard.beat_confidence), ("key", heard.key_confidence))
        if confidence < DOUBTFUL
    ]
    return f"Measured; the {' and the '.join(doubts)} may be wrong." if doubts else "Measured."


def _told_heard(chord: HeardChord) -> dict[str, Any]:
    name = None
    if chord.root is not None:
        name = NAMES[chord.root] + ("m" if chord.quality == "min" else "")
    return {
        "start_seconds": round(chord.start_seconds, 3),
        "seconds": round(chord.seconds, 3),
        "name": name,
        "confidence": round(chord.confidence, 2),
    }


def _told_written(chord: Chord, second: float) -> dict[str, Any]:
    name = NAMES[chord.root] + _SUFFIXES.get(chord.quality, chord.quality)
    return {
        "start_seconds": round(chord.start * second, 3),
        "seconds": round(chord.beats * second, 3),
        "name": name if chord.bass == chord.root else f"{name}/{NAMES[chord.bass]}",
        "confidence": 1.0,
    }


def _told_stretch(section: HeardSection) -> dict[str, Any]:
    return {
        "start_seconds": round(section.start_seconds, 3),
        "seconds": round(section.seconds, 3),
        "name": section.letter,
        "energy": round(section.energy, 2),
    }


def _told_section(section: Section, second: float) -> dict[str, Any]:
    return {
        "start_seconds": round(section.start * second, 3),
        "seconds": round(section.beats * second, 3),
        "name": section.name,
        "energy": round(section.energy, 2),
    }
