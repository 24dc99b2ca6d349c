"""Add band: a band plays along with a voice that came alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import Field

from studio.audio.hearing import HeardNote
from studio.audio.intake import load
from studio.audio.shaping.stretching import shift
from studio.audio.tool import Facts, Options
from studio.audio.transcribing.one_voice import tuning_of
from studio.audio.transcribing.pitch import track_pitch
from studio.audio.transcribing.transcription import transcribe
from studio.audio.work import Work
from studio.engine.balance import INSTRUMENTAL_LEAD_DB, LEAD
from studio.engine.brief import Brief
from studio.engine.covering.accompanying import Accompaniment, ground_under
from studio.engine.covering.aligning import Track, aligned, track_of
from studio.engine.covering.borrowed import borrowed_song
from studio.engine.covering.covering import cover, style_for
from studio.engine.covering.makingway import Span, made_way
from studio.engine.covering.order import Order
from studio.engine.covering.weighing import clear_voice, laid_over
from studio.engine.finishing import finished
from studio.engine.mixing import summed
from studio.engine.papers import score_of
from studio.engine.played import Plan, PlayedTool, Stems
from studio.engine.score import Part, Room, Score
from studio.engine.singing import count_syllables
from studio.engine.writing.ending import rung_out
from studio.engine.writing.given import band_over
from studio.engine.writing.reading import Wish, read_brief
from studio.engine.writing.style import load_style
from studio.engine.writing.theory import key_name
from studio.errors import ToolUnfit

IN_TUNE_SEMITONES = 0.04
UNSURE = 0.4
"""Confidence of the beat under which it is said so."""


class AddBandOptions(Options):
    """What the band is to be like."""

    style: str = ""
    """Genre, mood and instruments of the band, in free text; empty is a surprise."""
    key: str | None = None
    """For example `D minor`, if it is known; otherwise it is heard."""
    seed: int = Field(default=1, ge=0)
    """Another number, another band."""


@dataclass(frozen=True, slots=True)
class Carry:
    """What has to be known to put voice and band together."""

    facts: dict[str, Any]
    track: Track | None = None
    """Where the beats of the voice fall; `None` if the band's own singer sings again."""
    tuning_semitones: float = 0.0
    spans: tuple[Span, ...] = ()
    """When the voice sings, in seconds."""


def write_band(sounds: Sequence[Path], options: AddBandOptions, work: Work) -> Plan:
    """Write for a band that plays along."""
    wish = read_brief(Brief(style=options.style, key=options.key))
    if options.key is not None and wish.key is None:
        raise ToolUnfit(f"“{options.key}” is no key. Give one such as C minor or F# major.")
    known = score_of(sounds[0])
    if known is not None:
        return _for_singer(known, wish, options.seed)
    voice = load(sounds[0])
    notes = transcribe(voice, "melody", work=work.part(0.0, 0.6))
    pitch = track_pitch(voice.mean(axis=0, dtype=np.float32), work=work.part(0.6, 0.9))
    style = style_for("", wish, options.seed)
    found = ground_under(notes, key=wish.key, usual_bpm=load_style(style).tempo)
    score = _written(found, notes, style, wish, options, title=sounds[0].stem)
    tuning = tuning_of(pitch)
    facts = {
        "exact": False,
        **_facts(score),
        "beat_confidence": round(found.beat_confidence, 3),
        "key_confidence": round(found.key_confidence, 3),
        "keeps_one_tempo": found.is_even,
        "tuning_cents": round(100 * tuning, 1),
        "notes": _notes(found),
    }
    spans = tuple((n.start_seconds, n.start_seconds + n.seconds) for n in notes)
    return Plan(score, Carry(facts, track_of(found.ground), tuning, spans))


def join_band(
    sounds: Sequence[Path], _: AddBandOptions, plan: Plan, stems: Stems, out: Path, work: Work
) -> Facts:
    """Mix voice and band, and master them."""
    carry: Carry = plan.carry
    work.at(0.0, "mixing")
    mixed = summed(stems.items(), plan.score, work=work.part(0.0, 0.1))
    if carry.track is not None:
        if abs(carry.tuning_semitones) > IN_TUNE_SEMITONES:
            mixed = shift(mixed, carry.tuning_semitones, work=work.part(0.1, 0.3))
        mixed = aligned(mixed, carry.track, work=work.part(0.3, 0.6))
        mixed = laid_over(made_way(mixed, carry.spans), clear_voice(load(sounds[0])))
    score = plan.score if carry.track is None else None
    return {**carry.facts, **finished(mixed, out, score=score, work=work.part(0.7, 1.0))}


TOOL = PlayedTool(AddBandOptions, write_band, join_band, seconds_per_second=0.1)


def _for_singer(song: Score, wish: Wish, seed: int) -> Plan:
    """Let another band play with the singer of a song of the band."""
    if song.vocal is None:
        raise ToolUnfit(
            f"Nobody sings in “{song.title}”, so that there is nothing to play along with. Choose "
            "a song with a voice, or cover this one."
        )
    made = cover(song, Order(wish, keep_time=True), seed, syllables=count_syllables)
    return Plan(made.score, Carry({"exact": True, **_facts(made.score), "notes": []}))


def _written(
    found: Accompaniment,
    notes: Sequence[HeardNote],
    style: str,
    wish: Wish,
    options: AddBandOptions,
    *,
    title: str,
) -> Score:
    """Write what the band plays; the voice itself is in no score."""
    song = borrowed_song(found.ground, notes, title=title, style=style)
    parts = band_over(
        found.ground,
        style,
        options.seed,
        wanted=wish.wanted,
        unwanted=wish.unwanted,
        vocal=song.vocal,
    )
    room = Room(**load_style(style).room.model_dump())
    tags = ", ".join([load_style(style).words[0], song.tags, *wish.wanted])
    return rung_out(
        replace(
            song,
            tags=tags,
            parts=tuple(_behind(part) for part in parts if part.notes),
            vocal=None,
            seed=options.seed,
            room=room,
        )
    )


def _behind(part: Part) -> Part:
    """Let a lead step behind the voice, of which the score knows nothing."""
    if part.name != LEAD:
        return part
    return replace(part, gain_db=part.gain_db - INSTRUMENTAL_LEAD_DB)


def _facts(score: Score) -> dict[str, Any]:
    return {
        "title": score.title,
        "style": score.tags,
        "tempo_bpm": round(score.tempo_bpm, 3),
        "beats_per_bar": score.beats_per_bar,
        "key": key_name(score.key),
        "players": [part.name for part in score.parts],
    }


def _notes(found: Accompaniment) -> list[str]:
    notes = ["Beat, bars and key were heard in the voice, and the chords chosen to fit it."]
    if not found.ground.has_pulse:
        notes.append("The voice keeps no pulse, so that the band plays a steady tempo of its own.")
    elif found.beat_confidence < UNSURE:
        notes.append("The pulse of the voice is weak: the band may be beside it.")
    return notes
