"""What the emulated sunoapi.org tells by itself: stages, shapes, repeats, signatures."""

import base64
import hashlib
import hmac

import pytest

from studio.emulator.dialects.sunoapi.desk import CALLBACK, NAME
from tests.contract.sunoapi_calls import (
    BODIES,
    GENERATE,
    LongBand,
    body_of,
    credits_left,
    finished,
    look,
    open_counter,
    song,
    submit,
    switch,
    uploaded,
)
from tests.emulator.desk import KEY
from tests.emulator.letterbox import open_letterbox


@pytest.fixture
def box():
    with open_letterbox() as box:
        yield box


@pytest.fixture
def desk(open_one):
    return open_counter(open_one)


def stages(box):
    return [letter.json["data"]["callbackType"] for letter in box.letters]


def told(desk, box, count=1):
    """Return what was told, once it is so much."""
    desk.until(lambda: len(box.letters), lambda letters: letters >= count)
    return [letter.json for letter in box.letters]


def ask(desk, box, path="generate", body=GENERATE, **more):
    return submit(desk, path, body | {"callBackUrl": box.url} | more)


def test_music_is_told_in_three_stages(open_one, box):
    desk = open_one(musicians=LongBand(), pace="looks:2")
    task = ask(desk, box)
    text, first, complete = told(desk, box, 3)
    assert stages(box) == ["text", "first", "complete"]
    assert {each["data"]["task_id"] for each in (text, first, complete)} == {task}
    assert (text["msg"], text["data"]["data"]) == ("Text generation completed.", [])
    assert first["msg"] == "First audio generated successfully."
    going = next(clip for clip in first["data"]["data"] if not clip["audio_url"])
    assert not {"source_audio_url", "duration"} & going.keys()
    assert complete["msg"] == "All generated successfully."


def test_a_callback_names_in_snake_case_but_for_one(desk, box):
    ask(desk, box)
    complete = desk.until(
        lambda: next((x.json for x in box.letters if x.json["msg"].startswith("All")), None), bool
    )
    assert set(complete["data"]["data"][0]) == {
        "id",
        "audio_url",
        "source_audio_url",
        "stream_audio_url",
        "source_stream_audio_url",
        "image_url",
        "source_image_url",
        "prompt",
        "model_name",
        "title",
        "tags",
        "createTime",
        "duration",
    }
    assert box.letters[0].headers["content-type"] == "application/json"
    assert not [name for name in box.letters[0].headers if name.startswith("x-webhook")]


@pytest.mark.parametrize(("family", "code"), [("A", 400), ("B", 501)])
def test_a_failure_is_told_with_the_code_of_the_family(desk, box, family, code):
    switch(desk, family=family)
    desk.fault(NAME, "generate", "failure")
    task = ask(desk, box)
    (failure,) = told(desk, box)
    assert failure["code"] == code
    assert failure["data"] == {"callbackType": "error", "task_id": task, "data": None}
    assert credits_left(desk) == 1000


def test_a_section_is_told_when_it_is_complete_only(desk, box):
    path = "generate/replace-section"
    ask(desk, box, path, body_of(desk, path))
    told(desk, box)
    assert stages(box) == ["complete"]


def test_what_was_told_a_look_shows(open_one, box):
    desk = open_one(musicians=LongBand(), pace="looks:3")
    task = ask(desk, box)
    told(desk, box, 3)
    assert look(desk, task)["status"] == "SUCCESS"


SHAPES = {
    "lyrics": ("A", {"callbackType", "taskId", "data"}),
    "lyrics of the twin": ("B", {"callbackType", "task_id", "data"}),
    "wav/generate": ("A", {"audioWavUrl", "task_id"}),
    "vocal-removal/generate": ("A", {"task_id", "vocal_removal_info"}),
    "vocal-removal/generate of the twin": ("B", {"task_id", "vocal_separation_info"}),
    "mp4/generate": ("A", {"task_id", "video_url"}),
    "suno/cover/generate": ("A", {"taskId", "images"}),
}


@pytest.mark.parametrize("case", SHAPES)
def test_every_kind_of_task_is_told_in_its_shape(desk, box, case):
    family, members = SHAPES[case]
    switch(desk, family=family)
    path = case.partition(" ")[0]
    body = {"prompt": "trains"} if path == "lyrics" else song(desk)
    ask(desk, box, path, body)
    (letter,) = told(desk, box)
    assert letter["code"] == 200
    assert set(letter["data"]) == members
    assert all(letter["data"].values())


@pytest.mark.parametrize(("family", "code"), [("A", 400), ("B", 500)])
def test_what_came_to_nothing_is_told_without_a_link(desk, box, family, code):
    switch(desk, family=family)
    desk.fault(NAME, "wav/generate", "failure")
    task = ask(desk, box, "wav/generate", song(desk))
    (letter,) = told(desk, box)
    assert (letter["code"], letter["data"]) == (code, {"audioWavUrl": None, "task_id": task})


def test_notes_are_told_with_times_as_texts(desk, box):
    task = submit(desk, "vocal-removal/generate", GENERATE | song(desk))
    finished(desk, task, "vocal-removal")
    ask(desk, box, "midi/generate", {"taskId": task})
    (letter,) = told(desk, box)
    assert letter["data"]["instruments"][0]["notes"][0]["start"] == "0.0"


def test_recovery_is_told_without_an_envelope(desk, box):
    task = song(desk)["taskId"]
    recovering = ask(desk, box, "suno/recovery", {"sunoTaskId": task})
    (letter,) = told(desk, box)
    assert (letter["code"], letter["task_id"]) == (200, recovering)
    assert [each["status"] for each in letter["data"]] == ["success", "success"]


def test_another_phrase_is_told_where_its_own_field_says(desk, box):
    body = {"vocalStartS": 0, "vocalEndS": 10, "language": "en"}
    task = ask(desk, box, "voice/validate", body | {"voiceUrl": uploaded(desk, 12.0)})
    (first,) = told(desk, box)
    submit(desk, "voice/regenerate", {"taskId": task, "calBackUrl": box.url})
    again = told(desk, box, 2)[1]
    assert (again["data"]["errorCode"], again["data"]["errorMessage"]) == (0, "")
    assert first["data"]["validateInfo"] != again["data"]["validateInfo"]


@pytest.mark.parametrize("statuses", [[500], [201, 404]])
def test_whatever_is_not_answered_with_200_is_told_again(open_one, box, monkeypatch, statuses):
    monkeypatch.setattr("studio.emulator.dialects.sunoapi.desk.WAITS", (0.0, 0.0, 0.0))
    desk = open_one(musicians=LongBand())
    box.statuses += statuses
    ask(desk, box, "lyrics", {"prompt": "trains"})
    letters = told(desk, box, len(statuses) + 1)
    assert len(letters) == len(statuses) + 1
    assert letters[0] == letters[-1]


def test_three_more_failures_end_it(open_one, box, monkeypatch):
    monkeypatch.setattr("studio.emulator.dialects.sunoapi.desk.WAITS", (0.0, 0.0, 0.0))
    desk = open_one(musicians=LongBand())
    box.statuses += [500] * 9
    ask(desk, box, "lyrics", {"prompt": "trains"})
    told(desk, box, 4)
    task = ask(desk, box, "lyrics", {"prompt": "rain"})
    letters = told(desk, box, 5)
    assert [each["data"]["taskId"] for each in letters[4:]] == [task] * len(letters[4:])


@pytest.mark.parametrize(("kind", "count"), [("twice", 2), ("lost", 0)])
def test_what_is_told_can_go_wrong(desk, box, kind, count):
    desk.fault(NAME, CALLBACK, kind)
    finished(desk, ask(desk, box, "lyrics", {"prompt": "trains"}), "lyrics")
    task = ask(desk, box, "lyrics", {"prompt": "rain"})
    letters = told(desk, box, count + 1)
    assert [each["data"]["taskId"] == task for each in letters] == [False] * count + [True]


def test_a_switch_signs_as_the_twin_does(desk, box):
    switch(desk, signed="yes")
    task = ask(desk, box, "lyrics", {"prompt": "trains"})
    told(desk, box)
    headers = box.letters[0].headers
    signed = f"{task}.{headers['x-webhook-timestamp']}".encode()
    digest = hmac.new(KEY.encode(), signed, hashlib.sha256).digest()
    assert headers["x-webhook-signature"] == base64.b64encode(digest).decode()


@pytest.mark.parametrize("where", ["https://host.invalid/x", "nowhere", "http://example.com/x"])
def test_a_placeholder_will_do_where_nobody_wants_to_be_told(desk, where):
    task = submit(desk, "generate", GENERATE | {"callBackUrl": where})
    assert finished(desk, task)["status"] == "SUCCESS"


@pytest.mark.parametrize("path", ["generate/replace-section", "generate/sounds"])
def test_some_need_nobody_to_be_told(desk, path):
    body = {name: value for name, value in body_of(desk, path).items() if name != "callBackUrl"}
    assert BODIES[path].items() <= body.items()
    assert finished(desk, submit(desk, path, body))["status"] == "SUCCESS"
