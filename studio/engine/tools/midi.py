"""MIDI: a sound as notes, for any sequencer.

A song of the band is written from its score and is exact. Any other sound is heard: its beats
become the tempo map, and each voice is transcribed from a stem of its own, which is approximate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from studio.audio.ear.listening import hear
from studio.audio.hearing import Heard, HeardNote
from studio.audio.intake import load
from studio.audio.samples import Samples
from studio.audio.tool import Facts, Options, Tool
from studio.audio.transcribing.transcription import best_method
from studio.audio.transcribing.voices import VOICES, transcribe_alone, transcribe_voices
from studio.audio.work import UNWATCHED, Work
from studio.engine.balance import BASS, DRUMS, LEAD, VOCALS
from studio.engine.papers import score_of
from studio.engine.score import Key, Part, Score
from studio.engine.writing.heard_midi import heard_to_midi
from studio.engine.writing.midi import to_midi
from studio.engine.writing.theory import key_name
from studio.errors import ToolUnfit

ROUGH = (
    "These notes were heard, not read: expect missing and added ones, the more so the more "
    "instruments play at once."
)
NOTHING = "No notes were heard: this is silence, speech or noise."
NO_BEAT = "No steady beat was heard, so tempo and bar lines mean nothing."


class MidiOptions(Options):
    """What of the sound is written down."""

    voices: Literal["all", "melody", "bass", "chords", "drums", "mix"] = "all"
    """all: each voice on a track of its own; mix: everything heard at once, on one track."""
    alone: bool = False
    """The sound is that one voice already, so that nothing has to be taken apart."""
    quantise: bool = False
    """Move notes to the nearest sixteenth."""


def write_midi(sounds: Sequence[Path], options: MidiOptions, out: Path, work: Work) -> Facts:
    """Write a sound as MIDI to `out`.

    Raises
    ------
    ToolUnfit
        If all voices are asked for of a sound that is said to be one.
    """
    if options.alone and options.voices == "all":
        raise ToolUnfit(
            "A sound that is one voice alone needs its name: choose melody, bass, chords, drums or "
            "mix as voices."
        )
    work.at(0.0, "looking for the score")
    score = score_of(sounds[0])
    if score is not None:
        return _from_score(score, options, out)
    sound = load(sounds[0])
    heard = hear(sound, work=work.part(0.0, 0.3, "finding beats and key"))
    voices = listen(sound, options, work=work.part(0.3, 0.98))
    del sound
    title = sounds[0].stem
    out.write_bytes(heard_to_midi(voices, heard, title=title, quantise=options.quantise))
    return _facts_of(heard, voices, options)


def listen(
    sound: Samples, options: MidiOptions, *, work: Work = UNWATCHED
) -> dict[str, tuple[HeardNote, ...]]:
    """Return the notes that were heard, by voice."""
    if options.alone or options.voices == "mix":
        return {options.voices: transcribe_alone(sound, options.voices, work=work)}
    wanted = VOICES if options.voices == "all" else (options.voices,)
    return transcribe_voices(sound, wanted, work=work)


def chosen(score: Score, voices: str) -> Score:
    """Return a score with only those who play one of the voices."""
    if voices in {"all", "mix"}:
        return score
    parts = tuple(part for part in score.parts if voice_of(part) == voices)
    return replace(score, parts=parts, vocal=score.vocal if voices == "melody" else None)


def voice_of(part: Part) -> str:
    """Return which of the voices a part belongs to."""
    return {LEAD: "melody", BASS: "bass", DRUMS: "drums"}.get(part.name, "chords")


def _from_score(score: Score, options: MidiOptions, out: Path) -> dict[str, Any]:
    wanted = chosen(score, options.voices)
    wanted = _notated(wanted) if options.quantise else wanted
    out.write_bytes(to_midi(wanted))
    notes = {part.name: len(part.notes) for part in wanted.parts}
    if wanted.vocal:
        notes[VOCALS] = len(wanted.vocal.notes)
    return {
        "from": "score",
        "exact": True,
        "method": "score",
        "tempo_bpm": score.tempo_bpm,
        "key": key_name(score.key),
        "beats_per_bar": score.beats_per_bar,
        "notes": notes,
    }


def _notated(score: Score) -> Score:
    """Return the score without the players' feel: swing stays, for it is written."""
    parts = tuple(
        replace(part, notes=tuple(replace(note, shift=0.0) for note in part.notes))
        for part in score.parts
    )
    return replace(score, parts=parts)


def _facts_of(
    heard: Heard, voices: Mapping[str, Sequence[HeardNote]], options: MidiOptions
) -> dict[str, Any]:
    steady = len(heard.beats) > 1
    found = any(voices.values())
    sentences = [ROUGH if found else NOTHING, *([] if steady else [NO_BEAT])]
    return {
        "from": "sound",
        "exact": False,
        "method": best_method(),
        "tempo_bpm": round(heard.tempo_bpm, 2) if steady else None,
        "key": key_name(Key(heard.key.tonic, heard.key.mode)),
        "beats_per_bar": heard.beats_per_bar,
        "confidence": round(heard.beat_confidence, 2),
        "quantised": options.quantise,
        "notes": {name: len(notes) for name, notes in voices.items()},
        "note": " ".join(sentences),
    }


TOOL = Tool(MidiOptions, write_midi, makes=".mid", seconds_per_second=0.25)
