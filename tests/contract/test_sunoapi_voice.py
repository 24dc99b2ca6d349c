"""Personas and voices at the emulated sunoapi.org, and who sings with them."""

import pytest

from tests.contract.sunoapi_calls import (
    BASE,
    CALL,
    credits_left,
    made,
    open_counter,
    post,
    song,
    submit,
    uploaded,
    uses,
)

PERSONA = {"name": "Anna", "description": "low and warm"}
PHRASE = {"vocalStartS": 1, "vocalEndS": 11, "language": "de"}


@pytest.fixture
def desk(open_one):
    return open_counter(open_one)


def validating(desk, task):
    told = desk.http.get(f"{BASE}/voice/validate-info", params={"taskId": task}).json()
    return told["data"]


def phrase(desk, **more):
    """Return the id of a phrase that is there to be said."""
    task = submit(desk, "voice/validate", PHRASE | {"voiceUrl": uploaded(desk, 12.0)}, **more)
    desk.until(lambda: validating(desk, task), lambda told: told["status"] != "wait_processing")
    return task


def voice(desk, said):
    """Return the record of a voice that was made."""
    sent = {"taskId": said, "verifyUrl": uploaded(desk, 2.0), "voiceName": "Anna"}
    task = submit(desk, "voice/generate", sent)
    return desk.until(
        lambda: desk.http.get(f"{BASE}/voice/record-info", params={"taskId": task}).json()["data"],
        lambda told: told["status"] != "wait_processing",
    )


def test_the_voice_of_a_song_is_kept_and_sings(desk):
    told = post(desk, "generate/generate-persona", song(desk) | PERSONA).json()["data"]
    assert (told["name"], told["description"]) == ("Anna", "low and warm")
    options = uses(desk, "persona")[0].options
    # The usual end, 30 s, would be behind that of the song.
    assert (options["start_seconds"], round(options["end_seconds"])) == (0, 24)
    made(desk, personaId=told["personaId"])
    assert desk.musicians.played[-1][0].persona.name == "Anna"
    assert credits_left(desk) == 1000 - 2 * 12


def test_a_song_has_one_persona(desk):
    body = song(desk) | PERSONA
    codes = [post(desk, "generate/generate-persona", body).json()["code"] for _ in range(2)]
    assert codes == [200, 409]


@pytest.mark.parametrize(("start", "end", "code"), [(0, 9.99, 400), (0, 30.01, 400), (2, 12, 200)])
def test_a_persona_listens_for_ten_to_thirty_seconds(desk, start, end, code):
    body = song(desk) | PERSONA | {"vocalStart": start, "vocalEnd": end}
    assert post(desk, "generate/generate-persona", body).json()["code"] == code


def test_a_phrase_is_in_the_language_that_is_asked_for(desk):
    told = validating(desk, phrase(desk))
    assert (told["status"], told["errorCode"]) == ("wait_validating", None)
    assert any(letter in told["validateInfo"] for letter in "üä")


def test_another_phrase_can_be_had(desk):
    task = phrase(desk)
    first = validating(desk, task)["validateInfo"]
    assert submit(desk, "voice/regenerate", {"taskId": task}) == task
    assert validating(desk, task)["validateInfo"] != first


def test_a_voice_is_made_of_the_window_and_sings(desk):
    said = phrase(desk)
    record = voice(desk, said)
    assert record["status"] == "success"
    wished = {"name": "Anna", "start_seconds": 1, "end_seconds": 11, "alone": True}
    assert uses(desk, "persona")[0].options == wished
    assert validating(desk, said)["status"] == "success"
    usable = post(desk, "voice/check-voice", {"task_id": record["taskId"]}).json()["data"]
    assert usable == {"isAvailable": True}
    made(desk, personaId=record["voiceId"], personaModel="voice_persona")
    assert desk.musicians.played[-1][0].persona.name == "Anna"


def test_after_its_voice_is_made_a_phrase_is_not_changed(desk):
    said = phrase(desk)
    voice(desk, said)
    told = post(desk, "voice/regenerate", {"taskId": said}).json()
    assert (told["code"], "does not require a retry" in told["msg"]) == (400, True)


def test_a_recording_that_cannot_be_fetched_has_no_phrase(desk):
    task = phrase(desk, voiceUrl=f"{desk.url}/shelf/nothing.wav")
    told = validating(desk, task)
    assert (told["status"], told["errorCode"]) == ("processing_validate_fail", 451)
    assert told["validateInfo"] is None


@pytest.mark.parametrize(
    ("path", "sent", "text"),
    [
        (
            "voice/generate",
            {"taskId": "x", "verifyUrl": "https://a.example/b"},
            "Validate record not found",
        ),
        ("voice/check-voice", {"task_id": "x"}, "Voice record not found"),
        (
            "voice/validate",
            PHRASE | {"voiceUrl": "https://a.example/b", "vocalEndS": 1},
            "vocalEndS must be greater than vocalStartS",
        ),
        (
            "voice/validate",
            PHRASE | {"voiceUrl": "https://a.example/b", "language": "xx"},
            "language must be one of en, zh, es, fr, pt, de, ja, ko, hi, ru",
        ),
        (
            "voice/validate",
            PHRASE | {"voiceUrl": ["https://a.example/b"] * 2},
            "voiceUrl must be a valid URL",
        ),
        (
            "voice/validate",
            PHRASE | {"voiceUrl": "https://a.example/b", "vocalStartS": 0.5},
            "vocalStartS must be an integer of 0 or more",
        ),
    ],
)
def test_what_will_not_do_is_refused_at_once(desk, path, sent, text):
    assert post(desk, path, CALL | sent).json() == {"code": 400, "msg": text, "data": None}
