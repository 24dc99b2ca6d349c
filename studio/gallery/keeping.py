"""Keeping: a sound as the gallery keeps it, MP3 for playing, and WAV where nothing was lost.

Decoded once, in blocks: what is wrong with it is found on the way, and nothing of it stays. MP3 is
kept as it came, for nothing gets better by being encoded twice; anything else becomes MP3. A WAV is
kept as it is too, with the score that the band may have written into it.
"""

import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studio.audio.formats.decoders import Stream

AS_IT_CAME = {"MP3": ".mp3", "WAV": ".wav"}
"""Formats whose files are kept as they are, and under which ending."""
_SIDES = 2


@dataclass(frozen=True, slots=True)
class Kept:
    """What has become of a sound on its way in."""

    length_seconds: float
    files: tuple[Path, ...]
    facts: Mapping[str, Any]


def take_over(path: Path, place: Path, *, whatever: bool = False) -> Kept:
    """Check the sound at `path` to its end; what is kept of it lies at `place`, with endings.

    With `whatever` it may be silent, and as long or short as it is: what was paid for is kept.

    Raises
    ------
    SoundUnreadable, ExtraMissing
        As `studio.audio.intake.take_in` does.
    """
    # numpy and the codecs are loaded only by those who handle sound.
    from studio.audio.formats.encoders import encoding  # noqa: PLC0415 - loaded by who needs it
    from studio.audio.formats.passing import bits_of  # noqa: PLC0415 - loaded by who needs it
    from studio.audio.intake import ANY, USUAL, listening  # noqa: PLC0415 - loaded by who needs it

    demands = ANY if whatever else USUAL
    with listening(path, demands=demands) as stream, ExitStack() as open_files:
        endings, as_it_came = _endings(stream), AS_IT_CAME.get(stream.format)
        files = tuple(place.with_suffix(ending) for ending in endings)
        feeds = [
            open_files.enter_context(
                encoding(file, stream.rate, stream.channels, bits=bits_of(stream))
            )
            for file in files
            if file.suffix != as_it_came
        ]
        frames = 0
        for block in stream.blocks:
            frames += block.shape[1]
            for feed in feeds:
                feed(block)
    if as_it_came in endings:
        shutil.copyfile(path, place.with_suffix(as_it_came))
    return Kept(frames / stream.rate, files, _facts(stream))


def _endings(stream: "Stream") -> tuple[str, ...]:
    is_lossless = stream.bits is not None
    return (".mp3", ".wav") if is_lossless else (".mp3",)


def _facts(stream: "Stream") -> dict[str, Any]:
    facts = {"format": stream.format, "rate_hz": stream.rate, "channels": stream.channels}
    return facts | ({"note": note} if (note := _note(stream)) else {})


def _note(stream: "Stream") -> str:
    """Say what was done to the sound; nothing was to an MP3."""
    if stream.format == "MP3":
        return ""
    wav = " and keeps all of it as WAV" if ".wav" in _endings(stream) else ""
    told = [f"It came as {stream.format}: the studio plays it as MP3{wav}."]
    if stream.channels > _SIDES:
        told.append(f"The MP3 has its {stream.channels} channels folded down to two.")
    return " ".join(told)
