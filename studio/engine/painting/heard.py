"""Heard: what a painter has to know of a sound that the band did not make."""

import zlib
from dataclasses import replace

from studio.audio.ear.listening import hear
from studio.audio.samples import RATE, Samples
from studio.audio.work import Work
from studio.engine.played import NOBODY
from studio.engine.score import Chord, Key, Score, Section


def score_heard(samples: Samples, work: Work) -> Score:
    """Return a score without notes, but with the key, chords and form that are heard."""
    heard = hear(samples, work=work)
    return replace(
        NOBODY,
        seed=zlib.crc32(samples[:, :: RATE // 10].tobytes()),
        key=Key(heard.key.tonic, heard.key.mode),
        chords=tuple(
            Chord(c.start_seconds, c.seconds, c.root, c.quality, c.root)
            for c in heard.chords
            if c.root is not None
        ),
        sections=tuple(
            Section("verse", s.letter, s.start_seconds, s.seconds, s.energy) for s in heard.sections
        ),
    )
