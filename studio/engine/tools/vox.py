"""Vox: the voice alone, of a stretch of a song, for whoever wants it to sing again elsewhere."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydantic import Field

from studio.audio.files import write
from studio.audio.intake import load
from studio.audio.levels import SILENCE_DB, loudness, peak_db
from studio.audio.samples import RATE, Samples
from studio.audio.separating.separation import VOCALS, separate
from studio.audio.tool import Facts, Options
from studio.audio.work import Work
from studio.engine.dividing.families import CHOIR, SINGER, sources_of
from studio.engine.dividing.likeness import compare
from studio.engine.dividing.stems import Console, alone, put_together
from studio.engine.papers import score_of
from studio.engine.played import NOBODY, Plan, PlayedTool, Stems
from studio.errors import ToolUnfit

LONGEST_SECONDS = 30.0
QUIETEST_LUFS = -45.0
"""Whoever sings is louder: records are at -14, and their voices hardly below."""
FAINTEST_LU, DOUBTFUL_LU = -9.0, -6.0
"""By ear: what is further below the whole sound is surely, or perhaps, only the bleed of others.

With a singer it was at -4 to -5, without one at -7 to -13.
"""

_GRACE_SECONDS = 0.05
_AROUND_FRAMES = 3 * RATE
_LOOK_FRAMES = RATE // 10


class VoxOptions(Options):
    """Which stretch of the song; without either end, the 30 s with the most singing."""

    start_seconds: float | None = Field(None, ge=0)
    """Where it begins."""
    end_seconds: float | None = Field(None, gt=0)
    """Where it ends; at most 30 after the start."""


def prepare(sounds: Sequence[Path], options: VoxOptions, work: Work) -> Plan:
    """Find out whether the band knows this song, and sings in it."""
    work.at(0.0, "looking for the score")
    score = score_of(sounds[0])
    if score is None:
        return Plan(NOBODY)
    if score.vocal is None or not score.vocal.notes:
        raise ToolUnfit(f"Nobody sings in “{score.title}”: it is an instrumental.")
    window_of(options, score.whole_seconds)
    return Plan(score)


def write_vox(  # noqa: PLR0917 - as every tool that is played
    sounds: Sequence[Path], options: VoxOptions, plan: Plan, stems: Stems, out: Path, work: Work
) -> Facts:
    """Write the voice of the window to `out`."""
    sound = load(sounds[0], work=work.part(0.0, 0.1))
    window = window_of(options, sound.shape[1] / RATE)
    exact, note = plan.score != NOBODY, ""
    if exact:
        console = put_together(stems, plan.score, work=work.part(0.1, 0.5))
        likeness = compare(sound, console.record)
        exact = likeness.holds
    if exact:
        voice, window = _sung_by_the_band(console, window, work.part(0.5, 0.9))
        voice *= np.float32(likeness.gain)
    else:
        voice, window, note = _heard(sound, window, work.part(0.5, 0.9))
    work.at(0.9, "writing the voice")
    facts = _told(voice, window)
    write(out, voice, RATE, bits=24)
    return {**facts, "exact": exact, **({"note": note} if note else {})}


TOOL = PlayedTool(VoxOptions, prepare, write_vox, makes=".wav", seconds_per_second=0.06)

_ROUGH = "Taken out by rule of thumb: the band is heard behind the voice."
_DOUBT = f"{_ROUGH} It is so faint that perhaps nobody sings here."


def window_of(options: VoxOptions, length_seconds: float) -> slice | None:
    """Return the wished frames of a sound, `None` if nobody said which.

    Raises
    ------
    ToolUnfit
        If the window is empty, too long, or not within the sound.
    """
    if options.start_seconds is None and options.end_seconds is None:
        return None
    start, end = options.start_seconds, options.end_seconds
    if start is None:
        start = max(0.0, (end or 0.0) - LONGEST_SECONDS)
    if end is None:
        end = min(start + LONGEST_SECONDS, length_seconds)
    if max(start, end - _GRACE_SECONDS) > length_seconds or start == length_seconds:
        raise ToolUnfit(
            f"The song lasts {length_seconds:.1f} s, and the window goes from {start:g} s to "
            f"{end:g} s. Choose one within the song."
        )
    if end <= start:
        raise ToolUnfit(f"The window ends at {end:g} s, before its start at {start:g} s.")
    if end - start > LONGEST_SECONDS + _GRACE_SECONDS:
        raise ToolUnfit(
            f"The window is {end - start:.1f} s long. Choose one of at most {LONGEST_SECONDS:g} s."
        )
    return slice(round(start * RATE), round(end * RATE))


def _sung_by_the_band(console: Console, window: slice | None, work: Work) -> tuple[Samples, slice]:
    families = sources_of(console.score)
    voices = [name for name, family in families.items() if family in {SINGER, CHOIR}]
    voice = alone(console, voices, within=window, work=work)
    if window is None:
        window = _most_sung(voice)
        voice = voice[:, window]
    lufs = loudness(voice, RATE)
    if lufs < QUIETEST_LUFS:
        raise _silent(window, f"{lufs:.0f} LUFS")
    return voice, window


def _heard(sound: Samples, window: slice | None, work: Work) -> tuple[Samples, slice, str]:
    """Return the voice of a sound that the band did not make, its window, and how sure that is."""
    start = max(0, window.start - _AROUND_FRAMES) if window else 0
    end = window.stop + _AROUND_FRAMES if window else sound.shape[1]
    near = sound[:, start:end]
    voice = separate(near, wanted=(VOCALS,), work=work)[VOCALS]
    within = slice(window.start - start, window.stop - start) if window else _most_sung(voice)
    window = slice(start + within.start, start + within.stop)
    voice, lufs = voice[:, within], loudness(near[:, within], RATE)
    below = loudness(voice, RATE) - lufs
    if lufs <= SILENCE_DB or below < FAINTEST_LU:
        raise _silent(window, f"{below:.0f} LU against the whole")
    return voice, window, _DOUBT if below < DOUBTFUL_LU else _ROUGH


def _most_sung(voice: Samples) -> slice:
    """Return the frames of the 30 s in which the voice has most to say."""
    frames = voice.shape[1]
    length = min(frames, round(LONGEST_SECONDS * RATE))
    looks = voice[:, : frames // _LOOK_FRAMES * _LOOK_FRAMES].reshape(2, -1, _LOOK_FRAMES)
    # The root of power, so that many words count for more than one loud one.
    sums = np.concatenate([[0.0], np.cumsum(np.sqrt(np.square(looks).mean(axis=(0, 2))))])
    span = length // _LOOK_FRAMES
    start = int(np.argmax(sums[span:] - sums[: len(sums) - span])) * _LOOK_FRAMES
    return slice(start, min(start + length, frames))


def _silent(window: slice, level: str) -> ToolUnfit:
    return ToolUnfit(
        f"Nobody sings between {window.start / RATE:.1f} s and {window.stop / RATE:.1f} s: what "
        f"there is of a voice is at {level}. Choose another window."
    )


def _told(voice: Samples, window: slice) -> Facts:
    return {
        "start_seconds": round(window.start / RATE, 3),
        "end_seconds": round(window.stop / RATE, 3),
        "length_seconds": round(voice.shape[1] / RATE, 3),
        "lufs": round(loudness(voice, RATE), 1),
        "peak_db": round(peak_db(voice), 1),
    }
