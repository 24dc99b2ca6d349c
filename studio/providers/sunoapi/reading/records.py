"""Records: how far everything is that ends in files, facts, words or voices.

Whether it is done is said in three ways: a word, a number that means one thing here and another
there, or free text; so each kind names its numbers, and a result that is there counts.
"""

from collections.abc import Mapping
from typing import Any

from studio.providers.base import Finished, Progress, Refused, Working
from studio.providers.lenient import as_objects, as_text
from studio.providers.sunoapi.places import VOICE_MARK, joined
from studio.providers.sunoapi.reading import notes
from studio.providers.sunoapi.reading.answers import WHO, as_link, as_object, as_whole, first_link
from studio.providers.sunoapi.reading.refusals import failed
from studio.songs import Attached, Finding, SongRequest, SplitStems, Text

RUNS, DONE, BROKE = "runs", "done", "broke"
WORDS: Mapping[str, str] = {
    "": RUNS,
    "PENDING": RUNS,
    "RUNNING": RUNS,
    "GENERATING": RUNS,
    "CALLBACK_EXCEPTION": RUNS,
    "SUCCESS": DONE,
    "成功": DONE,
}
USUAL_NUMBERS: Mapping[int, str] = {0: RUNS, 1: DONE, 2: BROKE, 3: BROKE}
COVER_NUMBERS: Mapping[int, str] = {0: RUNS, 1: DONE, 2: RUNS, 3: BROKE}
"""Of cover images 2 means that it is running; of notes, that it failed."""
LATE = "what came of it is not there yet"
STEMS: Mapping[str, str] = {
    "vocal_url": "Vocals",
    "instrumental_url": "Instrumental",
    "backing_vocals_url": "Backing vocals",
    "drums_url": "Drums",
    "bass_url": "Bass",
    "guitar_url": "Guitar",
    "piano_url": "Piano",
    "keyboard_url": "Keyboard",
    "percussion_url": "Percussion",
    "strings_url": "Strings",
    "synth_url": "Synth",
    "fx_url": "FX",
    "brass_url": "Brass",
    "woodwinds_url": "Woodwinds",
}


def wav(record: Mapping[str, Any], request: SongRequest) -> Progress:  # noqa: ARG001 - one shape for all
    """Read where the sound without loss lies."""
    link = as_link(as_object(record.get("response")).get("audio_wav_url"))
    found = (Finding(kind=Attached.WAV, link=link),) if link else ()
    return _settled(record, found)


def video(record: Mapping[str, Any], request: SongRequest) -> Progress:  # noqa: ARG001 - one shape for all
    """Read where the film lies."""
    link = as_link(as_object(record.get("response")).get("video_url"))
    found = (Finding(kind=Attached.VIDEO, link=link),) if link else ()
    return _settled(record, found)


def covers(record: Mapping[str, Any], request: SongRequest) -> Progress:  # noqa: ARG001 - one shape for all
    """Read where the pictures lie."""
    told = as_object(record.get("response")).get("images")
    links = [link for one in (told if isinstance(told, list) else ()) if (link := as_link(one))]
    found = tuple(
        Finding(kind=Attached.COVER, name=f"Picture {number}", link=link)
        for number, link in enumerate(links, start=1)
    )
    return _settled(record, found, COVER_NUMBERS)


def stems(record: Mapping[str, Any], request: SongRequest) -> Progress:
    """Read where each instrument lies; unused ones are told of as nothing."""
    response, task = as_object(record.get("response")), as_text(record.get("task_id"))
    items = as_objects(response.get("origin_data"))
    if any(item.keys() & {"extract", "remove"} for item in items):
        return _settled(record, _one_and_the_rest(items, task, request))
    ids = {as_link(item.get("audio_url")): as_text(item.get("id")) for item in items}
    named = {name: as_link(response.get(key)) for key, name in STEMS.items()}
    if not any(named.values()):
        named = {_called(item): as_link(item.get("audio_url")) for item in items}
    found = tuple(
        _stem(name, link, task, ids.get(link, "")) for name, link in named.items() if link
    )
    return _settled(record, found)


def midi(record: Mapping[str, Any], request: SongRequest) -> Progress:  # noqa: ARG001 - one shape for all
    """Read the notes, and write them as a file."""
    told = as_object(record.get("midi_data"))
    parts = notes.instruments(told.get("instruments"))
    if not parts:
        is_whole = as_text(told.get("state")) == "complete"
        silent = Refused(reason=f"{WHO} found no notes in it. Try it with another song.")
        return silent if is_whole and _state(record) == DONE else _settled(record, ())
    finding = Finding(
        kind=Attached.MIDI, link=notes.to_link(parts), facts={"instruments": [*parts]}
    )
    return _settled(record, (finding,))


def lyrics(record: Mapping[str, Any], request: SongRequest) -> Progress:  # noqa: ARG001 - one shape for all
    """Read the versions of words; one of them may have failed."""
    told = as_objects(as_object(record.get("response")).get("data"))
    texts = tuple(
        Text(title=as_text(one.get("title")), text=as_text(one.get("text")))
        for one in told
        if as_text(one.get("text")) and as_text(one.get("status")) != "failed"
    )
    state = _state(record)
    if texts and (state in {DONE, BROKE} or _flag(record) == "CALLBACK_EXCEPTION"):
        return Finished(texts=texts)
    reasons = [as_text(one.get("error_message")) for one in told]
    if state == DONE and any(reasons):
        return failed(None, next(filter(None, reasons)))
    return _settled(record, ())


def phrase(record: Mapping[str, Any], request: SongRequest) -> Progress:  # noqa: ARG001 - one shape for all
    """Read the phrase that is to be sung."""
    text, state = as_text(record.get("validate_info")), as_text(record.get("status"))
    if text and state in {"wait_validating", "success"}:
        return Finished(texts=(Text(text=text),))
    return _voiced(record, state)


def voice(record: Mapping[str, Any], request: SongRequest) -> Progress:  # noqa: ARG001 - one shape for all
    """Read the id of a voice."""
    remote, state = as_text(record.get("voice_id")), as_text(record.get("status"))
    if remote and state == "success":
        return Finished(persona=f"{VOICE_MARK}{remote}")
    return _voiced(record, state)


def _settled(
    record: Mapping[str, Any],
    found: tuple[Finding, ...],
    numbers: Mapping[int, str] = USUAL_NUMBERS,
) -> Progress:
    """Say how far it is; what could not be told to us may be there all the same."""
    state, flag = _state(record, numbers), _flag(record)
    if found and (state in {DONE, BROKE} or flag == "CALLBACK_EXCEPTION"):
        return Finished(findings=found)
    if state == BROKE:
        return failed(record.get("error_code"), _reason(record), flag)
    if state == DONE:
        return Working(doing=LATE)
    return Working(unknown=None if state == RUNS else flag)


def _state(record: Mapping[str, Any], numbers: Mapping[int, str] = USUAL_NUMBERS) -> str:
    flag = _flag(record)
    number = as_whole(flag)
    if number is not None:
        return numbers.get(number, "")
    if flag.upper().endswith(("FAILED", "_ERROR", "失败")):
        return BROKE
    return WORDS.get(flag.upper(), "")


def _flag(record: Mapping[str, Any]) -> str:
    """Return the word or number that says how far it is."""
    told = record.get("success_flag")
    flag = record.get("status") if told is None else told
    number = as_whole(flag)
    return as_text(flag) if number is None else str(number)


def _reason(record: Mapping[str, Any]) -> object:
    return record.get("error_message") or record.get("error_msg")


def _voiced(record: Mapping[str, Any], state: str) -> Progress:
    if state.endswith("fail") or _state(record) == BROKE:
        return failed(record.get("error_code"), _reason(record), state)
    runs = state in {"", "wait_processing", "processing_validate", "wait_validating", "success"}
    return Working(unknown=None if runs else state)


def _one_and_the_rest(
    items: list[dict[str, Any]], task: str, request: SongRequest
) -> tuple[Finding, ...]:
    wished = request.instrument if isinstance(request, SplitStems) else ""
    found: list[Finding] = []
    for item in items:
        for part in ("extract", "remove"):
            told = as_object(item.get(part))
            name = wished or as_text(told.get("stem_type_group_name")) or "One"
            link = first_link(told.get("audio_url"), item.get(part))
            if link:
                called = name if part == "extract" else f"Without {name}"
                found.append(_stem(called, link, task, as_text(told.get("id"))))
    return tuple(found)


def _called(item: dict[str, Any]) -> str:
    return as_text(item.get("stem_type_group_name")) or as_text(item.get("id")) or "Stem"


def _stem(name: str, link: str | None, task: str, sound: str) -> Finding:
    return Finding(kind=Attached.STEM, name=name, link=link, remote=joined(task, sound) or task)
