"""Sounds as somebody might bring them: short, but neither silent nor empty."""

from functools import cache

import numpy as np

from studio.audio.files import write_mp3, write_wav


@cache
def tone(seconds=1.5, rate=44_100, channels=2, hertz=440.0):
    """Return a tone that swells and fades, `float32 (channels, frames)`."""
    times = np.arange(round(seconds * rate)) / rate
    wave = 0.3 * np.sin(2 * np.pi * hertz * times) * np.sin(np.pi * times / seconds)
    return np.tile(wave.astype(np.float32), (channels, 1))


def tone_file(folder, ending="wav", *, rate=44_100, **how):
    """Write a tone, and return its path."""
    path = folder / f"tone.{ending}"
    form = {"wav": write_wav, "mp3": write_mp3}[ending]
    form(path, tone(rate=rate, **how), rate)
    return path
