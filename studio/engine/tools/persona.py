"""Persona: keep the voice of a song, so that it can sing others."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from studio.audio.intake import load
from studio.audio.levels import SILENCE_DB, loudness
from studio.audio.samples import RATE, Samples
from studio.audio.separating.separation import VOCALS, separate
from studio.audio.shaping.eq import equalise, high_pass
from studio.audio.tool import Facts, Options, Tool
from studio.audio.work import Work
from studio.engine.papers import score_of
from studio.engine.persona import Persona, from_json, to_json
from studio.engine.score import Score, SungNote
from studio.engine.singing.portrait import LEAST_SECONDS, persona_of
from studio.engine.singing.singer import sing
from studio.errors import ToolUnfit

ENOUGH_SECONDS = 40.0
"""Of singing, to know a voice of the band by."""
FAINTEST_LU = -12.0
"""What is further below the whole sound is no voice, but what the others left there."""
_ABOVE_BASS_HZ = 250.0
_LOOK_FRAMES, _EDGE_FRAMES = RATE // 20, RATE // 100
_NOISE_OF_A_BAND = 0.08
"""What a band adds to the breath of a voice that was taken out of it; see bench/personas.py."""
_ROUGH = "Measured from a voice that was taken out by rule of thumb: the band colours it."


class PersonaOptions(Options):
    """Whose voice to keep, and from which window."""

    name: str = Field("", max_length=200)
    """What the persona is called."""
    start_seconds: float | None = Field(None, ge=0)
    """Where to begin listening; else at the beginning."""
    end_seconds: float | None = Field(None, gt=0)
    """Where to stop listening; else at the end."""
    alone: bool = False
    """Say that the sound is a voice without a band."""


def keep_voice(sounds: Sequence[Path], options: PersonaOptions, out: Path, work: Work) -> Facts:
    """Write the persona of a sound to `out`, as JSON."""
    work.at(0.0, "looking for the score")
    score = score_of(sounds[0])
    if score is None:
        persona, note = _heard(sounds[0], options, work)
    else:
        persona, note = _known(score, options, work), ""
    persona = replace(persona, name=options.name or persona.name or sounds[0].stem[:200])
    written = to_json(persona)
    try:
        from_json(written)
    except ValueError as error:
        raise ToolUnfit(
            f"What sounds in “{sounds[0].stem}” is too unlike a voice to be kept as one. Choose a "
            "window in which somebody sings."
        ) from error
    out.write_text(written, encoding="utf-8")
    exact = score is not None
    return {**asdict(persona), "exact": exact, **({"note": note} if note else {})}


TOOL = Tool(PersonaOptions, keep_voice, makes=".json", seconds_per_second=0.05)


def _known(score: Score, options: PersonaOptions, work: Work) -> Persona:
    """Return the persona of a song of the band, which sings some of it again, alone."""
    if score.vocal is None or not score.vocal.notes:
        raise ToolUnfit(f"Nobody sings in “{score.title}”: it is an instrumental.")
    if score.vocal.persona is not None:
        return score.vocal.persona
    start, end = _window(options, score.whole_seconds)
    notes = _sung_between(score, start, end)
    seconds = sum(note.beats for note in notes) * score.seconds_per_beat
    if seconds < LEAST_SECONDS:
        raise _too_little(seconds)
    part = replace(score, vocal=replace(score.vocal, notes=notes, harmony=()))

    def told(share: float) -> None:
        work.at(0.1 + 0.6 * share, "singing some lines")

    persona = persona_of(sing(part, progress=told)["vocals"], work=work.part(0.7, 1.0))
    low, median, high = np.percentile(_pitches(score.vocal.notes), (5, 50, 95))
    return replace(
        persona,
        name=f"The voice of “{score.title}”"[:200],
        voice=score.vocal.voice,
        low=float(low),
        median=float(median),
        high=float(high),
    )


def _sung_between(score: Score, start: float, end: float) -> tuple[SungNote, ...]:
    """Return the notes that begin in a window, as many as are needed."""
    assert score.vocal is not None
    spb = score.seconds_per_beat
    inside = [note for note in score.vocal.notes if start <= note.start * spb < end]
    sums = accumulate(note.beats * spb for note in inside)
    return tuple(note for note, sung in zip(inside, sums, strict=True) if sung <= ENOUGH_SECONDS)


def _pitches(notes: Sequence[SungNote]) -> list[int]:
    """Return the pitches, each as often as it lasts in quarters of a beat."""
    return [note.pitch for note in notes for _ in range(max(1, round(note.beats * 4)))]


def _heard(path: Path, options: PersonaOptions, work: Work) -> tuple[Persona, str]:
    """Return the persona of any other sound, and what has to be said of it."""
    sound = load(path, work=work.part(0.0, 0.1))
    start, end = _window(options, sound.shape[1] / RATE)
    near = sound[:, round(start * RATE) : round(end * RATE)]
    if options.alone:
        return persona_of(near, work=work.part(0.1, 1.0)), ""
    voice = _taken_out(near, work.part(0.1, 0.7))
    persona = persona_of(voice, work=work.part(0.7, 1.0))
    # What is lower than a voice is high is most likely the bass, which shines through.
    low = max(persona.low, 2 * persona.median - persona.high)
    breath = max(persona.breath - _NOISE_OF_A_BAND, _NOISE_OF_A_BAND / 2)
    return replace(persona, low=round(low, 2), breath=round(breath, 4)), _ROUGH


def _taken_out(sound: Samples, work: Work) -> Samples:
    """Return the voice of a record where it stands before the band, and silence elsewhere."""
    voice = separate(sound, wanted=(VOCALS,), work=work)[VOCALS]
    whole = loudness(sound, RATE)
    if whole <= SILENCE_DB or loudness(voice, RATE) - whole < FAINTEST_LU:
        raise _too_little(0.0)
    own, others = _power(voice), _power(sound - voice)
    gate = np.repeat((own > others).astype(np.float32), _LOOK_FRAMES)
    soft = np.convolve(gate, np.full(_EDGE_FRAMES, 1 / _EDGE_FRAMES, np.float32), "same")
    return voice[:, : soft.size] * soft


def _power(sound: Samples) -> NDArray[np.float32]:
    """Return the power above the bass in each look."""
    mono = equalise(sound, high_pass(_ABOVE_BASS_HZ)).mean(axis=0)
    looks = mono[: mono.size // _LOOK_FRAMES * _LOOK_FRAMES].reshape(-1, _LOOK_FRAMES)
    return np.asarray(np.square(looks).mean(axis=1), np.float32)


def _too_little(seconds: float) -> ToolUnfit:
    return ToolUnfit(
        f"Only {seconds:.1f} s of singing were found, and a voice is known from "
        f"{LEAST_SECONDS:.0f} s. Choose a longer window, in which somebody sings."
    )


def _window(options: PersonaOptions, length_seconds: float) -> tuple[float, float]:
    start = options.start_seconds or 0.0
    end = (
        length_seconds if options.end_seconds is None else min(options.end_seconds, length_seconds)
    )
    if end <= start:
        raise ToolUnfit(
            f"The window goes from {start:g} s to {end:g} s of a sound of {length_seconds:.1f} s: "
            "nothing is left. Choose one within the sound."
        )
    return start, end
