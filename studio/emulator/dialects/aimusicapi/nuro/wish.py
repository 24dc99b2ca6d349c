"""A wish of nuro: a song with a voice, or music without one, as its body is documented.

All texts of refusals are guessed; kinds and status are documented.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any, Literal

from studio.emulator.dialects.aimusicapi.nuro import words
from studio.emulator.dialects.aimusicapi.nuro.errors import bad
from studio.songs import Value

LYRICS = 2000
DESCRIPTION = 200
"""Of `v2.0`. "Fewer than 200", it says; read as everywhere, 200 will do."""
MOST_OF_A_KIND = 5
USUAL_SECONDS = 60
SUNG_SECONDS, BGM_SECONDS, V2_SECONDS = (30, 240), (1, 60), (30, 120)
SEGMENT_SECONDS = (5, 120)

# Han, its signs and full-width forms; Latin with what European names and signs bring along.
_CHINESE = r"\u2e80-\u2fdf\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_OTHER_LETTER = re.compile(rf"[^\W\d_a-zA-Z\u00c0-\u024f{_CHINESE}]")


class NuroWish(Value):
    """What is to be made."""

    type: Literal["vocal", "bgm"]
    lyrics: str = ""
    prompt: str = ""
    """The description of music without a voice."""
    genre: str = ""
    """Several are separated by commas, as all that follow."""
    mood: str = ""
    gender: str = ""
    timbre: str = ""
    instrument: str = ""
    theme: str = ""
    seconds: int | None = None
    """Of all of it; `None` leaves it to the band."""
    segments: tuple[tuple[str, float], ...] = ()
    """Sections as the band calls them, with their seconds."""


def read_nuro_wish(sent: Mapping[str, Any]) -> NuroWish:
    """Read the body of `nuro/create`.

    Raises
    ------
    TurnedAway
        If the vendor would refuse it; nothing is charged then.
    """
    match sent.get("type"):
        case "vocal":
            return _sung(sent)
        case "bgm":
            return _second_bgm(sent) if _version(sent) == "v2.0" else _first_bgm(sent)
        case _:
            raise bad("The 'type' field should be 'vocal' or 'bgm'.")


def _sung(sent: Mapping[str, Any]) -> NuroWish:
    lyrics = _needed(sent, "lyrics")
    if len(lyrics) > LYRICS:
        raise bad(f"The lyrics character length should be less than {LYRICS}.")
    return NuroWish(
        type="vocal",
        lyrics=lyrics,
        genre=_one_of(sent, "genre", words.GENRES),
        mood=_one_of(sent, "mood", words.MOODS),
        gender=_one_of(sent, "gender", words.GENDERS),
        timbre=_one_of(sent, "timbre", words.TIMBRES),
        seconds=_seconds(sent, "duration", SUNG_SECONDS),
    )


def _first_bgm(sent: Mapping[str, Any]) -> NuroWish:
    return NuroWish(
        type="bgm",
        prompt=_needed(sent, "description"),
        genre=_some_of(sent, "genre", words.BGM_GENRES),
        mood=_some_of(sent, "mood", words.BGM_MOODS),
        instrument=_some_of(sent, "instrument", words.BGM_INSTRUMENTS),
        theme=_some_of(sent, "theme", words.BGM_THEMES),
        seconds=_seconds(sent, "duration", BGM_SECONDS) or USUAL_SECONDS,
    )


def _second_bgm(sent: Mapping[str, Any]) -> NuroWish:
    description = _needed(sent, "description")
    if len(description) > DESCRIPTION:
        raise bad(f"The description character length should be less than {DESCRIPTION}.")
    segments = _segments(sent)
    seconds = _seconds(sent, "duration", V2_SECONDS)
    if segments and seconds is not None:
        raise bad("The 'duration' field should be omitted when 'segments' is provided.")
    whole = sum(length for _, length in segments)
    return NuroWish(
        type="bgm",
        prompt=description,
        seconds=int(whole) if segments else seconds or USUAL_SECONDS,
        segments=segments,
    )


def _segments(sent: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    given = sent.get("segments")
    if given is None:
        return ()
    if not isinstance(given, list) or not given:
        raise bad("The 'segments' field should be an array of segments.")
    segments = tuple(_segment(each) for each in given)
    whole, (least, most) = sum(length for _, length in segments), V2_SECONDS
    if not least <= whole <= most:
        raise bad(f"The total duration of 'segments' should be between {least} and {most}.")
    return segments


def _segment(given: Any) -> tuple[str, float]:
    name = given.get("name") if isinstance(given, dict) else None
    if not isinstance(name, str) or name not in words.SEGMENTS:
        raise bad(f"The 'name' of a segment should be one of {_listed(words.SEGMENTS)}.")
    length = _seconds(given, "duration", SEGMENT_SECONDS)
    if length is None:
        raise bad("The 'duration' of a segment is required.")
    return words.SEGMENTS[name], float(length)


def _version(sent: Mapping[str, Any]) -> str:
    version = sent.get("version") or "v1.0"
    if version not in {"v1.0", "v2.0"}:
        raise bad("The 'version' field should be 'v1.0' or 'v2.0'.")
    return str(version)


def _needed(sent: Mapping[str, Any], name: str) -> str:
    text = sent.get(name)
    if not isinstance(text, str) or not text.strip():
        raise bad(f"The '{name}' field is required.")
    if _OTHER_LETTER.search(text):
        raise bad("The language is not supported. Only Chinese and English are supported.")
    return text


def _one_of(sent: Mapping[str, Any], name: str, known: Collection[str]) -> str:
    value = sent.get(name)
    if value is None or value == "":
        return ""
    if not isinstance(value, str) or value not in known:
        raise bad(f"The '{name}' field should be one of {_listed(known)}.")
    return value


def _some_of(sent: Mapping[str, Any], name: str, known: Collection[str]) -> str:
    values = sent.get(name)
    if values is None:
        return ""
    if not isinstance(values, list) or len(values) > MOST_OF_A_KIND:
        raise bad(f"The '{name}' field should be an array of at most {MOST_OF_A_KIND} values.")
    return ", ".join(_one_of({name: value}, name, known) for value in values if value != "")


def _seconds(sent: Mapping[str, Any], name: str, within: tuple[int, int]) -> int | None:
    value, (least, most) = sent.get(name), within
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise bad(f"The '{name}' field should be an integer between {least} and {most}.")
    return value


def _listed(known: Collection[str]) -> str:
    return ", ".join(f"'{name}'" for name in known)
