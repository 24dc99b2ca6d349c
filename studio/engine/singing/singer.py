"""The singer: from a score to the sung lead and its backing voices."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from studio.audio.samples import RATE, Samples
from studio.engine.score import Score, SungNote, Vocal
from studio.engine.singing.analysis import Spectra, analyse
from studio.engine.singing.colour import equalise
from studio.engine.singing.fitting import fit
from studio.engine.singing.guise import manner_of, speaker_of
from studio.engine.singing.line import sing_line
from studio.engine.singing.speakers import source_for, speak_line
from studio.engine.singing.speech import Phone, Sex, Speech

LEVEL = 0.11
"""Root mean square of a loud vowel."""

LINES_REMEMBERED = 32
"""Spoken and analysed lines kept in a process, about 1 MB each."""


@dataclass(frozen=True, slots=True)
class Singer:
    """One of the voices that sing the same words."""

    stem: str
    notes: tuple[SungNote, ...]
    number: int = 0
    """0 leads."""
    cents: float = 0.0
    late_seconds: float = 0.0
    gain_db: float = 0.0
    pan: float = 0.0


def never() -> bool:
    """Say that nobody wants to stop."""
    return False


def quietly(_section: int) -> None:
    """Tell nobody which section is being sung."""


def sing(
    score: Score,
    *,
    voice_source: Speech | None = None,
    cancelled: Callable[[], bool] = never,
    progress: Callable[[float], None] = lambda _share: None,
    singing: Callable[[int], None] = quietly,
) -> dict[str, Samples]:
    """Sing the vocal of a score.

    Parameters
    ----------
    score
        With a vocal; without one nothing is sung.
    voice_source
        Who speaks the words; `None` takes the clearest voice on this machine.
    cancelled
        Asked before each line; once it says yes, the rest stays silent.
    progress
        Told the share of the work that is done, 0 to 1, before each line.
    singing
        Told the index of the section whose line comes next.

    Returns
    -------
    dict
        `vocals`, the lead, and `backing` if the score has harmony: `(2, frames)` at `RATE`, as long
        as the song and its ring-out.
    """
    if score.vocal is None or not score.vocal.notes:
        return {}
    frames = round(score.whole_seconds * RATE)
    singers = (Singer("vocals", score.vocal.notes), *_backing(score.vocal))
    stems = {singer.stem: np.zeros((2, frames), np.float32) for singer in singers}
    work = [(singer, line) for singer in singers for line in _lines(singer)]
    for index, (singer, line) in enumerate(work):
        if cancelled():
            break
        progress(index / len(work))
        singing(score.vocal.lines[line].section)
        _add_line(stems[singer.stem], score, singer, line, voice_source)
    return stems


def _lines(singer: Singer) -> list[int]:
    return sorted({note.line for note in singer.notes})


def _backing(vocal: Vocal) -> list[Singer]:
    if not vocal.harmony:
        return []
    sung = {note.line for note in vocal.harmony}
    lead = tuple(note for note in vocal.notes if note.line in sung)
    return [
        Singer("backing", vocal.harmony, 1, cents=3.0, late_seconds=0.012, gain_db=-3.0, pan=0.3),
        Singer("backing", lead, 2, cents=-7.0, late_seconds=0.016, gain_db=-6.0, pan=-0.7),
        Singer("backing", lead, 3, cents=7.0, late_seconds=0.020, gain_db=-6.0, pan=0.7),
    ]


def _add_line(
    stem: Samples, score: Score, singer: Singer, line: int, voice_source: Speech | None
) -> None:
    vocal = score.vocal
    assert vocal is not None
    notes = [note for note in singer.notes if note.line == line]
    words = vocal.lines[line].words
    phones, spectra = _heard(words, vocal.language, speaker_of(vocal), voice_source)
    rng = np.random.default_rng([score.seed, line, singer.number])
    sung = sing_line(
        spectra,
        fit(phones, notes),
        seconds_per_beat=score.seconds_per_beat,
        # Whether there is a rest is not asked: a line must sound the same without the others.
        breath=singer.number == 0,
        cents=singer.cents,
        manner=manner_of(vocal, voice_source or source_for(vocal.language)),
        rng=rng,
    )
    first = sung.first + round(singer.late_seconds * RATE)
    length = max(0, min(sung.samples.size, stem.shape[1] - first))
    left, right = _panned(singer)
    stem[0, first : first + length] += left * sung.samples[:length]
    stem[1, first : first + length] += right * sung.samples[:length]


def _panned(singer: Singer) -> tuple[np.float32, np.float32]:
    gain = LEVEL * 10 ** (singer.gain_db / 20)
    angle = (singer.pan + 1) * np.pi / 4
    return np.float32(gain * np.cos(angle) * 2**0.5), np.float32(gain * np.sin(angle) * 2**0.5)


@lru_cache(maxsize=LINES_REMEMBERED)
def _heard(
    words: tuple[str, ...], language: str, voice: Sex, source: Speech | None
) -> tuple[tuple[Phone, ...], Spectra]:
    """Return the phones and the mouth of a spoken line; choruses come back often."""
    utterance = speak_line(words, language=language, voice=voice, source=source)
    throat = (source or source_for(language)).throat(voice)
    return utterance.phones, equalise(analyse(utterance), throat)
