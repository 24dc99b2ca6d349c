"""Making: what the band does for each kind of task.

A server makes variations of one thing; the band makes each by itself, from a seed of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studio.emulator.dialects.acestep.asking.asked import Asked
from studio.emulator.house import House
from studio.emulator.sounds import Sound
from studio.emulator.styles import other_style
from studio.emulator.works import Play, Use, Work
from studio.engine.brief import Brief
from studio.errors import ToolUnfit
from studio.songs import LONGEST_SECONDS, SHORTEST_SECONDS

HEARD = 0.25
"""How much of the original is heard in a cover of full strength."""
SHORTEST_TAIL, LONGEST_TAIL = 5.0, 240.0
_END_SECONDS = 0.1
"""How near to the end of a sound is its end."""
_SUNG = ("vocals", "backing vocals")


@dataclass(frozen=True, slots=True)
class Source:
    """The sound that a task works on."""

    sound: Sound
    house: House
    words: str = ""
    """What is sung in it, where the band knows."""

    def new_words(self, asked: Asked) -> str:
        """Return the words that are to be sung, unless they are those that are sung already."""
        return "" if asked.words.strip() == self.words.strip() else asked.words


def play(asked: Asked) -> Work:
    """Play a new song."""
    seconds = asked.seconds
    return Play(
        Brief(
            style=asked.prompt,
            lyrics=asked.words,
            description=asked.query,
            instrumental=asked.is_instrumental,
            length_seconds=seconds and min(LONGEST_SECONDS, max(SHORTEST_SECONDS, seconds)),
            key=asked.key_scale or None,
            tempo_bpm=asked.bpm,
        )
    )


def cover(asked: Asked, source: Source) -> Work:
    """Let another band play it; with more noise of the source, more of it is heard."""
    heard = HEARD * asked.cover_strength
    options = {
        "style": asked.prompt,
        "lyrics": source.new_words(asked),
        "audio_weight": round(heard + (1 - heard) * asked.noise_strength, 4),
        **({"voice": "none"} if asked.lyrics.strip() and asked.is_instrumental else {}),
    }
    return _use("cover", asked, source, options)


def repaint(asked: Asked, source: Source) -> Work:
    """Make a section anew, or, where it ends after the sound, let the sound go on."""
    length, start = source.sound.length_seconds, max(0.0, asked.repainting_start)
    end = length if asked.repainting_end is None else asked.repainting_end
    words = source.new_words(asked)
    options = {
        "lyrics": words,
        "style": other_style(source.house, asked.prompt, source.sound.id),
        "instrumental": asked.is_instrumental and bool(asked.lyrics.strip()),
    }
    if end <= length + _END_SECONDS:
        window = {"start_seconds": start, "end_seconds": min(end, length)}
        return _use("replace", asked, source, options | window)
    options |= {
        "from_seconds": None if start >= length - _END_SECONDS else start,
        "forward": True,
        "length_seconds": min(LONGEST_TAIL, max(SHORTEST_TAIL, end - min(start, length))),
    }
    return _use("extend", asked, source, options)


def extract(asked: Asked, source: Source) -> Work:
    """Take one instrument out of it."""
    options = {"kind": "12", "only": _track(asked), "silent": True}
    return _use("stems", asked, source, options)


def lego(asked: Asked, source: Source) -> Work:
    """Add one track: somebody sings, or plays along."""
    track = _track(asked)
    if track in _SUNG:
        options = {"lyrics": asked.words, "description": asked.query, "style": asked.prompt}
        return _use("add-vocals", asked, source, options)
    return _use(
        "add-band", asked, source, {"style": ", ".join(filter(None, (asked.prompt, track)))}
    )


def complete(asked: Asked, source: Source) -> Work:
    """Play along with it."""
    style = ", ".join(filter(None, (asked.prompt, *asked.tracks)))
    return _use("add-band", asked, source, {"style": style})


ON_SOUNDS: Mapping[str, Callable[[Asked, Source], Work]] = {
    "cover": cover,
    "cover-nofsq": cover,
    "repaint": repaint,
    "extract": extract,
    "lego": lego,
    "complete": complete,
}
"""By task type: what is done with the sound that is given for it."""


def _use(tool: str, asked: Asked, source: Source, options: Mapping[str, object]) -> Use:
    """Use a tool, and say of what it makes what is known."""
    words = asked.words or source.words
    return Use(tool, (source.sound.id,), options, style=asked.prompt, lyrics=words)


def _track(asked: Asked) -> str:
    if not asked.tracks:
        raise ToolUnfit("track_name is required for this task type.")
    return asked.tracks[0]
