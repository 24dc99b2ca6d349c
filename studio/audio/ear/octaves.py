"""Octaves of the tempo: the same beats counted half as fast, or twice as fast.

Which of them is right is in many songs a matter of taste, so that a person may say.
"""

from dataclasses import replace

import numpy as np

from studio.audio.hearing import Heard


def at_half(heard: Heard) -> Heard:
    """Count every other beat, those that begin bars among them where that is possible."""
    first = heard.downbeats[0] % 2 if heard.downbeats else 0
    beats = heard.beats[first::2]
    # Two bars become one, so that as many beats as before are in each.
    bars = {(at - first) // 2 for at in heard.downbeats[::2] if (at - first) % 2 == 0}
    return _counted(heard, beats, tuple(sorted(at for at in bars if at < len(beats))), 0.5)


def doubled(heard: Heard) -> Heard:
    """Count a beat between every two, and two bars in each."""
    count = len(heard.beats)
    if not count:
        return heard
    between = np.interp(np.arange(max(0, 2 * count - 1)) / 2, np.arange(count), heard.beats)
    starts = {2 * at for at in heard.downbeats}
    starts |= {at + heard.beats_per_bar for at in starts}
    bars = tuple(sorted(at for at in starts if at < len(between)))
    return _counted(heard, tuple(float(beat) for beat in between), bars, 2.0)


def _counted(
    heard: Heard, beats: tuple[float, ...], downbeats: tuple[int, ...], factor: float
) -> Heard:
    if len(beats) < 2:  # noqa: PLR2004 - no tempo
        return heard
    return replace(
        heard,
        beats=beats,
        downbeats=downbeats,
        tempo_bpm=heard.tempo_bpm * factor,
        slowest_bpm=heard.slowest_bpm * factor,
        fastest_bpm=heard.fastest_bpm * factor,
    )
