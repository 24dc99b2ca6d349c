"""Wishes: what is said in a form, as a request. `recall` goes the other way."""

from collections.abc import Callable, Mapping, Sequence

from pydantic import ValidationError

from studio.errors import RequestUnfit
from studio.songs import (
    Ability,
    AddInstrumental,
    AddVocals,
    Concat,
    CoverSong,
    CreateSong,
    EnrichTags,
    ExtendSong,
    MakeSound,
    MashUp,
    Remaster,
    ReplaceSection,
    SampleSong,
    SongRequest,
    SwapSound,
    SwapVocals,
    VarySong,
    WriteLyrics,
)
from studio.ui.form.blanks import WRITTEN_WORDS
from studio.ui.form.said import Said, is_described

NEEDED: Mapping[str, str] = {
    "description": "Say what you want to hear.",
    "lyrics": "Write the words that are to be sung.",
    "style": "Say how it is to sound.",
    "title": "Give it a title.",
}
"""What is said where a model needs a field that is empty."""


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
    wish = said.wish()
    chips = list(said.fields["styles"] or [])
    if is_described(said.fields["way"], said.limits):
        wish |= {"style": "", "lyrics": "", "title": ""}
        wish["description"] = _joined([said.text("description"), *chips])
    else:
        wish["style"] = _joined([*chips, wish["style"]]) if said.limits.style else ""
        if said.fields["words"] == WRITTEN_WORDS and not wish["instrumental"]:
            wish |= {"lyrics": "", "description": said.text("about")}
    wish["choices"] = said.choices()
    wish["sections"] = said.sections()
    if not any(wish.get(text) for text in ("description", "style", "lyrics")):
        raise RequestUnfit("Say what you want to hear, or pick a style.")
    return CreateSong(**wish)


def _make_sound(said: Said) -> MakeSound:
    limits = said.limits
    if not said.text("heard"):
        raise RequestUnfit("Say what is to be heard.")
    return MakeSound(
        model=said.open("model"),
        description=said.text("heard"),
        title=said.text("called") if limits.title else "",
        loop=bool(said.fields["loop"]) and limits.loops,
        tempo_bpm=said.fields["tempo_bpm"] if limits.tempos else None,
        key=(said.open("key") or "") if limits.keys else "",
    )


def _extend(said: Said) -> ExtendSong:
    return ExtendSong(
        **said.wish(), source=said.source_id, at=said.fields["at"], joined=said.fields["joined"]
    )


def _concat(said: Said) -> Concat:
    return Concat(source=said.source_id)


def _cover(said: Said) -> CoverSong:
    wish = {**said.wish(), **said.words()}
    return CoverSong(**wish, source=said.source_id, **said.audio_weight())


def _replace(said: Said) -> ReplaceSection:
    source = said.source_id
    wish = {**said.wish(), "lyrics": said.text("section_lyrics"), "instrumental": False}
    window = said.window("Say on the waveform which part is to be made anew.")
    return ReplaceSection(**wish, source=source, window=window, joined=said.fields["joined"])


def _mash_up(said: Said) -> MashUp:
    first, second = said.source_id, said.fields["second"]
    if second is None:
        raise RequestUnfit("Choose the second song of the mashup.")
    return MashUp(**said.wish(), songs=(first, second), **said.audio_weight())


def _sample(said: Said) -> SampleSong:
    source = said.source_id
    window = said.window("Say on the waveform which part is to be sampled.")
    return SampleSong(**said.wish(), source=source, window=window, **said.audio_weight())


def _add_vocals(said: Said) -> AddVocals:
    wish = {**said.wish(), "instrumental": False, "lyrics": said.text("lyrics")}
    return AddVocals(
        **wish, source=said.source_id, window=said.window_if_wanted(), **said.audio_weight()
    )


def _add_instrumental(said: Said) -> AddInstrumental:
    wish = {**said.wish(), "instrumental": False, "lyrics": "", "voice": None, "persona": None}
    return AddInstrumental(
        **wish, source=said.source_id, window=said.window_if_wanted(), **said.audio_weight()
    )


def _remaster(said: Said) -> Remaster:
    variation = said.open("variation") if said.limits.variations else None
    return Remaster(model=said.open("model"), source=said.source_id, variation=variation)


def _swap_vocals(said: Said) -> SwapVocals:
    wish = {**said.wish(), **said.words(), "instrumental": False}
    return SwapVocals(**wish, source=said.source_id, **said.audio_weight())


def _swap_sound(said: Said) -> SwapSound:
    wish = {**said.wish(), "lyrics": said.kept_words(), "voice": None, "persona": None}
    return SwapSound(**wish, source=said.source_id, **said.audio_weight())


def _vary(said: Said) -> VarySong:
    return VarySong(**{**said.wish(), "lyrics": said.kept_words()}, source=said.source_id)


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
    Ability.SOUNDS: _make_sound,
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


def _joined(parts: Sequence[str]) -> str:
    return ", ".join(part.strip().rstrip(",") for part in parts if part.strip())
