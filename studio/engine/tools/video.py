"""Video: a song with its cover, its levels running by and its words in time, as MP4.

Of a song of the band the words are exact and the cover is its own; for any other sound the words
come from a timeline, and the cover is painted from what is heard.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image, UnidentifiedImageError
from pydantic import Field, TypeAdapter, ValidationError

from studio.audio.extras import need
from studio.audio.intake import load
from studio.audio.samples import RATE, Samples
from studio.audio.tool import Facts, Options, Tool
from studio.audio.work import Work
from studio.engine.captioning import MOST_LETTERS, captions_in
from studio.engine.filming.film import shoot
from studio.engine.filming.fonts import missing
from studio.engine.filming.layout import Shape
from studio.engine.filming.scene import FRAME_RATE, Script
from studio.engine.painting.heard import score_heard
from studio.engine.painting.picture import paint
from studio.engine.papers import score_of
from studio.engine.score import Score
from studio.engine.timeline import Timeline, given_lines, timeline_of
from studio.engine.writing.lyrics import parse_lyrics
from studio.errors import ToolUnfit

LARGEST_PIXELS = 40_000_000
LARGEST_TIMELINE_BYTES = 8 << 20
LONGEST_CREDIT = 50
"""Characters of an author or a site."""

_LISTENING = 0.4
_LINES = TypeAdapter(Timeline)


class VideoOptions(Options):
    """What a video shows."""

    shape: Shape = "wide"
    """wide (1280 x 720), square (1080 x 1080), or tall (720 x 1280) for telephones."""
    title: str | None = None
    """Usually that of the song, or the name of the file; an empty one shows none."""
    cover: Path | None = None
    """A picture; without one it is painted from the song."""
    timeline: Path | None = None
    """Words in time, as JSON from “timeline”; not needed for a song of the band."""
    lyrics: str = ""
    """What is sung, to be found in a sound that comes without a timeline and not from the band."""
    words: bool = True
    """Show the words, where they are known."""
    author: str = Field("", max_length=LONGEST_CREDIT)
    """Whose film it is, shown small at the foot."""
    site: str = Field("", max_length=LONGEST_CREDIT)
    """An address that is shown beside it, for example `example.com`."""


def make_video(sounds: Sequence[Path], options: VideoOptions, out: Path, work: Work) -> Facts:
    """Make a video of a sound."""
    need("media")
    if out.suffix.lower() != ".mp4":
        raise ToolUnfit(f"A video is written as .mp4, not as “{out.suffix}”. Choose that ending.")
    score = score_of(sounds[0])
    words = _words(sounds[0], options, score, work.part(0.0, _LISTENING))
    work = work.part(_LISTENING if options.lyrics else 0.0, 1.0)
    cover = _opened(options.cover) if options.cover else None
    samples = load(sounds[0], work=work.part(0.0, 0.05))
    if cover is None:
        cover = _painted(samples, score, work.part(0.05, 0.1))
    title = options.title
    if title is None:
        title = score.title if score else sounds[0].stem
    credit = " · ".join(filter(None, (options.author.strip(), options.site.strip())))
    script = Script(title, score.tags if score else "", cover, words, credit)
    frames = shoot(out, samples, script, options.shape, work=work.part(0.1, 1.0))
    return {
        "shape": options.shape,
        "length_seconds": round(frames / FRAME_RATE, 3),
        "sound_seconds": round(samples.shape[1] / RATE, 3),
        "frames": frames,
        "lines": len(words),
        "exact": bool(words) and score is not None and options.timeline is None,
        **_unwritten(script),
    }


TOOL = Tool(VideoOptions, make_video, makes=".mp4", seconds_per_second=0.15)


def _words(path: Path, options: VideoOptions, score: Score | None, work: Work) -> Timeline:
    if not options.words:
        return ()
    if options.timeline is not None:
        return _read_timeline(options.timeline)
    return timeline_of(score) if score else _heard_in(path, options.lyrics, work)


def _heard_in(path: Path, lyrics: str, work: Work) -> Timeline:
    """Find the words in a sound; a film without them is better than none."""
    lines = given_lines(parse_lyrics(lyrics[:MOST_LETTERS]))
    if not lines:
        return ()
    work.at(0.0, "listening for the words")
    try:
        return captions_in(path, lines, work=work).lines
    except ToolUnfit:
        return ()


def _read_timeline(path: Path) -> Timeline:
    try:
        with path.open("rb") as file:
            lines = _LINES.validate_json(file.read(LARGEST_TIMELINE_BYTES))
    except OSError as error:
        raise ToolUnfit(f"The timeline {path.name} cannot be read ({error.strerror}).") from error
    except ValidationError as error:
        raise ToolUnfit(
            f"{path.name} is not a timeline in JSON, as the tool “timeline” writes it."
        ) from error
    return tuple(
        sorted((line for line in lines if line.words), key=lambda line: line.start_seconds)
    )


def _opened(path: Path) -> Image.Image:
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                raise ToolUnfit(
                    f"{path.name} has {picture.width} x {picture.height} pixels. Make it smaller."
                )
            return picture.convert("RGB")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError) as error:
        raise ToolUnfit(f"{path.name} is no picture that can be read. Use PNG or JPEG.") from error


def _painted(samples: Samples, score: Score | None, work: Work) -> Image.Image:
    """Paint the cover of a song of the band, or one of what is heard."""
    work.at(0.0, "painting the cover")
    return Image.open(io.BytesIO(paint(score or score_heard(samples, work), samples)))


def _unwritten(script: Script) -> dict[str, Any]:
    """Tell which characters could not be drawn."""
    text = (
        script.title + script.subtitle + script.credit + "".join(line.line for line in script.words)
    )
    lacking = missing("".join(dict.fromkeys(text)))
    if not lacking:
        return {}
    return {
        "note": f"No font on this machine has {len(lacking)} of the characters (“{lacking[:8]}”): "
        "dots stand for them. Install a font that has them, for example Debian's fonts-noto-cjk."
    }
