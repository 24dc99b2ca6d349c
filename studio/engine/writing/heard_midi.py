"""Heard MIDI: notes that were transcribed, as a file with the tempo and bars that were heard."""

from collections.abc import Mapping, Sequence

import mido
import numpy as np

from studio.audio.hearing import Heard, HeardNote
from studio.audio.transcribing.tempo_map import Metre, TempoMap, map_tempo
from studio.engine.writing.midi import (
    DRUM_CHANNEL,
    VOICE_PROGRAM,
    Timed,
    file_of,
    plain,
    signature,
    track,
)

PROGRAMS = {"melody": VOICE_PROGRAM, "bass": 33, "chords": 0, "mix": 0}
"""General MIDI sounds of the voices that are told apart; drums have their channel."""

GRID = 4
"""Steps of a beat that notes are moved to, if they are."""
SHORTEST_BEATS = 0.02


def heard_to_midi(
    voices: Mapping[str, Sequence[HeardNote]], heard: Heard, *, title: str, quantise: bool = False
) -> bytes:
    """Return notes as a Standard MIDI File of type 1, one track for each voice.

    Parameters
    ----------
    voices
        Notes by the name of their track; `drums` are drum keys.
    heard
        What was heard of the same sound: its beats become the tempo map.
    title
        Name of the first track.
    quantise
        Whether notes are moved to the nearest sixteenth.
    """
    tempo = map_tempo(heard)
    tracks = [_map_track(tempo, heard, title)]
    channels = iter([c for c in range(16) if c != DRUM_CHANNEL])
    for name, notes in voices.items():
        channel = DRUM_CHANNEL if name == "drums" else next(channels)
        tracks.append(_voice_track(name, notes, channel, tempo, quantise=quantise))
    return file_of(tracks)


def _map_track(tempo: TempoMap, heard: Heard, title: str) -> mido.MidiTrack:
    minor = "m" if heard.key.mode == "minor" else ""
    events: list[Timed] = [
        (0.0, mido.MetaMessage("track_name", name=plain(title))),
        *((metre.beat, _time_signature(metre)) for metre in tempo.metres),
        *(
            (beat, mido.MetaMessage("set_tempo", tempo=round(1e6 * seconds)))
            for beat, seconds in zip(tempo.beats, tempo.tempi(), strict=False)
        ),
        (0.0, mido.MetaMessage("key_signature", key=signature(heard.key.tonic, minor))),
    ]
    starts = tempo.beat_at(np.array([section.start_seconds for section in heard.sections]))
    events += [
        (float(round(beat)), mido.MetaMessage("marker", text=section.letter))
        for beat, section in zip(starts, heard.sections, strict=True)
    ]
    return track(events, end=float(tempo.beat_at(np.array([heard.length_seconds]))[0]))


def _time_signature(metre: Metre) -> mido.MetaMessage:
    return mido.MetaMessage("time_signature", numerator=metre.beats, denominator=metre.unit)


def _voice_track(
    name: str, notes: Sequence[HeardNote], channel: int, tempo: TempoMap, *, quantise: bool
) -> mido.MidiTrack:
    starts = tempo.beat_at(np.array([note.start_seconds for note in notes]))
    ends = tempo.beat_at(np.array([note.start_seconds + note.seconds for note in notes]))
    if quantise:
        starts, ends = np.rint(starts * GRID) / GRID, np.rint(ends * GRID) / GRID
        ends = np.maximum(ends, starts + 1 / GRID)
    events: list[Timed] = [(0.0, mido.MetaMessage("track_name", name=name))]
    if name in PROGRAMS:
        events.append(
            (0.0, mido.Message("program_change", channel=channel, program=PROGRAMS[name]))
        )
    for note, start, end in zip(notes, starts.tolist(), ends.tolist(), strict=True):
        stroke = {"channel": channel, "note": note.pitch}
        events.append((start, mido.Message("note_on", velocity=note.velocity, **stroke)))
        last = max(end, start + SHORTEST_BEATS)
        events.append((last, mido.Message("note_off", velocity=0, **stroke)))
    return track(events)
