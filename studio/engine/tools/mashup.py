"""Mashup: the voice of one song over the music of another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from studio.audio.ear.listening import hear
from studio.audio.intake import load
from studio.audio.samples import Samples
from studio.audio.separating.separation import separate
from studio.audio.shaping.stretching import shift, stretch, warp
from studio.audio.tool import Facts, Options
from studio.audio.work import Work
from studio.engine.balance import INSTRUMENTAL_LEAD_DB, LEAD, VOCALS
from studio.engine.continuing.ground import Ground, ground_heard, ground_of
from studio.engine.covering.aligning import aligned, even_ground, track_of
from studio.engine.covering.borrowed import borrowed_song
from studio.engine.covering.makingway import Span, made_way
from studio.engine.covering.mashing import Fit, fitted, lines_of, vocal_over
from studio.engine.covering.retold import tags_now
from studio.engine.covering.topline import lyrics_of, spans_of, without_clashes
from studio.engine.covering.weighing import BED_LUFS, clear_voice, gain_of, laid_over, level_gain_db
from studio.engine.finishing import counted, finished
from studio.engine.mixing import summed
from studio.engine.papers import score_of
from studio.engine.played import NOBODY, Plan, PlayedTool, Stems
from studio.engine.score import Part, Room, Score
from studio.engine.writing.swing import swing_of
from studio.engine.writing.theory import key_name
from studio.errors import ToolUnfit

_NOTHING: Samples = np.zeros((2, 1), np.float32)
IN_TUNE_SEMITONES = 0.04
_AS_LONG = 0.002
"""Up to here a stretch is not worth what it does to the sound."""


class MashupOptions(Options):
    """Nothing to choose: the first sound gives the voice, the second the music."""


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of one of the two songs."""

    title: str
    ground: Ground
    score: Score | None
    """`None` if it was heard."""
    is_even: bool
    confidence: float
    tuning_cents: float = 0.0


@dataclass(frozen=True, slots=True)
class Carry:
    """What has to be known to put voice and music together."""

    fit: Fit
    voice: Side
    music: Side
    """At the tempo of the result."""
    spans: tuple[Span, ...]
    """When the voice sings, in seconds of the music, if it is known."""
    facts: dict[str, Any]


def write_mashup(sounds: Sequence[Path], _: MashupOptions, work: Work) -> Plan:
    """Fit the voice of the first song to the music of the second."""
    voice = _side(sounds[0], work.part(0.0, 0.5))
    music = _side(sounds[1], work.part(0.5, 1.0))
    if voice.score is not None and voice.score.vocal is None:
        raise ToolUnfit(
            f"Nobody sings in “{voice.title}”. The first sound gives the voice: choose another, "
            "or change the order."
        )
    sung = voice.score and voice.score.vocal
    fit = fitted(voice.ground, music.ground, sung=tuple(lines_of(sung).values()) if sung else ())
    music = _at_tempo(music, fit)
    score, lost = _written(voice, music, fit)
    spans = spans_of(score.vocal, music.ground) if score.vocal else ()
    facts = _facts(voice, music, fit, lost)
    return Plan(score, Carry(fit, voice, music, spans, facts))


def join_mashup(
    sounds: Sequence[Path], _: MashupOptions, plan: Plan, stems: Stems, out: Path, work: Work
) -> Facts:
    """Mix voice and music, and master them."""
    carry: Carry = plan.carry
    work.at(0.0, "mixing")
    played = summed(stems.items(), plan.score, work=work.part(0.0, 0.1)) if stems else _NOTHING
    if not carry.facts["exact"]:
        played = laid_over(
            _music(sounds[1], carry, played, work.part(0.0, 0.4)),
            _voice(sounds[0], carry, played, work.part(0.4, 0.8)),
        )
    score = plan.score if carry.facts["exact"] else None
    return {**carry.facts, **finished(played, out, score=score, work=work.part(0.8, 1.0))}


TOOL = PlayedTool(MashupOptions, write_mashup, join_mashup, sounds=(2, 2), seconds_per_second=0.2)


def _side(path: Path, work: Work) -> Side:
    """Find out what is known of a song."""
    score = score_of(path)
    if score is not None:
        return Side(score.title, ground_of(score), score, is_even=True, confidence=1.0)
    heard = hear(load(path), work=work)
    ground, is_even = even_ground(ground_heard(heard))
    sure = min(heard.beat_confidence, heard.key_confidence)
    return Side(path.stem, ground, None, is_even, sure, heard.tuning_cents)


def _at_tempo(music: Side, fit: Fit) -> Side:
    """Return the music at the tempo of the result."""
    ground = replace(
        music.ground,
        tempo_bpm=fit.tempo_bpm,
        beat_seconds=tuple(time * fit.stretch_music for time in music.ground.beat_seconds),
    )
    score = music.score and replace(music.score, tempo_bpm=fit.tempo_bpm)
    return replace(music, ground=ground, score=score)


def _written(voice: Side, music: Side, fit: Fit) -> tuple[Score, int]:
    """Return what has to be played and sung anew, and how many lines found no place."""
    if voice.score is None or voice.score.vocal is None:
        alone = music.score and replace(music.score, vocal=None, parts=_behind(music.score))
        return alone or NOBODY, 0
    vocal, lost = vocal_over(voice.score.vocal, fit, music.ground, swing_of(voice.score))
    title = f"{voice.title} / {music.title}"
    if music.score is None:
        song = borrowed_song(music.ground, (), title=title, style=voice.score.style)
        room = Room(reverb_seconds=voice.score.room.reverb_seconds)
        return replace(song, vocal=vocal, room=room, seed=voice.score.seed), lost
    parts = tuple(
        without_clashes(part, vocal) if part.name == LEAD else part for part in music.score.parts
    )
    song = replace(
        music.score,
        title=title,
        parts=tuple(part for part in parts if part.notes),
        vocal=vocal,
        lyrics=lyrics_of(music.score, vocal),
    )
    return replace(song, tags=tags_now(song)), lost


def _behind(song: Score) -> tuple[Part, ...]:
    """Let the lead step behind a voice that the score does not know."""
    return tuple(
        replace(part, gain_db=part.gain_db - INSTRUMENTAL_LEAD_DB) if part.name == LEAD else part
        for part in song.parts
    )


def _music(path: Path, carry: Carry, mixed: Samples, work: Work) -> Samples:
    """Return the music without its voice, at the tempo of the result."""
    if carry.music.score is not None:
        return mixed
    music = load(path)
    music -= separate(music, wanted=(VOCALS,), work=work.part(0.0, 0.7))[VOCALS]
    factor = carry.fit.stretch_music
    if abs(factor - 1.0) > _AS_LONG:
        music = stretch(music, factor, work=work.part(0.7, 1.0))
    music *= gain_of(level_gain_db(music, BED_LUFS))
    return made_way(music, carry.spans)


def _voice(path: Path, carry: Carry, mixed: Samples, work: Work) -> Samples:
    """Return the voice where and as high as it fits the music."""
    apart = (carry.music.tuning_cents - carry.voice.tuning_cents) / 100
    if carry.voice.score is not None:
        if abs(apart) > IN_TUNE_SEMITONES:
            mixed = shift(mixed, apart, work=work.part(0.0, 0.4))
        return aligned(mixed, track_of(carry.music.ground), work=work.part(0.4, 1.0))
    voice = separate(load(path), wanted=(VOCALS,), work=work.part(0.0, 0.6))[VOCALS]
    semitones = carry.fit.semitones + apart
    voice = warp(voice, *points(carry), semitones=semitones, work=work.part(0.6, 1.0))
    return clear_voice(voice)


def points(carry: Carry) -> tuple[list[float], list[float]]:
    """Return when the beats of the voice fall, and when they shall; of even time, its ends."""
    voice, music = carry.voice.ground, carry.music.ground
    even = carry.voice.is_even and carry.music.is_even
    beats = [0.0, voice.beats] if even else [float(beat) for beat in range(int(voice.beats) + 1)]
    goals = [music.seconds_at(beat * carry.fit.count + carry.fit.offset) for beat in beats]
    return [voice.seconds_at(beat) for beat in beats], goals


def _facts(voice: Side, music: Side, fit: Fit, lost: int) -> dict[str, Any]:
    exact = voice.score is not None and music.score is not None
    return {
        "exact": exact,
        "voice_of": voice.title,
        "music_of": music.title,
        "tempo_bpm": round(fit.tempo_bpm, 3),
        "stretch": round(fit.stretch, 4),
        "stretch_music": round(fit.stretch_music, 4),
        "counted": {1.0: "as it was", 2.0: "twice as fast", 0.5: "half as fast"}[fit.count],
        "shift_semitones": fit.semitones,
        "key": key_name(music.ground.key),
        "key_of_voice": key_name(voice.ground.key),
        "differing_tones": fit.other_tones,
        "tuning_cents": round(music.tuning_cents, 1),
        "first_bar": round(fit.offset / music.ground.beats_per_bar) + 1,
        "confidence": round(min(voice.confidence, music.confidence), 3),
        "notes": _notes(voice, music, fit, lost),
    }


def _notes(voice: Side, music: Side, fit: Fit, lost: int) -> list[str]:
    notes = []
    if voice.score is None or music.score is None:
        notes.append("Beats, keys and voices that were heard, not known, are approximate.")
    if lost:
        notes.append(f"{counted(lost, 'line')} of the voice found no place in the music.")
    if fit.stretch_music != 1.0:
        notes.append("The tempi are far apart, so that both songs gave way.")
    if fit.other_tones:
        notes.append(f"The keys differ by {counted(fit.other_tones, 'tone')} even so.")
    if voice.ground.beats_per_bar != music.ground.beats_per_bar:
        notes.append("The bars have different numbers of beats: only the beats fall together.")
    return notes
