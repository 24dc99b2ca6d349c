"""Notes: what stands in a MIDI file, as the vendor tells it."""

from pathlib import Path
from typing import Any

_LOUDEST = 127


def instruments_of(path: Path) -> list[dict[str, Any]]:
    """Return the instruments of a MIDI file with their notes: seconds, and loudness from 0 to 1."""
    # It takes half a second to import, and few ask for notes.
    from pretty_midi import PrettyMIDI  # noqa: PLC0415 - loaded by who needs it

    return [
        {
            "name": instrument.name or f"Track {number}",
            "notes": [
                {
                    "pitch": note.pitch,
                    "start": round(note.start, 4),
                    "end": round(note.end, 4),
                    "velocity": round(note.velocity / _LOUDEST, 3),
                }
                for note in instrument.notes
            ],
        }
        for number, instrument in enumerate(PrettyMIDI(str(path)).instruments, 1)
    ]
