"""A song by hand, small enough to be played in every test."""

from studio.engine.score import Chord, Key, Note, Part, Room, Score, Section

BARS = 4


def beat_part(instrument: str = "synth:drums:pop") -> Part:
    notes = []
    for beat in range(BARS * 4):
        notes.append(Note(float(beat), 0.25, 36 if beat % 2 == 0 else 38, 110))
        notes += [Note(beat + eighth, 0.25, 42, 70) for eighth in (0.0, 0.5)]
    return Part("drums", instrument, tuple(notes), reverb=0.08)


def bass_part(instrument: str = "synth:bass:saw") -> Part:
    roots = (36, 33, 29, 31)
    notes = [Note(b * 0.5, 0.45, roots[b // 8], 95) for b in range(BARS * 8)]
    return Part("bass", instrument, tuple(notes), reverb=0.0)


def chord_part(name: str = "keys", instrument: str = "gm:0", pan: float = 0.0) -> Part:
    chords = ((60, 64, 67), (57, 60, 64), (53, 57, 60), (55, 59, 62))
    notes = [Note(4.0 * bar, 3.8, pitch, 80) for bar, notes in enumerate(chords) for pitch in notes]
    return Part(name, instrument, tuple(notes), pan=pan, reverb=0.25)


def lead_part(instrument: str = "synth:lead:saw") -> Part:
    tune = (72, 74, 76, 79, 76, 74, 72, 71)
    notes = [Note(2.0 * n, 1.5, pitch, 90) for n, pitch in enumerate(tune)]
    return Part("lead", instrument, tuple(notes), reverb=0.2)


def song(*parts: Part, room: Room | None = None, seed: int = 7, tempo_bpm: float = 120.0) -> Score:
    """Return four bars in C for the given players, or a small band."""
    parts = parts or (beat_part(), bass_part(), chord_part(), lead_part())
    beats = BARS * 4.0
    return Score(
        title="Four Bars",
        style="pop",
        tags="pop",
        tempo_bpm=tempo_bpm,
        key=Key(0, "major"),
        beats_per_bar=4,
        swing=0.5,
        sections=(Section("verse", "Verse", 0.0, beats, 0.6),),
        chords=tuple(Chord(4.0 * b, 4.0, r, "maj", r) for b, r in enumerate((0, 9, 5, 7))),
        parts=parts,
        vocal=None,
        lyrics="",
        beats=beats,
        seed=seed,
        room=room or Room(),
    )
