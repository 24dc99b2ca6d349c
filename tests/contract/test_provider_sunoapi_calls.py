"""What sunoapi.org tells by itself: heard without a signature, and never believed too early."""

import json
from typing import Any

import pytest

from studio.errors import AnswerUnreadable
from studio.providers.base import Finished, Refused, Working
from studio.providers.materials import Call
from tests.contract.sunoapi_far_away import MADE, NOW, OTHER, TASK, asked, samples, vendor

CALLS = samples("calls")
SONG = asked(ability="create", style="pop")
SUNO = vendor(200, {})


def hear(body: object, **headers: str) -> Any:
    said = body if isinstance(body, bytes) else json.dumps(body).encode()
    return SUNO.hear(Call(headers=headers, body=said, secret="s", at=NOW))


def read(name: str, request: Any = SONG, **changes: Any) -> Any:
    body = json.loads(json.dumps(CALLS[name]["body"])) | changes
    return SUNO.read(json.dumps(body), request)


def test_a_call_needs_no_signature_and_none_is_judged():
    body = CALLS["music_complete"]["body"]
    signed = {"x-webhook-signature": "nonsense", "x-webhook-timestamp": "1"}
    assert hear(body) == hear(body, **signed)
    assert hear(body).remote == TASK


def test_the_same_told_twice_is_the_same_news_and_the_next_stage_is_not():
    first, complete = CALLS["music_first"]["body"], CALLS["music_complete"]["body"]
    assert hear(first).id == hear(first).id
    assert hear(first).id != hear(complete).id


@pytest.mark.parametrize("place", ["task_id", "taskId"])
def test_the_task_is_found_wherever_it_stands(place):
    assert hear({"code": 200, "data": {place: "t-1"}}).remote == "t-1"
    assert hear({"code": 200, place: "t-1", "data": []}).remote == "t-1"


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"[" * 100_000, {}, {"data": {}}, {"data": 7}]
)
def test_what_is_of_no_task_is_not_of_interest(body):
    assert hear(body) is None


def test_a_first_song_is_never_the_end():
    progress = read("music_first")
    assert isinstance(progress, Working)
    assert [take.finished for take in progress.takes] == [True, False]
    complete = CALLS["music_complete"]["body"]["data"]
    early = SUNO.read(json.dumps({"code": 200, "data": complete | {"callbackType": "first"}}), SONG)
    assert isinstance(early, Working)
    assert [take.finished for take in early.takes] == [True, True]


def test_a_call_without_a_stage_ends_nothing():
    told = CALLS["music_complete"]["body"]["data"] | {"callbackType": None}
    progress = SUNO.read(json.dumps({"code": 200, "data": told}), SONG)
    assert isinstance(progress, Working)
    assert progress.unknown is None


def test_takes_of_calls_and_of_looks_are_the_same():
    told = read("music_complete").takes
    looked = vendor(200, samples("answers")["music_done_live"]["body"]).check(TASK, SONG).takes
    assert told == looked
    assert [take.remote for take in told] == [MADE, f"{TASK}/{OTHER}"]


def test_words_that_are_written_are_told_of():
    progress = read("music_text")
    assert (progress.doing, progress.takes) == ("the words are written", ())
    later = read("music_text", data=CALLS["music_text"]["body"]["data"] | {"callbackType": "remix"})
    assert later.unknown == "remix"


@pytest.mark.parametrize("code", [400, 501, 531])
def test_an_error_ends_it_with_its_words(code):
    progress = read("music_error", code=code)
    assert isinstance(progress, Refused)
    assert "Music generation failed." in progress.reason
    assert progress.refunded is (True if code == 531 else None)


def test_a_failure_of_a_section_says_what_the_vendor_says():
    request = asked(ability="replace", source="song", lyrics="x", window={"start": 0, "end": 9})
    progress = read("replace_error", request)
    assert "please check if the parameters are correct" in progress.reason


def test_a_stem_is_read_under_either_name():
    request = asked(ability="stems", source="song")
    ours, twins = read("stems_done", request), read("stems_done_twin", request)
    assert ours == twins
    assert isinstance(ours, Finished)
    assert {one.remote for one in ours.findings} == {TASK}


@pytest.mark.parametrize("told", ["", "<html>", "[]", "[" * 100_000, "\ud800"])
def test_nonsense_is_looked_for_instead(told):
    with pytest.raises(AnswerUnreadable):
        SUNO.read(told, SONG)


@pytest.mark.parametrize("ability", ["upload", "timeline"])
def test_nobody_is_called_about_what_is_answered_at_once(ability):
    with pytest.raises(AnswerUnreadable):
        SUNO.read(json.dumps(CALLS["music_complete"]["body"]), asked(ability=ability, source="s"))
