"""Normalise: a sound as loud, or with as high a peak, as it should be."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import Field

from studio.audio.files import write
from studio.audio.formats.decoders import decoding
from studio.audio.formats.encoders import form_of
from studio.audio.formats.passing import Bits, bits_of
from studio.audio.intake import load
from studio.audio.levels import loudness, true_peak_db
from studio.audio.samples import RATE, Samples
from studio.audio.shaping.loudening import louden
from studio.audio.tool import Facts, Options, Tool
from studio.audio.work import Work

_LOSSY_ROOM_DB = 1.5
_NEAR_LU = 0.5


class NormaliseOptions(Options):
    """How loud it becomes."""

    lufs: float = Field(-14.0, ge=-50, le=-6)
    """Loudness of the whole (BS.1770); -14 is what streaming services play at."""
    peak_db: float | None = Field(None, ge=-40, le=0)
    """Instead of a loudness: the highest true peak, in dBTP. Then nothing is limited."""
    ceiling_db: float = Field(-1.0, ge=-12, le=0)
    """What true peaks are held under, in dBTP."""
    bits: Bits | None = None
    """Of each sample in WAV and FLAC; as many as the sound has, if you say nothing."""


def normalise_file(
    sounds: Sequence[Path], options: NormaliseOptions, out: Path, work: Work
) -> Facts:
    """Write a sound at its new level, as two channels at `RATE`."""
    with decoding(sounds[0]) as stream:
        bits = options.bits or bits_of(stream)
    samples = load(sounds[0], work=work.part(0.0, 0.2, "reading"))
    came_lufs = loudness(samples, RATE)
    if options.peak_db is None:
        told = _loudened(samples, options, _ceiling_db(options, out), work.part(0.2, 0.8))
    else:
        gain_db = options.peak_db - true_peak_db(samples, RATE)
        samples *= np.float32(10 ** (gain_db / 20))
        told = {"gain_db": round(gain_db, 2), "limited_db": 0.0}
    write(out, samples, RATE, bits=bits, work=work.part(0.8, 1.0, "writing the file"))
    return {
        "length_seconds": round(samples.shape[1] / RATE, 4),
        "came_lufs": round(came_lufs, 2),
        "lufs": round(loudness(samples, RATE), 2),
        "true_peak_db": round(true_peak_db(samples, RATE), 2),
        **told,
    }


TOOL = Tool(NormaliseOptions, normalise_file, seconds_per_second=0.06)


def _loudened(
    samples: Samples, options: NormaliseOptions, ceiling_db: float, work: Work
) -> dict[str, Any]:
    done = louden(samples, options.lufs, ceiling_db=ceiling_db, work=work)
    told = {"gain_db": round(done.gain_db, 2), "limited_db": round(done.limited_db, 2)}
    if done.lufs < options.lufs - _NEAR_LU:
        return told | {
            "note": f"It became {done.lufs:.1f} LUFS loud: more would have flattened its peaks."
        }
    return told


def _ceiling_db(options: NormaliseOptions, out: Path) -> float:
    """Leave room for what MP3, OGG and M4A add to the peaks of a loud sound.

    At 192 kbit/s that is up to 0.8 dB for music, and 1.4 for noise.
    """
    return options.ceiling_db - (0.0 if form_of(out).lossless else _LOSSY_ROOM_DB)
