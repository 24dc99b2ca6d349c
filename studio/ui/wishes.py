"""Wishes: what is said in a form as a request, and a request as what is said in a form.

Pure, so that both ways can be read side by side. What was chosen for another connection or model
and cannot be chosen now stays in the form, unsaid.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from studio.errors import RequestUnfit
from studio.providers.limits import Limits
from studio.songs import (
    Ability,
    AddInstrumental,
    AddVocals,
    Concat,
    CoverSong,
    CreateSong,
    EnrichTags,
    ExtendSong,
    MashUp,
    Remaster,
    ReplaceSection,
    SampleSong,
    Section,
    Song,
    SongRequest,
    SwapSound,
    SwapVocals,
    VarySong,
    Voice,
    Window,
    Wish,
    WriteLyrics,
)
from studio.ui.blanks import DESCRIBE, KEPT_WORDS, NEW_WORDS, OPEN, OWN_WORDS, WRITE, WRITTEN_WORDS

PERSONA = "persona:"
"""Before the id of a persona, where it stands among the voices."""
NEEDED: Mapping[str, str] = {
    "description": "Say what you want to hear.",
    "lyrics": "Write the words that are to be sung.",
    "style": "Say how it is to sound.",
    "title": "Give it a title.",
}
"""What is said where a model needs a field that is empty."""
WEIGHTS = ("style_weight", "weirdness")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said in a form, and within what it may be said."""

    fields: Mapping[str, Any]
    limits: Limits
    source: Song | None = None
    """The song that is to be worked on."""

    def open(self, field: str) -> Any:
        """Give what was chosen in `field`; `None` leaves it to the provider."""
        chosen = self.fields.get(field, OPEN)
        return None if chosen == OPEN else chosen

    def text(self, field: str) -> str:
        """Give what is written in `field`, without the air around it."""
        return str(self.fields.get(field) or "").strip()

    @property
    def source_id(self) -> str:
        """Id of the song that is to be worked on; without one, nothing else is of interest."""
        if self.source is None:
            raise RequestUnfit("Choose a song to work on first.")
        return self.source.id


def request_of(ability: Ability, said: Said) -> SongRequest:
    """Give what is asked for.

    Raises
    ------
    RequestUnfit
        If something is missing or does not fit together, with what to do.
    """
    try:
        request = _REQUESTS[ability](said)
    except ValidationError as unfit:
        raise RequestUnfit(str(unfit.errors()[0]["msg"]).removeprefix("Value error, ")) from unfit
    for field in sorted(said.limits.needs):
        if field in NEEDED and not request.text(field).strip():
            raise RequestUnfit(NEEDED[field])
    return request


def _create(said: Said) -> CreateSong:
    wish = _wish(said)
    chips = list(said.fields["styles"] or [])
    if is_described(said.fields["way"], said.limits):
        wish |= {"style": "", "lyrics": "", "title": ""}
        wish["description"] = _joined([said.text("description"), *chips])
    else:
        wish["style"] = _joined([*chips, wish["style"]]) if said.limits.style else ""
        if said.fields["words"] == WRITTEN_WORDS and not wish["instrumental"]:
            wish |= {"lyrics": "", "description": said.text("about")}
    wish["choices"] = _chosen(said)
    wish["sections"] = _sections(said)
    if not any(wish.get(text) for text in ("description", "style", "lyrics")):
        raise RequestUnfit("Say what you want to hear, or pick a style.")
    return CreateSong(**wish)


def _extend(said: Said) -> ExtendSong:
    return ExtendSong(
        **_wish(said), source=said.source_id, at=said.fields["at"], joined=said.fields["joined"]
    )


def _concat(said: Said) -> Concat:
    return Concat(source=said.source_id)


def _cover(said: Said) -> CoverSong:
    wish = {**_wish(said), **_words(said)}
    return CoverSong(**wish, source=said.source_id, **_audio_weight(said))


def _replace(said: Said) -> ReplaceSection:
    source = said.source_id
    wish = {**_wish(said), "lyrics": said.text("section_lyrics"), "instrumental": False}
    window = _window(said, "Say on the waveform which part is to be made anew.")
    return ReplaceSection(**wish, source=source, window=window, joined=said.fields["joined"])


def _mash_up(said: Said) -> MashUp:
    first, second = said.source_id, said.fields["second"]
    if second is None:
        raise RequestUnfit("Choose the second song of the mashup.")
    return MashUp(**_wish(said), songs=(first, second), **_audio_weight(said))


def _sample(said: Said) -> SampleSong:
    source = said.source_id
    window = _window(said, "Say on the waveform which part is to be sampled.")
    return SampleSong(**_wish(said), source=source, window=window, **_audio_weight(said))


def _add_vocals(said: Said) -> AddVocals:
    wish = {**_wish(said), "instrumental": False, "lyrics": said.text("lyrics")}
    return AddVocals(**wish, source=said.source_id, window=_anywhere(said), **_audio_weight(said))


def _add_instrumental(said: Said) -> AddInstrumental:
    wish = {**_wish(said), "instrumental": False, "lyrics": "", "voice": None, "persona": None}
    return AddInstrumental(
        **wish, source=said.source_id, window=_anywhere(said), **_audio_weight(said)
    )


def _remaster(said: Said) -> Remaster:
    variation = said.open("variation") if said.limits.variations else None
    return Remaster(model=said.open("model"), source=said.source_id, variation=variation)


def _swap_vocals(said: Said) -> SwapVocals:
    wish = {**_wish(said), **_words(said), "instrumental": False}
    return SwapVocals(**wish, source=said.source_id, **_audio_weight(said))


def _swap_sound(said: Said) -> SwapSound:
    wish = {**_wish(said), "lyrics": _kept(said), "voice": None, "persona": None}
    return SwapSound(**wish, source=said.source_id, **_audio_weight(said))


def _vary(said: Said) -> VarySong:
    return VarySong(**{**_wish(said), "lyrics": _kept(said)}, source=said.source_id)


def _write_lyrics(said: Said) -> WriteLyrics:
    if not said.text("description"):
        raise RequestUnfit("Say what the words are to be about.")
    return WriteLyrics(model=said.open("model"), description=said.text("description"))


def _enrich_tags(said: Said) -> EnrichTags:
    if not said.text("style"):
        raise RequestUnfit("Say in a few words how it sounds; they are made richer.")
    return EnrichTags(model=said.open("model"), style=said.text("style"))


_REQUESTS: Mapping[Ability, Callable[[Said], SongRequest]] = {
    Ability.CREATE: _create,
    Ability.EXTEND: _extend,
    Ability.CONCAT: _concat,
    Ability.COVER: _cover,
    Ability.REPLACE: _replace,
    Ability.MASHUP: _mash_up,
    Ability.SAMPLE: _sample,
    Ability.ADD_VOCALS: _add_vocals,
    Ability.ADD_INSTRUMENTAL: _add_instrumental,
    Ability.REMASTER: _remaster,
    Ability.SWAP_VOCALS: _swap_vocals,
    Ability.SWAP_SOUND: _swap_sound,
    Ability.VARY: _vary,
    Ability.LYRICS: _write_lyrics,
    Ability.TAGS: _enrich_tags,
}


def _wish(said: Said) -> dict[str, Any]:
    """Say what all music has in common, as far as the limits let one."""
    limits = said.limits
    instrumental = bool(said.fields["instrumental"]) and limits.instrumental
    wish: dict[str, Any] = {
        "model": said.open("model"),
        "instrumental": instrumental,
        "lyrics": "" if instrumental or not limits.lyrics else said.text("lyrics"),
        "style": said.text("style") if limits.style else "",
        "title": said.text("title") if limits.title else "",
        "exclude": said.text("exclude") if limits.exclude != 0 else "",
        "length": said.open("length") if limits.longest is not None else None,
        "seed": said.fields["seed"] if limits.seed else None,
        "lyrics_weight": said.open("lyrics_weight") if limits.lyrics_weight else None,
        **{weight: said.open(weight) if limits.weights else None for weight in WEIGHTS},
    }
    return wish if instrumental else wish | _singer(said)


def _singer(said: Said) -> dict[str, Any]:
    singer = str(said.open("singer") or "")
    if singer.startswith(PERSONA):
        return {"persona": singer.removeprefix(PERSONA)} if said.limits.persona else {}
    known = said.limits.voice and singer in set(Voice)
    return {"voice": Voice(singer)} if known else {}


def _audio_weight(said: Said) -> dict[str, Any]:
    return {"audio_weight": said.open("audio_weight") if said.limits.audio_weight else None}


def _words(said: Said) -> dict[str, str]:
    """Give the words of the song itself, where they are to be kept; else those in the box."""
    if said.fields["instrumental"] and said.limits.instrumental:
        return {"lyrics": ""}
    kept = said.fields["words"] == KEPT_WORDS and _kept(said)
    return {"lyrics": kept or said.text("lyrics") if said.limits.lyrics else ""}


def _kept(said: Said) -> str:
    return said.source.lyrics.strip() if said.source and said.limits.lyrics else ""


def _window(said: Said, missing: str) -> Window:
    start, end = said.fields["start"], said.fields["end"]
    if start is None or end is None:
        raise RequestUnfit(missing)
    return Window(start=start, end=end)


def _anywhere(said: Said) -> Window | None:
    if said.fields["everywhere"] or not takes_window(said.limits):
        return None
    return _window(said, "Say on the waveform where.")


def ways_of(limits: Limits) -> tuple[str, ...]:
    """Name the ways in which a new song can be asked for."""
    describe = (DESCRIBE,) if limits.description else ()
    return (*describe, WRITE) if limits.style or limits.lyrics or not describe else describe


def is_described(way: str, limits: Limits) -> bool:
    """Tell whether a new song is described as a whole, rather than written."""
    ways = ways_of(limits)
    return (way if way in ways else ways[0]) == DESCRIBE


def takes_window(limits: Limits) -> bool:
    """Tell whether a part of the song can be chosen, rather than only all of it."""
    return limits.longest_window != 0


def _chosen(said: Said) -> dict[str, tuple[str, ...]]:
    chosen = said.fields["choices"] or {}
    lists = said.limits.choices
    kept = {
        name: tuple(o for o in chosen.get(name, ()) if o in lists[name].options) for name in lists
    }
    return {name: options for name, options in kept.items() if options}


def _sections(said: Said) -> tuple[Section, ...]:
    return tuple(
        Section(name=name, seconds=seconds)
        for name, seconds in said.fields["sections"] or ()
        if name in said.limits.sections
    )


def _joined(parts: Sequence[str]) -> str:
    return ", ".join(part.strip().rstrip(",") for part in parts if part.strip())


def fields_of(request: SongRequest) -> dict[str, Any]:
    """Say `request` in the fields of its form; what is not among them stands as usual."""
    asked = request.model_dump(mode="json", exclude_none=True)
    fields = {**asked, "way": request.ability.value, **_singer_field(asked)}
    if window := asked.get("window"):
        fields |= {**window, "everywhere": False}
    if songs := asked.get("songs"):
        fields |= {"source": songs[0], "second": songs[1]}
    if isinstance(request, Wish) and request.sources:
        fields |= {"words": NEW_WORDS if request.lyrics else KEPT_WORDS}
    if isinstance(request, ReplaceSection):
        fields |= {"section_lyrics": request.lyrics, "lyrics": ""}
    return fields | _way_of_create(request) if isinstance(request, CreateSong) else fields


def _singer_field(asked: Mapping[str, Any]) -> dict[str, str]:
    if "persona" in asked:
        return {"singer": PERSONA + asked["persona"]}
    return {"singer": asked["voice"]} if "voice" in asked else {}


def _way_of_create(request: CreateSong) -> dict[str, Any]:
    """Say whether a song was described or written, and where its description stands then."""
    fields: dict[str, Any] = {
        "sections": [[section.name, section.seconds] for section in request.sections]
    }
    if request.lyrics or not request.description:
        return fields | {"way": WRITE, "words": OWN_WORDS, "description": ""}
    if request.style:
        about = {"words": WRITTEN_WORDS, "about": request.description}
        return fields | {"way": WRITE, "description": "", **about}
    return fields | {"way": DESCRIBE}
