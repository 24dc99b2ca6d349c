"""Sound: a short sound rather than a song: a loop of some of the band, or noises for a scene."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import Field, field_validator

from studio.audio.files import write
from studio.audio.levels import loudness, true_peak_db
from studio.audio.samples import RATE
from studio.audio.tool import Facts, Options
from studio.audio.work import Work
from studio.engine.brief import Brief
from studio.engine.finishing import counted
from studio.engine.papers import keep_score
from studio.engine.played import NOBODY, Plan, PlayedTool, Stems
from studio.engine.score import Key, Score
from studio.engine.sounding.catalogue import noises
from studio.engine.sounding.levels import faded, levelled, turned
from studio.engine.sounding.loop import (
    LONGEST_SECONDS,
    SHORTEST_SECONDS,
    Bars,
    bars_for,
    playable,
    without_count_in,
    write_loop,
)
from studio.engine.sounding.mixture import noised, played_round
from studio.engine.sounding.scene import Scene
from studio.engine.sounding.wanted import Wanted, wanted_in
from studio.engine.writing.reading import Decision, decide, read_brief
from studio.engine.writing.theory import key_name

TAIL_SECONDS = 1.5
"""For which music rings on that does not loop."""
MIDDLE_C_HZ, LOWEST_ROOT_HZ = 261.6256, 65.0
LONGEST_TITLE = 60


class SoundOptions(Options):
    """What is to be heard."""

    description: str = Field(min_length=1, max_length=2000)
    """A noise for a scene (“rain with thunder”), instruments, or a style; several may be mixed."""
    loop: bool = False
    """Let its end pass into its beginning."""
    tempo_bpm: int | None = Field(None, ge=1, le=300)
    """Beats per minute; without it, that of the description or of the style."""
    key: str = ""
    """For example `C minor`; without it, that of the description, or one by chance."""
    seconds: float | None = Field(None, ge=SHORTEST_SECONDS, le=LONGEST_SECONDS)
    """About how long, 2 to 22; music has whole bars."""
    seed: int = Field(1, ge=0)
    """Another number, another sound."""

    @field_validator("key")
    @classmethod
    def _is_a_key(cls, key: str) -> str:
        if key and read_brief(Brief(key=key)).key is None:
            raise ValueError(f"“{key}” is no key. Give one such as C minor or F# major")
        return key


@dataclass(frozen=True, slots=True)
class Carry:
    """What has to be known to put it together."""

    wanted: Wanted
    scene: Scene
    facts: dict[str, Any]


def prepare(_sounds: Sequence[Path], options: SoundOptions, work: Work) -> Plan:
    """Understand what is wanted, and write what the band plays of it."""
    work.at(0.0, "understanding the words")
    wanted = wanted_in(options.description)
    tempo = _tempo(options)
    brief = Brief(style=options.description, key=options.key or None, instrumental=True)
    wish = read_brief(brief)
    decision = decide(replace(wish, tempo_bpm=tempo or wish.tempo_bpm), brief, options.seed)
    decision = replace(decision, tempo_bpm=playable(round(decision.tempo_bpm)))
    bars = _bars(options, wanted, decision)
    seconds = bars.seconds if bars else _seconds(options, wanted)
    tail = TAIL_SECONDS if wanted.players and not options.loop else 0.0
    scene = Scene(
        round((seconds + tail) * RATE),
        options.loop,
        _root_hz(decision.key),
        decision.key.mode == "minor",
        60.0 / decision.tempo_bpm if bars else None,
    )
    score = NOBODY
    if wanted.players and bars is not None:
        score = write_loop(wanted.players, decision, bars, options.seed)
        score = replace(score, title=options.description.strip()[:LONGEST_TITLE])
    facts = _facts(options, wanted, decision, bars, score)
    return Plan(score, Carry(wanted, scene, facts))


def put_together(
    _sounds: Sequence[Path], options: SoundOptions, plan: Plan, stems: Stems, out: Path, work: Work
) -> Facts:
    """Mix noises and music to one sound, and write it to `out`."""
    carry: Carry = plan.carry
    work.at(0.0, "making noises")
    sound = noised(carry.wanted.noises, carry.scene, options.seed)
    if plan.score != NOBODY:
        work.at(0.5, "mixing")
        sound = sound + played_round(stems, plan.score, carry.scene)
    work.at(0.7, "levelling")
    sound = levelled(sound, loop=options.loop)
    if not options.loop:
        sound = faded(sound, is_event=_is_event(carry.wanted))
    else:
        sound = turned(sound, keeps_time="bars" in carry.facts)
    work.at(0.9, "writing the file")
    write(out, sound, RATE)
    if plan.score != NOBODY and options.loop and not carry.wanted.noises:
        keep_score(out, without_count_in(plan.score))
    return {
        **carry.facts,
        "length_seconds": round(sound.shape[1] / RATE, 3),
        "loudness_lufs": round(loudness(sound, RATE), 2),
        "true_peak_db": round(true_peak_db(sound, RATE), 2),
    }


TOOL = PlayedTool(SoundOptions, prepare, put_together, sounds=(0, 0))


def _is_event(wanted: Wanted) -> bool:
    """Tell whether the sound begins at once and dies away by itself."""
    return bool(wanted.players) or any(noises()[name].is_event for name in wanted.noises)


def _tempo(options: SoundOptions) -> float | None:
    return float(options.tempo_bpm) if options.tempo_bpm else None


def _bars(options: SoundOptions, wanted: Wanted, decision: Decision) -> Bars | None:
    """Return the bars that are to be filled; `None` where nobody counts."""
    tempo, per_bar = decision.tempo_bpm, decision.style.beats_per_bar
    longest = LONGEST_SECONDS if options.loop else LONGEST_SECONDS - TAIL_SECONDS
    if wanted.players:
        return bars_for(tempo, per_bar, options.seconds, longest)
    if decision.tempo_is_fixed:
        return bars_for(tempo, per_bar, _seconds(options, wanted), LONGEST_SECONDS)
    return None


def _seconds(options: SoundOptions, wanted: Wanted) -> float:
    usual = max((noises()[name].seconds for name in wanted.noises), default=SHORTEST_SECONDS)
    return options.seconds or usual


def _root_hz(key: Key) -> float:
    hertz = MIDDLE_C_HZ * 2 ** (key.tonic / 12)
    while hertz >= 2 * LOWEST_ROOT_HZ:
        hertz /= 2
    return hertz


def _facts(
    options: SoundOptions, wanted: Wanted, decision: Decision, bars: Bars | None, score: Score
) -> dict[str, Any]:
    has_pitch = bool(wanted.players) or any(noises()[name].has_pitch for name in wanted.noises)
    heard = [*wanted.noises, *(part.name for part in score.parts)]
    facts: dict[str, Any] = {"loop": options.loop, "sounds": heard}
    if bars is not None:
        facts |= {"tempo_bpm": round(bars.tempo_bpm, 3), "bars": bars.count}
    if has_pitch:
        facts["key"] = key_name(decision.key)
    said = [*heard, *([decision.style.words[0]] if score != NOBODY else [])]
    said += [f"{bars.tempo_bpm:g} bpm, {counted(bars.count, 'bar')}"] if bars else []
    said += [facts["key"]] if has_pitch else []
    understood = ", ".join(said)
    notes = [wanted.note, *_doubts(options, bars, has_pitch=has_pitch)]
    note = " ".join(filter(None, notes))
    return {
        **facts,
        "style": understood,
        "understood": understood,
        **({"note": note} if note else {}),
    }


def _doubts(options: SoundOptions, bars: Bars | None, *, has_pitch: bool) -> list[str]:
    """Say what of the wishes cannot be heard."""
    doubts = []
    if options.tempo_bpm and bars and bars.tempo_bpm != options.tempo_bpm:
        doubts.append(
            f"{options.tempo_bpm} bpm is counted as {bars.tempo_bpm:g}, in which bars fit."
        )
    if options.key and not has_pitch:
        doubts.append("These noises have no pitch, so that the key is not heard.")
    return doubts
