"""Notes: what the vendor tells note by note, written as a MIDI file.

It gives no file to fetch, so one is made here and travels inside its link.
"""

import io
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mido

from studio.errors import AnswerUnreadable
from studio.providers.lenient import as_number, as_objects, as_text
from studio.providers.sunoapi.reading.answers import WHO

LINK = "data:audio/midi;base64,"
TICKS = 480
BEAT_SECONDS = 0.5
"""No tempo is told, so a beat is a round number and the times are right."""
DRUM_CHANNEL = 9
CHANNELS = tuple(number for number in range(16) if number != DRUM_CHANNEL)
DRUMS = ("drum", "percussion", "kick", "snare", "cymbal", "hi-hat")
PROGRAMS: Mapping[str, int] = {
    "bass": 33,
    "guitar": 25,
    "string": 48,
    "violin": 40,
    "synth": 81,
    "organ": 19,
    "brass": 61,
    "trumpet": 56,
    "sax": 66,
    "flute": 73,
    "vocal": 52,
    "voice": 52,
    "choir": 52,
}
"""Which sound of General MIDI a name stands for; anything else is a piano."""
LONGEST_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Note:
    """One note: seconds from the beginning, and how hard from 1 to 127."""

    pitch: int
    start: float
    end: float
    velocity: int


def instruments(told: object) -> dict[str, list[Note]]:
    """Read the notes of each instrument; those that are none are left out."""
    found: dict[str, list[Note]] = {}
    for place, one in enumerate(as_objects(told), start=1):
        name = as_text(one.get("name")) or f"Part {place}"
        read = [note for item in as_objects(one.get("notes")) if (note := _note(item))]
        if read:
            found.setdefault(name, []).extend(read)
    return found


def to_link(parts: Mapping[str, Sequence[Note]]) -> str:
    """Return a link that holds the notes as a MIDI file."""
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS)
    tempo = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=int(BEAT_SECONDS * 1e6))])
    file.tracks.append(tempo)
    for place, (name, notes) in enumerate(parts.items()):
        file.tracks.append(_track(name, notes, place))
    buffer = io.BytesIO()
    file.save(file=buffer)
    return LINK + b64encode(buffer.getvalue()).decode()


def write(link: str, into: Path) -> None:
    """Write the file that is in `link`.

    Raises
    ------
    AnswerUnreadable
        If there is none in it.
    """
    try:
        into.write_bytes(b64decode(link.removeprefix(LINK), validate=True))
    except ValueError as problem:
        raise AnswerUnreadable(f"The notes of {WHO} cannot be read any more.") from problem


def _track(name: str, notes: Sequence[Note], place: int) -> mido.MidiTrack:
    lower = name.lower()
    is_drums = any(word in lower for word in DRUMS)
    channel = DRUM_CHANNEL if is_drums else CHANNELS[place % len(CHANNELS)]
    program = next((number for word, number in PROGRAMS.items() if word in lower), 0)
    plain = name.encode("latin-1", "replace").decode("latin-1")
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=plain)])
    track.append(mido.Message("program_change", channel=channel, program=program))
    before = 0
    for tick, kind, pitch, velocity in sorted(_events(notes)):
        track.append(
            mido.Message(kind, channel=channel, note=pitch, velocity=velocity, time=tick - before)
        )
        before = tick
    return track


def _events(notes: Sequence[Note]) -> list[tuple[int, str, int, int]]:
    """Return when each note begins and ends; of one moment, endings come first."""
    begun = [(_ticks(one.start), "note_on", one.pitch, one.velocity) for one in notes]
    ended = [
        (max(_ticks(one.end), _ticks(one.start) + 1), "note_off", one.pitch, 0) for one in notes
    ]
    return begun + ended


def _ticks(seconds: float) -> int:
    return round(seconds / BEAT_SECONDS * TICKS)


def _note(item: dict[str, Any]) -> Note | None:
    pitch, start = as_number(item.get("pitch")), as_number(item.get("start"))
    end, hard = as_number(item.get("end")), as_number(item.get("velocity"))
    if pitch is None or start is None or end is None or not start <= end <= LONGEST_SECONDS:
        return None
    velocity = 80 if hard is None else round(hard * 127 if hard <= 1 else hard)
    return Note(min(int(pitch), 127), start, end, min(max(velocity, 1), 127))
