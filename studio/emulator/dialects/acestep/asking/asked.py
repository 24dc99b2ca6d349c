"""What is asked of an ACE-Step server: fields under many names, of values that may be texts.

What cannot be read counts as not said, as in the server itself.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import isfinite
from typing import Any, TypeVar

from studio.emulator.dialects.acestep.asking.fields import Field, fields_of
from studio.songs import Value

NESTED = ("metas", "metadata", "user_metadata", "userMetadata", "param_obj", "paramObj")
"""Under which more fields may stand."""
FORMATS = ("mp3", "flac", "opus", "aac", "wav", "wav32")
USUAL_BATCH, LARGEST_BATCH = 2, 8
SEEDS = 2**32
_WORDLESS = frozenset({"[instrumental]", "[inst]"})
_YES = frozenset({"1", "true", "yes", "on", "y", "t"})

T = TypeVar("T")


class Asked(Value):
    """A request, as far as the band can do something with it."""

    prompt: str
    lyrics: str
    task_type: str
    query: str
    """What the song is about, where everything is made from one sentence."""
    model: str
    bpm: int | None
    key_scale: str
    time_signature: str
    seconds: float | None
    """How long it is to be."""
    seeds: tuple[int | None, ...]
    """One for each audio; `None` is fresh."""
    audio_format: str
    src_audio_path: str
    reference_audio_path: str
    repainting_start: float
    repainting_end: float | None
    """`None` is the end of the sound."""
    cover_strength: float
    noise_strength: float
    tracks: tuple[str, ...]
    """Of which instruments there is talk."""

    @property
    def is_instrumental(self) -> bool:
        """Whether nobody is to sing: a server that is given no words has none to sing."""
        words = self.lyrics.strip().casefold()
        return words in _WORDLESS or (not words and not self.query)

    @property
    def words(self) -> str:
        """The words that are to be sung, if any are given."""
        return "" if self.is_instrumental else self.lyrics


def read_asked(sent: Mapping[str, Any], build: str) -> Asked:
    """Read what was sent, by the names that a build knows."""
    said = {field.name: _find(field, sent) for field in fields_of(build)}
    query = _text(said["sample_query"])
    if not query and _flag(said["sample_mode"], usual=False):
        query = _text(said["prompt"])
    style = (_text(said["prompt"]), _text(said.get("global_caption")))
    end = _number(float, said["repainting_end"])
    wished = _number(float, said["audio_duration"])
    form = _text(said["audio_format"])
    return Asked(
        prompt=", ".join(filter(None, style)),
        lyrics=_text(said["lyrics"]),
        task_type=_text(said["task_type"]) or "text2music",
        query=query,
        model=_text(said["model"]),
        bpm=_number(int, said["bpm"]),
        key_scale=_text(said["key_scale"]),
        time_signature=_text(said["time_signature"]),
        seconds=wished if wished and wished > 0 else None,
        seeds=tuple(_seeds(said)),
        audio_format=form if form in FORMATS else FORMATS[0],
        src_audio_path=_text(said["src_audio_path"]),
        reference_audio_path=_text(said["reference_audio_path"]),
        repainting_start=_number(float, said["repainting_start"]) or 0.0,
        repainting_end=None if end is None or end < 0 else end,
        cover_strength=_share(said["audio_cover_strength"], 1.0),
        noise_strength=_share(said["cover_noise_strength"], 0.0),
        tracks=tuple(_tracks(said)),
    )


def _find(field: Field, sent: Mapping[str, Any]) -> Any:
    """Return what was sent under any name of a field, at the top or nested."""
    for holder in (sent, *_nested(sent)):
        for name in field.names:
            if holder.get(name) is not None:
                return holder[name]
    return field.default


def _nested(sent: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for name in NESTED:
        inner = _parsed(sent.get(name))
        if isinstance(inner, dict):
            yield inner


def _parsed(value: Any) -> Any:
    """Return what a text holds as JSON, for forms know only texts."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def _number(kind: Callable[[float], T], value: Any) -> T | None:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return None if isinstance(value, bool) or not isfinite(number) else kind(number)


def _share(value: Any, usual: float) -> float:
    share = _number(float, value)
    return usual if share is None else min(1.0, max(0.0, share))


def _flag(value: Any, *, usual: bool) -> bool:
    if isinstance(value, bool):
        return value
    text = _text(value).casefold()
    return text in _YES if text else usual


def _seeds(said: Mapping[str, Any]) -> Iterator[int | None]:
    """Give a seed for each audio; those that are not named are fresh."""
    batch = _number(int, said["batch_size"]) or USUAL_BATCH
    named: Iterable[Any] = ()
    if not _flag(said["use_random_seed"], usual=True):
        value = said["seed"]
        named = value if isinstance(value, list) else str(value).split(",")
    seeds = [_number(int, each) for each in named]
    for place in range(max(1, min(LARGEST_BATCH, batch))):
        seed = seeds[place] if place < len(seeds) else None
        yield seed if seed is not None and 0 <= seed < SEEDS else None


def _tracks(said: Mapping[str, Any]) -> Iterator[str]:
    classes = _parsed(said["track_classes"])
    listed = classes if isinstance(classes, list) else _text(classes).split(",")
    for name in (said["track_name"], *listed):
        track = _text(name).casefold().replace("_", " ")
        if track:
            yield track
