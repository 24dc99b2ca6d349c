"""Line: one line of the lyrics, sung."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from studio.audio.samples import RATE
from studio.engine.score import SungNote
from studio.engine.singing.analysis import FRAMES_A_SECOND, Spectra
from studio.engine.singing.breath import INHALE_SECONDS, breathe
from studio.engine.singing.colour import SPEECH_HZ_A_BIN, colour
from studio.engine.singing.fitting import Syllable
from studio.engine.singing.intonation import draw_pitch
from studio.engine.singing.manner import Manner
from studio.engine.singing.speech import SPOKEN_RATE
from studio.engine.singing.timing import Phrase, place
from studio.engine.singing.vocoder import HOP, Mouth, render

LEAD_SECONDS = INHALE_SECONDS + 0.1
TAIL_SECONDS = 0.05

RELEASE_SECONDS = 0.035
"""How softly a phrase closes."""

SILENT_DB = -90.0
RING_FRAMES = 4.0
"""How softly the singer's formant comes and goes."""
EVENNESS = 0.85
"""How much of the difference in level between spoken syllables is taken away."""

HARMONICS = 24
"""How many of them count for loudness."""

EAR_HZ = 500.0
"""Below it, the ear hears ever less."""

LOUDEST_VOWEL_DB, LOUDEST_CONSONANT_DB = 4.0, 0.0
"""Beside the usual vowel."""

VELOCITY_DB = 8.0
"""Between the softest and the loudest note."""


@dataclass(frozen=True, slots=True, eq=False)
class SungLine:
    """The sound of a line, and its first sample in the song."""

    first: int
    samples: NDArray[np.float32]


def sing_line(
    spectra: Spectra,
    syllables: Sequence[Syllable],
    *,
    seconds_per_beat: float,
    manner: Manner,
    breath: bool,
    cents: float,
    rng: np.random.Generator,
) -> SungLine:
    """Sing the `syllables` of one line with the mouth of its speech.

    Parameters
    ----------
    spectra
        Of the spoken line.
    syllables
        In rising order of their notes, at least one.
    seconds_per_beat
        Length of a beat, above 0.
    manner
        What has to be done to the speaking voice, and how it sings.
    breath
        Whether to take an audible breath before the line.
    cents
        How far beside its notes the whole line is sung, as doubles are.
    rng
        Of this line alone, so that it sounds the same whatever else is sung.
    """
    phrases = place(syllables, seconds_per_beat=seconds_per_beat, hum=spectra.hum)
    first = max(0, int((phrases[0][0].start - LEAD_SECONDS) * RATE / HOP)) * HOP
    count = int((phrases[-1][-1].end + TAIL_SECONDS) * RATE - first) // HOP + 1
    times = (first + np.arange(count) * HOP) / RATE
    notes = [note for syllable in syllables for note in syllable.notes]
    pitch = draw_pitch(
        notes, times, seconds_per_beat=seconds_per_beat, vibrato=manner.vibrato, rng=rng
    )
    pitch *= 2.0 ** (cents / 1200.0)
    power_db, noise, vowel = _mouth(spectra, phrases, times)
    power_db += _even(power_db, vowel, pitch)[:, None]
    power_db += _opening(phrases, times, manner.attack_seconds)[:, None]
    power_db += _dynamics(notes, times, seconds_per_beat)[:, None]
    if breath:
        breathe(power_db, noise, before=phrases[0][0].start, times=times)
    ring = gaussian_filter1d(vowel, RING_FRAMES).astype(np.float32)
    mouth = Mouth(*colour(power_db, noise, ring, manner.throat), pitch)
    return SungLine(first, render(mouth, rng))


def _mouth(
    spectra: Spectra, phrases: Sequence[Phrase], times: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float64]]:
    """Return power, noise and whether it is a vowel, 0 or 1, at each of the `times`."""
    stretches = [stretch for phrase in phrases for stretch in phrase]
    sung = np.array([edge for s in stretches for edge in (s.start, s.end)])
    spoken = np.array([edge for s in stretches for edge in (s.source_start, s.source_end)])
    at = np.interp(times, sung, spoken) * FRAMES_A_SECOND
    before = np.clip(at.astype(int), 0, len(spectra.power_db) - 2)
    share = (at - before).astype(np.float32)[:, None]
    power = spectra.power_db[before] * (1 - share) + spectra.power_db[before + 1] * share
    noise = spectra.noise[before] * (1 - share) + spectra.noise[before + 1] * share
    vowel = np.zeros(times.size)
    for stretch in stretches:
        if stretch.is_vowel:
            vowel[(times >= stretch.start) & (times < stretch.end)] = 1.0
    return power, noise, vowel


def _even(
    power_db: NDArray[np.float32], vowel: NDArray[np.float64], pitch_hz: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Return what brings the vowels to about the same loudness, in dB."""
    level = _loudness(power_db, pitch_hz)
    sung = np.flatnonzero(vowel)
    held = np.interp(np.arange(level.size), sung, level[sung])
    gain = -EVENNESS * gaussian_filter1d(held, 10.0)
    loudest = np.where(vowel > 0, LOUDEST_VOWEL_DB, LOUDEST_CONSONANT_DB)
    return np.asarray(np.minimum(gain, loudest - level), np.float32)


def _loudness(power_db: NDArray[np.float32], pitch_hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how loud each frame is on its pitch, in dB: what the harmonics let us hear of it."""
    hz = pitch_hz[:, None] * np.arange(1, HARMONICS + 1)
    bins = np.minimum(np.rint(hz / SPEECH_HZ_A_BIN).astype(int), power_db.shape[1] - 1)
    power = 10 ** (np.take_along_axis(power_db, bins, axis=1) / 10)
    heard = power * hz**2 / (hz**2 + EAR_HZ**2)
    return np.asarray(10 * np.log10(heard.sum(axis=1) * pitch_hz / (SPOKEN_RATE / 2)))


def _opening(
    phrases: Sequence[Phrase], times: NDArray[np.float64], attack_seconds: float
) -> NDArray[np.float32]:
    """Return 0 dB where there is singing and silence elsewhere, with soft edges."""
    gain = np.zeros(times.size)
    for phrase in phrases:
        rise = np.clip((times - phrase[0].start) / attack_seconds, 0.0, 1.0)
        fall = np.clip((phrase[-1].end - times) / RELEASE_SECONDS, 0.0, 1.0)
        gain = np.maximum(gain, np.minimum(rise, fall))
    return np.asarray(np.maximum(20 * np.log10(gain + 1e-9), SILENT_DB), np.float32)


def _dynamics(
    notes: Sequence[SungNote], times: NDArray[np.float64], seconds_per_beat: float
) -> NDArray[np.float32]:
    """Return the loudness arc of the line in dB: its notes, and a swell over the whole."""
    starts = np.array([note.start for note in notes]) * seconds_per_beat
    loudness = np.array([note.velocity for note in notes]) / 127.0 * VELOCITY_DB - VELOCITY_DB
    along = (times - times[0]) / (times[-1] - times[0])
    arc = 2.0 * np.sin(np.pi * along) - 1.0
    return np.asarray(gaussian_filter1d(np.interp(times, starts, loudness), 10.0) + arc, np.float32)
