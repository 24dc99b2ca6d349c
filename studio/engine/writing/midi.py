"""MIDI: the score as a file that any sequencer opens, with tempo, key, sections and words."""

import io
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import mido

from studio.engine.score import Note, Part, Score, SungNote, Vocal
from studio.engine.writing.theory import NAMES

TICKS_PER_BEAT = 480
DRUM_CHANNEL = 9
VOICE_PROGRAM = 52
SYNTH_PROGRAMS = {"bass": 38, "pad": 89, "lead": 81, "keys": 4, "pluck": 45}
"""General MIDI sounds that stand in for our own synthesizers."""

Timed: TypeAlias = tuple[float, mido.Message | mido.MetaMessage]
"""What happens at a beat."""


def to_midi(score: Score) -> bytes:
    """Return `score` as a Standard MIDI File of type 1, one track for each player."""
    tracks = [_map_track(score)]
    channels = iter([c for c in range(16) if c != DRUM_CHANNEL] * 3)
    for part in score.parts:
        channel = DRUM_CHANNEL if "drums" in part.instrument else next(channels)
        tracks.append(_part_track(part, channel, score))
    if score.vocal:
        tracks.append(_vocal_track(score.vocal, next(channels)))
    return file_of(tracks)


def file_of(tracks: Sequence[mido.MidiTrack]) -> bytes:
    """Return tracks that sound together as a file."""
    song = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_BEAT)
    song.tracks.extend(tracks)
    buffer = io.BytesIO()
    song.save(file=buffer)
    return buffer.getvalue()


def _map_track(score: Score) -> mido.MidiTrack:
    minor = "m" if score.key.mode == "minor" else ""
    events = [
        (0.0, mido.MetaMessage("track_name", name=plain(score.title))),
        (0.0, mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(score.tempo_bpm))),
        (0.0, mido.MetaMessage("time_signature", numerator=score.beats_per_bar, denominator=4)),
        (0.0, mido.MetaMessage("key_signature", key=signature(score.key.tonic, minor))),
        *((s.start, mido.MetaMessage("marker", text=plain(s.name))) for s in score.sections),
    ]
    return track(events, end=score.beats)


def signature(tonic: int, minor: str) -> str:
    """Return a key as the file format spells it; `minor` is `m` or empty."""
    # Some keys of our names have no signature of their own in the file format.
    name = NAMES[tonic]
    spelled = {"C#": "C#" if minor else "Db", "Ab": "G#" if minor else "Ab"}.get(name, name)
    return spelled + minor


def _part_track(part: Part, channel: int, score: Score) -> mido.MidiTrack:
    events: list[Timed] = [
        (0.0, mido.MetaMessage("track_name", name=plain(part.name))),
        (0.0, mido.Message("program_change", channel=channel, program=_program(part.instrument))),
        (0.0, mido.Message("control_change", channel=channel, control=10, value=_pan(part.pan))),
    ]
    for note in part.notes:
        felt = note.start + note.shift / score.seconds_per_beat
        events += _strokes(note, channel, max(0.0, felt))
    return track(events)


def _program(instrument: str) -> int:
    kind, name, *_ = [*instrument.split(":"), ""]
    if kind == "gm":
        return 0 if name == "drums" else int(name)
    return SYNTH_PROGRAMS.get(name, 0)


def _pan(pan: float) -> int:
    return max(0, min(127, round(64 + 63 * pan)))


def _vocal_track(vocal: Vocal, channel: int) -> mido.MidiTrack:
    events: list[Timed] = [
        (0.0, mido.MetaMessage("track_name", name="vocals")),
        (0.0, mido.Message("program_change", channel=channel, program=VOICE_PROGRAM)),
    ]
    said: set[tuple[int, int]] = set()
    for note in vocal.notes:
        if (note.line, note.word) not in said:
            word = vocal.lines[note.line].words[note.word]
            events.append((note.start, mido.MetaMessage("lyrics", text=plain(word + " "))))
            said.add((note.line, note.word))
        events += _strokes(note, channel, note.start)
    return track(events)


def _strokes(note: Note | SungNote, channel: int, start: float) -> list[tuple[float, mido.Message]]:
    on = mido.Message("note_on", channel=channel, note=note.pitch, velocity=note.velocity)
    off = mido.Message("note_off", channel=channel, note=note.pitch, velocity=0)
    return [(start, on), (start + max(0.02, note.beats), off)]


def track(events: Iterable[Timed], end: float | None = None) -> mido.MidiTrack:
    """Turn events at beats into a track of differences; a note ends before the next begins."""
    timed = [(round(beat * TICKS_PER_BEAT), event) for beat, event in events]
    timed.sort(key=lambda item: (item[0], item[1].type == "note_on", item[1].type == "lyrics"))
    written, now = mido.MidiTrack(), 0
    for tick, event in timed:
        written.append(event.copy(time=tick - now))
        now = tick
    last = round(end * TICKS_PER_BEAT) - now if end is not None else 0
    written.append(mido.MetaMessage("end_of_track", time=max(0, last)))
    return written


def plain(text: str) -> str:
    """Return text as mido can write it."""
    # The file format knows bytes; mido writes Latin-1 unless told, so we carry UTF-8 in it.
    return text.encode("utf-8").decode("latin-1")
