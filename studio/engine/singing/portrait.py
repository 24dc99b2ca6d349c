"""Portrait: a persona, measured from somebody's singing.

Everything is a median or an average over all voiced moments, so that words and tune matter little.
How large the head is, is told in relation to a reading voice that is always at hand.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.audio.samples import Samples
from studio.audio.work import UNWATCHED, Work
from studio.engine.persona import BAND_HZ, Persona
from studio.engine.singing.espeak import Espeak
from studio.engine.singing.habits import attack_of, vibrato_of
from studio.engine.singing.manner import Manner
from studio.engine.singing.mouthsize import formants_of, learn_vowels
from studio.engine.singing.rehearsal import rehearse
from studio.engine.singing.speech import Sex
from studio.engine.singing.voiced import BODY_HZ, HZ, Voiced, between, find_voice
from studio.errors import ToolUnfit

LEAST_SECONDS = 3.0
"""Of singing, to tell a voice by."""

WOMANS_FORMANTS, FORMANTS_REACH = 0.94, 0.07
WOMANS_PITCH, PITCH_REACH = 56.5, 6.0
"""Where a voice may be a woman's or a man's, and how much farther each is telling."""

BREATH_HZ = (1000.0, 6000.0)
"""Where breath is heard."""
LOWEST_BAND_HZ = 100.0
MIDDLE_HZ = (300.0, 5000.0)
"""Bands between these are 0 dB on average."""


def persona_of(samples: Samples, *, name: str = "", work: Work = UNWATCHED) -> Persona:
    """Measure the persona of a voice that stands alone.

    Parameters
    ----------
    samples
        `float32 (channels, frames)` at `RATE`, a vocal stem or a window of one.
    name
        As the persona shall be called.

    Raises
    ------
    ToolUnfit
        If there are less than `LEAST_SECONDS` of singing.
    """
    voiced = find_voice(samples, work=work)
    if voiced.seconds < LEAST_SECONDS:
        raise ToolUnfit(
            f"Only {voiced.seconds:.1f} s of singing were found, and a voice is known from "
            f"{LEAST_SECONDS:.0f} s. Choose a longer window, in which somebody sings."
        )
    return drawn(voiced, name)


def drawn(voiced: Voiced, name: str = "") -> Persona:
    """Return the persona of a voice that was found."""
    formants = round(formants_of(voiced.power_db, _reading_voice()), 4)
    sung = 69.0 + 12.0 * np.log2(voiced.pitch_hz[voiced.pitch_hz > 0] / 440.0)
    low, median, high = (float(place) for place in np.percentile(sung, (5, 50, 95)))
    return Persona(
        name=name,
        voice=_sex(formants, median),
        formants=formants,
        balance_db=_balance(voiced.power_db),
        breath=round(float(voiced.noise[:, between(HZ, *BREATH_HZ)].mean()), 4),
        vibrato=vibrato_of(voiced),
        attack_seconds=attack_of(voiced),
        low=round(low),
        median=round(median, 2),
        high=round(high),
        voiced_seconds=round(voiced.seconds, 2),
    )


def _sex(formants: float, median: float) -> Sex:
    leaning = (formants - WOMANS_FORMANTS) / FORMANTS_REACH
    leaning += (median - WOMANS_PITCH) / PITCH_REACH
    return "female" if leaning > 0 else "male"


def _balance(power_db: NDArray[np.float32]) -> tuple[float, ...]:
    """Return the average envelope in the bands of a persona."""
    level = power_db[:, between(HZ, *BODY_HZ)].mean(axis=1, keepdims=True)
    average = (power_db - level).mean(axis=0)
    edges = np.sqrt(np.array(BAND_HZ[:-1]) * np.array(BAND_HZ[1:]))
    band = np.where(LOWEST_BAND_HZ < HZ, np.searchsorted(edges, HZ), -1)
    balance = np.array([average[band == index].mean() for index in range(len(BAND_HZ))])
    inside = between(np.array(BAND_HZ), *MIDDLE_HZ)
    return tuple(round(float(db), 2) for db in balance - balance[inside].mean())


@lru_cache(maxsize=1)
def _reading_voice() -> NDArray[np.float64]:
    """Return the vowels of the voice that all are compared with."""
    source = Espeak()
    singing = rehearse(source, "female", Manner(source.throat("female")))
    return learn_vowels(find_voice(singing).power_db)
