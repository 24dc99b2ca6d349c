"""Pitch: higher or lower at the same length."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from studio.audio.files import write
from studio.audio.intake import load
from studio.audio.levels import true_peak_db
from studio.audio.samples import RATE
from studio.audio.shaping.headroom import told, with_headroom
from studio.audio.shaping.stretching import shift
from studio.audio.tool import Facts, Options, Tool
from studio.audio.work import Work
from studio.errors import ToolUnfit


class PitchOptions(Options):
    """How far a sound is shifted."""

    semitones: float = Field(0.0, ge=-12, le=12)
    """Up, or down if negative; 0.5 is half a semitone."""
    keep_formants: bool = False
    """Keep the colour of the voice: for singing alone, further than 3 semitones."""


def shift_file(sounds: Sequence[Path], options: PitchOptions, out: Path, work: Work) -> Facts:
    """Shift a sound."""
    if not options.semitones:
        raise ToolUnfit("“pitch” needs to know how far. Give semitones other than 0.")
    samples = load(sounds[0], work=work.part(0.0, 0.1))
    came_at_db = true_peak_db(samples, RATE, work=work.part(0.1, 0.15))
    shifted = shift(
        samples,
        options.semitones,
        keep_formants=options.keep_formants,
        work=work.part(0.15, 0.9),
    )
    del samples
    shifted, gain_db = with_headroom(shifted, came_at_db=came_at_db, work=work.part(0.9, 0.95))
    work.at(0.95, "writing the file")
    write(out, shifted, RATE)
    facts = {
        "semitones": options.semitones,
        "keep_formants": options.keep_formants,
        "length_seconds": round(shifted.shape[1] / RATE, 4),
    }
    return facts | told(gain_db)


TOOL = Tool(PitchOptions, shift_file, seconds_per_second=0.06)
