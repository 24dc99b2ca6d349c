"""AI Music API as its pages print it: every sample is understood, and no damage is a surprise."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.errors import (
    AnswerUnreadable,
    Doubtful,
    NotTaken,
    RemoteUnknown,
    VendorRefused,
    VendorTrouble,
)
from studio.providers.aimusicapi import AIMusicAPI
from studio.providers.base import Finished, Refused, Started, Working
from studio.providers.limits import Balance
from studio.providers.materials import NOTHING
from studio.providers.wire import Wire
from studio.songs import CreateSong

KEY = "secret-key-1234"
REQUEST = CreateSong(style="pop", lyrics="[Verse]\nHello")
TASK = "468d0e42-f7a6-40ce-9a4c-37db56b13b99"

CLIP = {
    "clip_id": "26c9c592-0566-46cf-bb71-91ac1deaa7b5",
    "state": "succeeded",
    "title": "Starry Night",
    "tags": "pop, electronic",
    "lyrics": "[Verse]\nStars",
    "image_url": "https://cdn2.suno.ai/image_26c9.jpeg",
    "audio_url": "https://cdn1.suno.ai/26c9.mp3",
    "video_url": None,
    "created_at": "2026-01-22T01:28:52.000Z",
    "mv": "chirp-v5",
    "gpt_description_prompt": None,
    "duration": "104.88",
    "negative_tags": None,
    "style_weight": None,
    "weirdness_constraint": None,
}
RUNNING = CLIP | {
    "state": "running",
    "audio_url": "https://audiopipe.suno.ai/?item_id=26c9",
    "duration": None,
}
FAILED = CLIP | {"state": "failed", "audio_url": "", "error_message": "Moderation failure."}
NOT_READY = {
    "code": 202,
    "type": "not_ready",
    "error": "Task is still processing. Please wait a few seconds and try again.",
}
SUBMITTED = {"message": "success", "task_id": TASK}


def data(*clips: Any) -> dict[str, Any]:
    return {"code": 200, "data": list(clips), "message": "success"}


def vendor(status: int, body: object, *, headers: dict[str, str] | None = None) -> AIMusicAPI:
    """Return the provider at a vendor that always says the same."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=content, headers=headers)

    wire = Wire(
        "https://api.example", KEY, who="AI Music API", transport=httpx.MockTransport(answer)
    )
    return AIMusicAPI(wire)


@pytest.mark.parametrize(
    "body",
    [SUBMITTED, SUBMITTED | {"code": 200}, {"code": 200, "data": {"task_id": TASK}}],
)
def test_the_id_of_a_task_is_found_wherever_it_stands(body):
    assert vendor(200, body).start(REQUEST, NOTHING) == Started(remote=TASK)


@pytest.mark.parametrize(
    "body",
    [{}, {"message": "success"}, {"task_id": None}, {"task_id": ""}, [], b"", b"<html>", b"\xff"],
)
def test_an_order_without_a_readable_id_is_never_taken_as_refused(body):
    with pytest.raises(AnswerUnreadable):
        vendor(200, body).start(REQUEST, NOTHING)


REFUSALS = [
    (400, "validation_error", "The 'mv' field is invalid. The model should be 'chirp-v4'."),
    (400, "validation_error", "The 'make_instrumental' field should be boolean."),
    (400, "validation_error", "The prompt character length should be less than 3000."),
    (400, "validation_error", "The title character length should be less than 80."),
    (401, "unauthorized", "Authorization header is missing."),
    (401, "unauthorized", "Invalid authorization format."),
    (401, "unauthorized", "Invalid API key"),
    (401, "unauthorized", "The key is not known."),
    (
        403,
        "insufficient_credits",
        "The remaining credits are not enough. You can buy more one-time credit packs.",
    ),
    (402, "insufficient_credits", "The remaining credits are not enough."),
    (403, "forbidden", "You do not have an active subscription."),
    (403, "forbidden", "The lyrics format is invalid. Please check and try again."),
    (403, "forbidden", "The lyrics contain copyrighted content: 'x'. Please use original lyrics."),
    (403, "forbidden", "The lyrics contain inappropriate content: 'x'."),
    (403, "forbidden", "The song description needs moderation review."),
    (403, "forbidden", "The song description contains artist names: 'x' which is not allowed."),
    (403, "forbidden", "The song description contains producer tags: 'x' which is not allowed."),
    (410, "endpoint_retired", "This endpoint is gone."),
]


@pytest.mark.parametrize(("status", "kind", "text"), REFUSALS)
def test_a_documented_refusal_is_told_in_its_own_words(status, kind, text):
    with pytest.raises(VendorRefused) as refusal:
        vendor(status, {"type": kind, "error": text}).start(REQUEST, NOTHING)
    assert text in str(refusal.value)


def test_a_vendor_that_repeats_the_key_does_not_make_us_show_it():
    with pytest.raises(VendorRefused) as refusal:
        vendor(401, {"error": f"The key {KEY} is wrong."}).start(REQUEST, NOTHING)
    assert KEY not in str(refusal.value)


@pytest.mark.parametrize("name", ["detail", "error", "message"])
def test_the_reason_is_read_from_whichever_member_has_it(name):
    with pytest.raises(VendorRefused, match="because"):
        vendor(403, {"type": "forbidden", name: "because"}).start(REQUEST, NOTHING)


def test_a_refusal_inside_an_answer_that_calls_itself_fine_is_a_refusal():
    body = {"code": 403, "type": "insufficient_credits", "error": "Not enough."}
    with pytest.raises(VendorRefused, match="Not enough"):
        vendor(200, body).start(REQUEST, NOTHING)


@pytest.mark.parametrize(
    ("status", "headers", "wish"),
    [(429, {}, 3.0), (429, {"Retry-After": "20"}, 20.0), (503, {"Retry-After": "soon"}, None)],
)
def test_a_rate_limit_was_surely_not_taken(status, headers, wish):
    with pytest.raises(NotTaken) as busy:
        vendor(status, {"type": "rate_limited"}, headers=headers).start(REQUEST, NOTHING)
    assert busy.value.retry_after == wish


@pytest.mark.parametrize("status", [408, 409, 418, 500, 502, 504, 520, 302])
@pytest.mark.parametrize("body", [{"type": "api_error", "error": "Oops."}, b"<html>", b""])
def test_any_other_answer_to_an_order_is_doubtful(status, body):
    with pytest.raises(Doubtful):
        vendor(status, body).start(REQUEST, NOTHING)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (202, NOT_READY),
        (200, NOT_READY),
        (102, {}),
        (200, data()),
        (200, {"code": 200, "data": None, "message": "success"}),
        (200, {"code": 200, "message": "success"}),
    ],
)
def test_not_ready_means_wait(status, body):
    assert vendor(status, body).check(TASK, REQUEST) == Working()


def test_a_running_clip_can_be_heard_before_it_has_a_length():
    progress = vendor(200, data(RUNNING, RUNNING)).check(TASK, REQUEST)
    assert isinstance(progress, Working)
    take = progress.takes[0]
    assert (take.early, take.sound, take.length, take.finished) == (
        RUNNING["audio_url"],
        None,
        None,
        False,
    )


def test_clips_finish_one_after_the_other():
    progress = vendor(200, data(CLIP, RUNNING)).check(TASK, REQUEST)
    assert isinstance(progress, Working)
    assert [take.finished for take in progress.takes] == [True, False]


def test_a_task_is_over_when_every_clip_is():
    progress = vendor(200, data(CLIP, FAILED)).check(TASK, REQUEST)
    assert isinstance(progress, Finished)
    assert [take.failed for take in progress.takes] == [None, "Moderation failure."]


def test_a_finished_clip_is_told_in_our_words():
    progress = vendor(200, data(CLIP)).check(TASK, REQUEST)
    take = progress.takes[0]
    assert (take.number, take.title, take.style, take.remote) == (
        1,
        "Starry Night",
        "pop, electronic",
        CLIP["clip_id"],
    )
    assert (take.sound, take.cover, take.length) == (CLIP["audio_url"], CLIP["image_url"], 104.88)


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (179, 179),
        (179.5, 179.5),
        ("104.88", 104.88),
        (None, None),
        ("", None),
        ("long", None),
        (-1, None),
        ("nan", None),
        ("inf", None),
        (10**400, None),
        (True, None),
        ([], None),
    ],
)
def test_a_length_is_read_however_it_is_written(told, read):
    progress = vendor(200, data(CLIP | {"duration": told})).check(TASK, REQUEST)
    assert progress.takes[0].length == read


@pytest.mark.parametrize("state", ["processing", "queued", "SUCCEEDED", "完成"])
def test_an_unknown_state_is_named_and_worth_another_look(state):
    progress = vendor(200, data(CLIP, CLIP | {"state": state})).check(TASK, REQUEST)
    assert isinstance(progress, Working)
    assert progress.unknown == state


def test_success_without_a_sound_is_not_there_yet():
    assert isinstance(vendor(200, data(CLIP | {"audio_url": ""})).check(TASK, REQUEST), Working)


@pytest.mark.parametrize("status", [200, 400, 403, 500])
def test_a_task_that_failed_as_a_whole_is_refused_with_its_refund(status):
    body = {"type": "failed", "message": "Upstream failed.", "refund_processed": True}
    progress = vendor(status, body).check(TASK, REQUEST)
    assert isinstance(progress, Refused)
    assert progress.refunded is True
    assert "Upstream failed." in progress.reason


def test_a_task_that_timed_out_was_refunded():
    text = "Task failed due to timeout. Credits were previously refunded."
    progress = vendor(504, {"type": "timeout", "error": text}).check(TASK, REQUEST)
    assert progress == Refused(reason=f"AI Music API gave up on it: {text}", refunded=True)


def test_a_gateway_that_gives_up_says_nothing_about_the_task():
    with pytest.raises(Doubtful):
        vendor(504, b"<html>504 Gateway Time-out</html>").check(TASK, REQUEST)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"type": "validation_error", "error": "task not found."}),
        (404, {"type": "not_found", "error": "Task missing"}),
        (404, {"error": "Task not found"}),
        (404, {"type": "not_found", "message": "No such task.", "refund_processed": False}),
    ],
)
def test_an_unknown_task_is_unknown_by_either_number(status, body):
    with pytest.raises(RemoteUnknown):
        vendor(status, body).check(TASK, REQUEST)


def test_credits_of_the_month_and_bought_ones_are_added():
    assert vendor(200, {"credits": 50, "extra_credits": 5}).balance() == Balance(amount=55)


@pytest.mark.parametrize("body", [{}, [], b"50", {"credits": "many"}, {"code": 401}])
def test_a_balance_that_is_not_told_is_not_made_up(body):
    with pytest.raises(VendorTrouble):
        vendor(200, body).balance()


def sent(request: CreateSong) -> dict[str, Any]:
    """Return the body that goes out for `request`."""
    bodies = []

    def answer(call: httpx.Request) -> httpx.Response:
        assert call.headers["Authorization"] == f"Bearer {KEY}"
        assert (call.method, call.url.path) == ("POST", "/api/v1/sonic/create")
        bodies.append(json.loads(call.content))
        return httpx.Response(200, json=SUBMITTED)

    transport = httpx.MockTransport(answer)
    AIMusicAPI(Wire("https://api.example", KEY, who="AI", transport=transport)).start(
        request, NOTHING
    )
    return bodies[0]


USUAL = {
    "task_type": "create_music",
    "mv": "sonic-v5",
    "make_instrumental": False,
    "use_suno_cdn": False,
}


@pytest.mark.parametrize(
    ("request_", "mode"),
    [
        (
            {"style": "pop", "lyrics": "[Verse]\nHi", "title": "Hello"},
            {"custom_mode": True, "prompt": "[Verse]\nHi", "tags": "pop", "title": "Hello"},
        ),
        (
            {"description": "a rainy day"},
            {"custom_mode": False, "gpt_description_prompt": "a rainy day"},
        ),
        (
            {"style": "pop", "description": "a rainy day"},
            {"custom_mode": True, "auto_lyrics": True, "prompt": "a rainy day", "tags": "pop"},
        ),
        (
            {"style": "pop", "instrumental": True},
            {"custom_mode": True, "make_instrumental": True, "tags": "pop"},
        ),
        (
            {"description": "rain", "instrumental": True},
            {
                "custom_mode": False,
                "make_instrumental": True,
                "gpt_description_prompt": "rain",
            },
        ),
    ],
)
def test_each_way_of_asking_is_one_of_the_vendors_modes(request_, mode):
    assert sent(CreateSong(**request_)) == USUAL | mode


def test_every_wish_is_sent_in_the_vendors_words():
    wish = CreateSong(
        style="pop",
        lyrics="Hi",
        voice="female",
        model="chirp-v4-5",
        length=90.4,
        exclude="drums",
        style_weight=0.0,
        weirdness=1.0,
    )
    assert sent(wish) == USUAL | {
        "mv": "sonic-v4-5",
        "custom_mode": True,
        "prompt": "Hi",
        "tags": "pop",
        "vocal_gender": "f",
        "duration": 90,
        "negative_tags": "drums",
        "style_weight": 0.0,
        "weirdness_constraint": 1.0,
    }


@pytest.mark.parametrize(
    ("request_", "amount"),
    [
        ({"style": "pop"}, 14),
        ({"description": "rain", "model": "sonic-v4"}, 14),
        ({"style": "pop", "model": "sonic-v4"}, 10),
        ({"style": "pop", "model": "chirp-v3-5"}, 10),
    ],
)
def test_the_newest_documented_price_is_told_and_marked(request_, amount):
    price = AIMusicAPI.price(CreateSong(**request_))
    assert (price.amount, price.approximate) == (amount, True)


SAMPLES = [
    SUBMITTED,
    NOT_READY,
    data(CLIP, RUNNING),
    data(CLIP, FAILED),
    {"type": "failed", "message": "m", "refund_processed": True},
    {"credits": 50, "extra_credits": 0},
    {"type": "validation_error", "error": "task not found."},
]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["succeeded", "failed", "running", "not_ready", "http://[", "file:///etc"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@st.composite
def damaged(draw: st.DrawFn) -> object:
    """One of the samples, with something in it replaced, removed, or cut off."""
    sample = json.loads(json.dumps(draw(st.sampled_from(SAMPLES))))
    place = sample
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw(st.sampled_from(keys))
        deeper = isinstance(place[key], dict | list) and place[key]
        if not (deeper and draw(st.booleans())):
            break
        place = place[key]
    if draw(st.booleans()):
        place[key] = draw(JSON)
    else:
        del place[key]
    text = json.dumps(sample).encode()
    return draw(st.sampled_from([text, text[: len(text) // 2], b"\xff" + text, b"[" * 100_000]))


STATUSES = st.sampled_from([200, 200, 200, 201, 202, 400, 401, 403, 404, 429, 500, 502, 503, 504])


@given(damaged(), STATUSES)
def test_no_damage_to_a_look_is_a_surprise(body, status):
    try:
        progress = vendor(status, body).check(TASK, REQUEST)
    except VendorTrouble:
        return
    assert isinstance(progress, Working | Finished | Refused)


@given(damaged(), STATUSES)
def test_no_damage_to_an_order_is_a_surprise(body, status):
    try:
        answer = vendor(status, body).start(REQUEST, NOTHING)
    except VendorTrouble:
        return
    assert isinstance(answer, Started)
    assert answer.remote


@given(damaged(), STATUSES)
def test_no_damage_to_a_balance_is_a_surprise(body, status):
    try:
        balance = vendor(status, body).balance()
    except VendorTrouble:
        return
    assert balance is not None
