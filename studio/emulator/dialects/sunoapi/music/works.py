"""Works: what the band has to do for each endpoint that makes music."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from studio.emulator.dialects.sunoapi.music.asked import Asked
from studio.emulator.dialects.sunoapi.music.sources import Source
from studio.emulator.dialects.sunoapi.task import FAILED, Failed, Plan, twice
from studio.emulator.house import House
from studio.emulator.recipes.pairing import pairs_of
from studio.emulator.styles import other_style
from studio.emulator.works import Play, Use, Work
from studio.engine.brief import Brief
from studio.engine.persona import Persona
from studio.songs import LONGEST_SECONDS, SHORTEST_SECONDS, Part

SHORT_FORM = "verse chorus"
"""What words are written for when only a part of a song needs some."""
USUAL_VARIETY = 1
_VARIETIES = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request with all that it is made of."""

    asked: Asked
    sources: tuple[Source, ...]
    persona: Persona | None
    house: House

    @property
    def source(self) -> Source:
        """The only sound that it is made of."""
        return self.sources[0]

    @property
    def style(self) -> str:
        """The name of the band's style that is asked for; empty if it is in that already."""
        return other_style(self.house, self.asked.style, self.source.sound)

    def use(self, tool: str, options: Mapping[str, Any], **more: Any) -> Use:
        """Return the use of a tool on what it is made of, titled as is asked."""
        source = self.sources[0] if self.sources else None
        usual = {
            "title": self.asked.title or (source.title if source else ""),
            "style": self.asked.style or (source.style if source else ""),
            "lyrics": self.asked.lyrics or (source.lyrics if source else ""),
            "persona": self.persona,
        }
        sounds = tuple(source.sound for source in self.sources)
        return Use(tool, sounds, dict(options), **{**usual, **more})


def plan_of(wanted: Wanted) -> Plan:
    """Say what the band has to do for a request."""
    return _PLANS[wanted.asked.endpoint](wanted)


def _song(wanted: Wanted) -> Plan:
    asked = wanted.asked
    spread = None if asked.variety in {None, USUAL_VARIETY} else (asked.variety or 0) / _VARIETIES
    brief = Brief(
        style=asked.style,
        lyrics=asked.lyrics,
        description=asked.about,
        title=asked.title,
        instrumental=asked.is_instrumental,
        voice=asked.gender,
        exclude=asked.exclude,
        style_weight=asked.style_weight,
        weirdness=spread if asked.weirdness is None else asked.weirdness,
        length_seconds=_within(asked.seconds),
        persona=wanted.persona,
    )
    return twice(Play(brief))


def _extension(wanted: Wanted) -> Plan:
    """Let a song go on; callers get the whole, for there is no way to join a tail (guessed)."""
    asked, source = wanted.asked, wanted.source
    if asked.start is not None and not 0 < asked.start < source.length_seconds + 0.01:
        raise Failed(FAILED, "continueAt must be greater than 0 and less than the audio duration.")
    before, told = _written(asked)
    options = {
        "forward": True,
        "lyrics": asked.lyrics,
        "style": wanted.style,
        "instrumental": asked.is_instrumental,
        "voice": asked.gender,
        "give": "whole",
        **(
            {} if asked.start is None else {"from_seconds": min(asked.start, source.length_seconds)}
        ),
    }
    return twice(*before, wanted.use("extend", options, told=told, part=Part.WHOLE))


def _cover(wanted: Wanted) -> Plan:
    options = _cover_options(wanted, wanted.source)
    return twice(wanted.use("cover", options))


def _voice_added(wanted: Wanted) -> Plan:
    asked = wanted.asked
    return twice(
        wanted.use(
            "add-vocals",
            {
                "lyrics": asked.lyrics,
                "description": asked.about,
                "voice": asked.gender,
                "style": asked.style,
            },
        )
    )


def _band_added(wanted: Wanted) -> Plan:
    return twice(wanted.use("add-band", {"style": wanted.asked.style}))


def _section(wanted: Wanted) -> Plan:
    """Make a section anew; callers get the whole song."""
    asked, source = wanted.asked, wanted.source
    start, end = asked.start or 0.0, asked.end or 0.0
    if end > source.length_seconds + 0.01 or end - start > source.length_seconds / 2 + 0.01:
        raise Failed(
            FAILED, "The replacement must lie in the song and be no longer than half of it."
        )
    options = {
        "start_seconds": start,
        "end_seconds": min(end, source.length_seconds),
        "lyrics": asked.lyrics,
        "style": wanted.style,
        "voice": asked.gender,
    }
    return twice(wanted.use("replace", options, lyrics=source.lyrics, part=Part.WHOLE))


def _mashup(wanted: Wanted) -> Plan:
    """Lay each voice over the other music; other words or another style are sung over that."""
    first, second = wanted.sources
    title = wanted.asked.title or " / ".join(filter(None, (first.title, second.title)))
    pairs = pairs_of(first, second, lambda source: source.is_instrumental)
    laid: list[Work] = [
        Use(
            "mashup",
            (voice.sound, music.sound),
            title=title,
            style=music.style,
            lyrics=voice.lyrics,
        )
        for voice, music in pairs
    ]
    asked = wanted.asked
    if not (asked.is_custom and (asked.style or asked.lyrics or asked.is_instrumental)):
        return Plan(tuple(laid), (1, 2))
    again = [
        Use(
            "cover",
            (f"#{number}",),
            {**_cover_options(wanted, voice), "style": asked.style or music.style},
            title=title,
            style=asked.style or music.style,
            lyrics=asked.lyrics or voice.lyrics,
            persona=wanted.persona,
        )
        for number, (voice, music) in enumerate(pairs, 1)
    ]
    return Plan((*laid, *again), (3, 4))


def _sound(wanted: Wanted) -> Plan:
    asked = wanted.asked
    options = {"description": asked.about, "loop": asked.loops, "key": asked.key}
    if asked.tempo is not None:
        options["tempo_bpm"] = asked.tempo
    return twice(wanted.use("sound", options, title=asked.about[:80]))


def _cover_options(wanted: Wanted, source: Source) -> dict[str, Any]:
    """Return the options of a cover; the old words again are no new ones."""
    asked = wanted.asked
    is_new = asked.lyrics.strip() != source.lyrics.strip()
    return {
        "style": ". ".join(filter(None, (asked.style, asked.about))),
        "lyrics": asked.lyrics if is_new else "",
        "voice": "none" if asked.is_instrumental else asked.gender,
        "audio_weight": asked.audio_weight,
    }


def _written(asked: Asked) -> tuple[tuple[Work, ...], dict[str, str]]:
    """Return what writes words about something, if it is anything, and where they are told."""
    if not asked.about or asked.is_instrumental:
        return (), {}
    options = {"about": asked.about[:2000], "style": asked.style[:1000], "sections": SHORT_FORM}
    return (Use("make-lyrics", options=options),), {"lyrics": "#1.versions.0.lyrics"}


def _within(seconds: float | None) -> float | None:
    return None if seconds is None else min(max(seconds, SHORTEST_SECONDS), LONGEST_SECONDS)


_PLANS: Mapping[str, Callable[[Wanted], Plan]] = {
    "generate": _song,
    "generate/extend": _extension,
    "generate/upload-extend": _extension,
    "generate/upload-cover": _cover,
    "generate/add-instrumental": _band_added,
    "generate/add-vocals": _voice_added,
    "generate/mashup": _mashup,
    "generate/replace-section": _section,
    "generate/sounds": _sound,
}
