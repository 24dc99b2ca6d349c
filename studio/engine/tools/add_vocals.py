"""Add vocals: somebody sings a new tune over an instrumental."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import Field

from studio.audio.ear.listening import hear
from studio.audio.intake import load
from studio.audio.shaping.stretching import shift
from studio.audio.tool import Facts, Options
from studio.audio.work import Work
from studio.engine.brief import Brief
from studio.engine.continuing.ground import ground_heard
from studio.engine.continuing.matching import style_like
from studio.engine.covering.aligning import Track, aligned, even_ground, track_of
from studio.engine.covering.makingway import Span, made_way
from studio.engine.covering.topline import Singer, Topline, spans_of, topline_of, topline_over
from studio.engine.covering.weighing import BED_LUFS, gain_of, level_gain_db
from studio.engine.covering.wording import formed, worded_for
from studio.engine.finishing import finished
from studio.engine.mixing import summed
from studio.engine.papers import score_of
from studio.engine.persona import read_persona
from studio.engine.played import Plan, PlayedTool, Stems
from studio.engine.score import Score
from studio.engine.writing.chance import turn
from studio.engine.writing.reading import VOICES, Voice, Wish, read_brief
from studio.engine.writing.theory import key_name
from studio.errors import ToolUnfit

IN_TUNE_CENTS = 4.0


class AddVocalsOptions(Options):
    """What is sung, and by whom."""

    lyrics: str = ""
    """Words with [Section] marks; empty lets the band write some."""
    description: str = ""
    """What the words are about, when none are given."""
    voice: Literal["female", "male"] | None = None
    """Who sings."""
    persona: Path | None = None
    """A file that holds a persona, who sings; it goes before the voice."""
    style: str = ""
    """The manner of singing, in free text; empty is that of the music."""
    seed: int = Field(default=1, ge=0)
    """Another number, another tune."""


@dataclass(frozen=True, slots=True)
class Carry:
    """What has to be known to put voice and music together."""

    facts: dict[str, Any]
    track: Track | None = None
    """Where the beats of the music fall; `None` if the band plays it again."""
    tuning_cents: float = 0.0
    spans: tuple[Span, ...] = ()
    """When somebody sings, in seconds of the music."""


def write_vocals(sounds: Sequence[Path], options: AddVocalsOptions, work: Work) -> Plan:
    """Write a tune over the chords of the music."""
    wish = read_brief(Brief(style=options.style))
    singer = _singer(options, wish)
    known = score_of(sounds[0])
    if known is not None:
        made = _in_score(known, options, wish, singer)
        return Plan(made.score, Carry({"exact": True, **_facts(made)}))
    samples = load(sounds[0])
    heard = hear(samples, work=work.part(0.0, 0.8))
    ground, is_even = even_ground(ground_heard(heard))
    ground = formed(ground)
    style = wish.style.name if wish.named else style_like(heard, samples)
    words = worded_for(ground.sections, options.lyrics, options.description, style, options.seed)
    made = topline_over(ground, words, singer, style=style, seed=options.seed, title=sounds[0].stem)
    facts = {
        "exact": False,
        **_facts(made),
        "confidence": round(min(heard.beat_confidence, heard.key_confidence), 3),
        "keeps_one_tempo": is_even,
        "tuning_cents": round(heard.tuning_cents, 1),
    }
    facts["notes"] = [
        "Beats, key and chords were heard, not known: they are approximate.",
        *([] if ground.has_pulse else ["No pulse was found, so that the singer counts alone."]),
        *facts["notes"],
    ]
    spans = spans_of(made.vocal, ground)
    return Plan(made.score, Carry(facts, track_of(ground), heard.tuning_cents, spans))


def join_vocals(
    sounds: Sequence[Path], _: AddVocalsOptions, plan: Plan, stems: Stems, out: Path, work: Work
) -> Facts:
    """Mix voice and music, and master them."""
    carry: Carry = plan.carry
    work.at(0.0, "mixing")
    mixed = summed(stems.items(), plan.score, work=work.part(0.0, 0.1))
    if carry.track is not None:
        if abs(carry.tuning_cents) > IN_TUNE_CENTS:
            mixed = shift(mixed, carry.tuning_cents / 100, work=work.part(0.1, 0.3))
        voice = aligned(mixed, carry.track, work=work.part(0.3, 0.6))
        # Here and below: a long sound is not kept longer than it is needed.
        del mixed
        mixed = load(sounds[0])
        mixed *= gain_of(level_gain_db(mixed, BED_LUFS))
        mixed = made_way(mixed, carry.spans)
        shared = min(voice.shape[1], mixed.shape[1])
        mixed[:, :shared] += voice[:, :shared]
        del voice
    score = plan.score if carry.track is None else None
    return {
        **carry.facts,
        **finished(np.ascontiguousarray(mixed), out, score=score, work=work.part(0.7, 1.0)),
    }


TOOL = PlayedTool(AddVocalsOptions, write_vocals, join_vocals, seconds_per_second=0.12)


def _singer(options: AddVocalsOptions, wish: Wish) -> Singer:
    """Return who sings: whoever is named, or somebody by chance."""
    if options.persona is not None:
        persona = read_persona(options.persona)
        return Singer(persona.voice, persona)
    drawn: Voice = turn(options.seed, "voice", VOICES)
    return Singer(options.voice or wish.voice or drawn)


def _in_score(score: Score, options: AddVocalsOptions, wish: Wish, singer: Singer) -> Topline:
    """Write a tune into a song of the band."""
    if score.vocal is not None:
        raise ToolUnfit(
            f"Somebody sings in “{score.title}” already. Choose an instrumental, or cover it with "
            "new words."
        )
    style = wish.style.name if wish.named else score.style
    words = worded_for(
        score.sections, options.lyrics, options.description, score.style, options.seed
    )
    return topline_of(score, words, singer, style=style, seed=options.seed)


def _facts(made: Topline) -> dict[str, Any]:
    score = made.score
    return {
        "title": score.title,
        "voice": made.vocal.voice,
        "language": made.vocal.language,
        "lyrics": score.lyrics,
        "sung_lines": len(made.vocal.lines),
        "tempo_bpm": round(score.tempo_bpm, 3),
        "key": key_name(score.key),
        "notes": [f"There was no room for: {line}" for line in made.unsung],
    }
