"""Stretch: another length or tempo at the same pitch."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import Field

from studio.audio.ear.listening import hear
from studio.audio.files import write
from studio.audio.intake import load
from studio.audio.levels import true_peak_db
from studio.audio.samples import RATE, Samples
from studio.audio.shaping.headroom import told, with_headroom
from studio.audio.shaping.stretching import stretch
from studio.audio.tool import Facts, Options, Tool
from studio.audio.work import Work
from studio.errors import ToolUnfit

SHORTEST, LONGEST = 0.5, 2.0
_OCTAVES = (1.0, 2.0, 0.5)


class StretchOptions(Options):
    """How much longer a sound becomes, or how fast."""

    factor: float | None = Field(None, ge=SHORTEST, le=LONGEST)
    """2 is twice as long, 0.5 half as long."""
    bpm: float | None = Field(None, ge=20, le=400)
    """Instead of a factor: the tempo that it shall have."""
    from_bpm: float | None = Field(None, ge=20, le=400)
    """The tempo that it has, if you know it; otherwise it is measured."""


def stretch_file(sounds: Sequence[Path], options: StretchOptions, out: Path, work: Work) -> Facts:
    """Stretch a sound."""
    samples = load(sounds[0], work=work.part(0.0, 0.1))
    factor, tempo = _factor(samples, options, work.part(0.1, 0.4))
    came_at_db = true_peak_db(samples, RATE, work=work.part(0.4, 0.45))
    came_seconds = samples.shape[1] / RATE
    longer = stretch(samples, factor, work=work.part(0.45, 0.9))
    del samples
    longer, gain_db = with_headroom(longer, came_at_db=came_at_db, work=work.part(0.9, 0.95))
    work.at(0.95, "writing the file")
    write(out, longer, RATE)
    length: dict[str, Any] = {
        "factor": round(factor, 5),
        "length_seconds": round(longer.shape[1] / RATE, 4),
        "came_seconds": round(came_seconds, 4),
    }
    return {**length, **tempo, **told(gain_db)}


TOOL = Tool(StretchOptions, stretch_file, seconds_per_second=0.05)


def _factor(samples: Samples, options: StretchOptions, work: Work) -> tuple[float, Facts]:
    """Return the factor, and what is to be told of tempo."""
    match options.factor, options.bpm:
        case float(factor), None:
            return factor, {}
        case None, float(wanted):
            return _factor_to(wanted, samples, options.from_bpm, work)
    raise ToolUnfit("“stretch” needs either a factor or a tempo. Give one of the two.")


def _factor_to(
    wanted: float, samples: Samples, known: float | None, work: Work
) -> tuple[float, Facts]:
    found, facts = known, dict[str, Any](exact=True)
    if found is None:
        heard = hear(samples, work=work)
        found, facts = heard.tempo_bpm, {"exact": False, "confidence": heard.beat_confidence}
        if not found:
            raise ToolUnfit(
                "No beat was found in this sound, so its tempo is not known. Say how fast it is "
                "(from-bpm), or give a factor."
            )
        # Half and double time are told apart by taste: the nearer one was meant.
        found *= min(
            _OCTAVES, key=lambda octave: max(found * octave / wanted, wanted / found / octave)
        )
    factor = found / wanted
    if not SHORTEST <= factor <= LONGEST:
        raise ToolUnfit(
            f"From {found:.0f} to {wanted:.0f} BPM is too far: a sound can become half to twice as "
            "long."
        )
    return factor, {"from_bpm": round(found, 2), "bpm": wanted, **facts}
