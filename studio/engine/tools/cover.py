"""Cover: the same song in another style, with as much of the original as is wished."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from studio.audio.intake import load
from studio.audio.tool import Facts, Options
from studio.audio.work import Work
from studio.engine.balance import BACKING, LEAD, VOCALS
from studio.engine.brief import Brief
from studio.engine.covering.aligning import Track, aligned, track_of
from studio.engine.covering.covering import Cover, cover, resung
from studio.engine.covering.order import Order
from studio.engine.covering.original import over_original
from studio.engine.covering.overhearing import Overheard, overhear
from studio.engine.covering.weighing import (
    KEPT,
    Blend,
    blend,
    blend_of_the_band,
    weighted,
)
from studio.engine.finishing import counted, finished
from studio.engine.mixing import summed
from studio.engine.papers import score_of
from studio.engine.persona import read_persona
from studio.engine.played import Plan, PlayedTool, Stems
from studio.engine.score import Score
from studio.engine.singing import count_syllables
from studio.engine.writing.language import language_of
from studio.engine.writing.lyrics import parse_lyrics
from studio.engine.writing.reading import Voice, read_brief
from studio.engine.writing.theory import key_name
from studio.errors import ToolUnfit

USUAL_WEIGHT = 0.25


class CoverOptions(Options):
    """What the cover is to be like."""

    style: str = ""
    """Genre, mood and instruments of the new band, in free text; empty is a surprise."""
    audio_weight: float | None = Field(default=None, ge=0, le=1)
    """How much of the original is heard: 0 none, 1 almost only it. Usually 0.25."""
    keep: Literal["music", "voice"] | None = None
    """What stays as it was: the music, so that only singer and words change; or the voice, so
    that only the band does. Goes before the audio weight."""
    voice: Literal["female", "male", "none"] | None = None
    """Who sings; none lets an instrument play the tune."""
    persona: Path | None = None
    """A file that holds a persona, who sings; it goes before the voice."""
    lyrics: str = ""
    """New words for the tune, with [Section] marks; empty keeps the old ones."""
    key: str | None = None
    """For example `D minor`; only where nothing of the original is heard."""
    tempo_bpm: float | None = Field(default=None, ge=45, le=200)
    """Quarter notes a minute; only where nothing of the original is heard."""
    seed: int | None = Field(default=None, ge=0)
    """Another number, another cover."""


@dataclass(frozen=True, slots=True)
class Carry:
    """What has to be known to put the cover together."""

    blend: Blend
    track: Track | None
    """Where the beats of the original fall, if it keeps its own time."""
    facts: dict[str, Any]
    keeps_score: bool


def write_cover(sounds: Sequence[Path], options: CoverOptions, work: Work) -> Plan:
    """Write the song down, or hear it, and arrange it for the other band."""
    weight = _weight(options)
    work.at(0.0, "looking for the score")
    known = score_of(sounds[0])
    if known is not None:
        made = _cover(known, options, weight)
        # What is kept of a song of the band is played or sung again, to the note.
        mixed = blend_of_the_band(0.0 if options.keep else weight)
        facts = {"exact": True, **_facts(known, made, options, weight)}
        return Plan(made.score, Carry(mixed, None, facts, keeps_score=True))
    heard = overhear(load(sounds[0]), title=sounds[0].stem, work=work)
    made = _cover(heard.song, options, weight)
    mixed = (
        KEPT[options.keep]
        if options.keep
        else blend(weight, new_words=bool(options.lyrics.strip()))
    )
    track = track_of(heard.ground, growth=made.pace.feel.growth) if weight else None
    facts = {"exact": False, **_facts(heard.song, made, options, weight), **_by_ear(heard)}
    facts["notes"] = [*_notes_by_ear(heard), *_notes(made)]
    return Plan(made.score, Carry(mixed, track, facts, keeps_score=not weight))


def join_cover(
    sounds: Sequence[Path], _: CoverOptions, plan: Plan, stems: Stems, out: Path, work: Work
) -> Facts:
    """Mix the new band and the original, and master them."""
    carry: Carry = plan.carry
    work.at(0.0, "mixing")
    tunes = {VOCALS, BACKING} if plan.score.vocal else {LEAD}
    mixed = summed(weighted(stems, carry.blend, tunes), plan.score, work=work.part(0.0, 0.1))
    if carry.track is not None:
        mixed = aligned(mixed, carry.track, work=work.part(0.1, 0.4))
    if carry.blend.needs_original:
        mixed = over_original(mixed, load(sounds[0]), carry.blend, work.part(0.4, 0.8))
    score = plan.score if carry.keeps_score else None
    return {**carry.facts, **finished(mixed, out, score=score, work=work.part(0.8, 1.0))}


TOOL = PlayedTool(CoverOptions, write_cover, join_cover, seconds_per_second=0.25)


def _weight(options: CoverOptions) -> float:
    """Return the audio weight; nothing of the original can be heard in another key or tempo."""
    moved = options.key is not None or options.tempo_bpm is not None
    if options.keep and moved:
        raise ToolUnfit(
            f"The {options.keep} stays as it is, in its own key and tempo. Leave both out."
        )
    if options.keep:
        # It is heard, so that everything else keeps time with it.
        return 1.0
    if moved and options.audio_weight:
        raise ToolUnfit(
            f"At an audio weight of {options.audio_weight:g} the original is heard, in its own key "
            "and tempo. Give an audio weight of 0, or leave key and tempo as they are."
        )
    usual = 0.0 if moved else USUAL_WEIGHT
    return usual if options.audio_weight is None else options.audio_weight


def _cover(song: Score, options: CoverOptions, weight: float) -> Cover:
    """Arrange a song as the options want it."""
    order = _order(song, options, keep_time=weight > 0)
    if options.keep == "music":
        return resung(song, order, syllables=count_syllables)
    seed = song.seed if options.seed is None else options.seed
    return cover(song, order, seed, syllables=count_syllables)


def _order(song: Score, options: CoverOptions, *, keep_time: bool) -> Order:
    """Read the options as an order for a cover of `song`."""
    wish = read_brief(
        Brief(style=options.style, key=options.key, tempo_bpm=options.tempo_bpm, lyrics="")
    )
    if options.key is not None and wish.key is None:
        raise ToolUnfit(f"“{options.key}” is no key. Give one such as C minor or F# major.")
    if options.keep == "music" and song.vocal is None:
        raise ToolUnfit(
            "Nobody sings in this, so that no voice can be changed. Add vocals to it instead."
        )
    same_singer = options.keep == "voice"
    voice = None if same_singer else _voice(options) or wish.voice
    persona = None if same_singer or options.persona is None else read_persona(options.persona)
    stanzas = () if same_singer else parse_lyrics(options.lyrics)
    sings = voice or persona or any(stanza.lines for stanza in stanzas)
    heard_only = song.lyrics == "" and song.parts == ()
    return Order(
        wish=wish,
        voice=voice,
        persona=persona,
        key=wish.key,
        tempo_bpm=wish.tempo_bpm,
        stanzas=stanzas,
        language=language_of(options.lyrics),
        keep_time=keep_time,
        instrumental=options.voice == "none" or wish.instrumental or (heard_only and not sings),
    )


def _voice(options: CoverOptions) -> Voice | None:
    return None if options.voice == "none" else options.voice


def _facts(song: Score, made: Cover, options: CoverOptions, weight: float) -> dict[str, Any]:
    """Tell what became of a song."""
    score = made.score
    return {
        "title": score.title,
        "style": score.tags,
        **({"kept": options.keep} if options.keep else {"audio_weight": weight}),
        "tempo_bpm": round(score.tempo_bpm, 3),
        "tempo_before_bpm": round(song.tempo_bpm, 3),
        "tune_speed": round(made.pace.faster, 3),
        "key": key_name(score.key),
        "key_before": key_name(song.key),
        "shift_semitones": made.semitones,
        "voice": score.vocal.voice if score.vocal else None,
        "tune": "sung" if score.vocal else "played",
        "notes": _notes(made),
    }


def _notes(made: Cover) -> list[str]:
    notes = []
    if made.left_out:
        notes.append(f"{counted(made.left_out, 'line')} of the words found no line of the tune.")
    if made.cut:
        notes.append(f"The last words of {counted(made.cut, 'line')} found no notes.")
    return notes


def _by_ear(heard: Overheard) -> dict[str, Any]:
    """Tell how sure it is what was heard."""
    return {
        "confidence": heard.confidence,
        "keeps_one_tempo": heard.is_even,
        "tune_notes": len(heard.song.vocal.notes) if heard.song.vocal else 0,
    }


def _notes_by_ear(heard: Overheard) -> list[str]:
    notes = ["The tune and the chords were heard, not known: both are approximate."]
    if not heard.ground.has_pulse:
        notes.append("No pulse was found, so that the band counts for itself.")
    if not heard.song.vocal:
        notes.append("No tune was found, so that there is only a band.")
    return notes
