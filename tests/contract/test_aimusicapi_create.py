"""Creating at the emulated AI Music API, against what the vendor documents."""

import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.emulator.dialects.aimusicapi.body import Body
from studio.emulator.dialects.aimusicapi.profile import PROFILES
from studio.emulator.dialects.aimusicapi.sonic.create import RULES, read_creation
from studio.emulator.dialects.aimusicapi.sonic.wish import Wish
from studio.emulator.dialects.aimusicapi.sonic.works import to_brief
from studio.emulator.door import TurnedAway
from studio.engine.brief import Brief
from tests.contract.sonic import BASE as API
from tests.contract.sonic import song as made_song

CREATE = "/aimusicapi/api/v1/sonic/create"
CREDITS = "/aimusicapi/api/v1/get-credits"
CUSTOM = {
    "task_type": "create_music",
    "custom_mode": True,
    "mv": "sonic-v4-5",
    "prompt": "[Verse]\nRain on the rails",
    "tags": "pop, upbeat",
}
DESCRIPTION = {
    "custom_mode": False,
    "mv": "sonic-v4-5",
    "gpt_description_prompt": "a song about rain",
}
NEW = ["v4-5", "v4-5-plus", "v5", "v5-5"]
OLD = ["v3-5", "v4"]
MODEL = "The 'mv' field is invalid. The model should be 'chirp-v3-5','chirp-v4' or 'chirp-v4-5'."
PERSONA = "The 'persona_id' field is required when task_type = persona_music."
INSTRUMENTAL = "The 'make_instrumental' field should be boolean."
CUSTOM_MODE = "The 'custom_mode' field should be boolean."
PROMPT_OLD = "The prompt character length should be less than 3000."
PROMPT_NEW = "The prompt character length should be less than 5000."
ABOUT = "The 'gpt_description_prompt' character length should be less than 200."
TAGS_OLD = "The tags character length should be less than 200."
TAGS_NEW = "The tags character length should be less than 1000."
TITLE = "The title character length should be less than 80."


def create(desk, body=CUSTOM, **more):
    body = {name: value for name, value in (body | more).items() if value is not ...}
    return desk.http.post(CREATE, json=body)


def brief(desk):
    return desk.until(lambda: desk.musicians.played, bool)[0][0]


def test_a_song_is_taken_with_the_submit_envelope(desk):
    answer = create(desk)
    assert answer.status_code == 200
    body = answer.json()
    assert uuid.UUID(body.pop("task_id")).version == 4
    assert body == {"message": "success"}


def test_ten_credits_are_charged_when_it_is_taken(open_one):
    desk = open_one(credits=50)
    create(desk)
    assert desk.http.get(CREDITS).json() == {"credits": 40, "extra_credits": 0}


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"mv": ...}, MODEL),
        ({"mv": "v5"}, MODEL),
        ({"mv": "sonic-v4-5-all"}, MODEL),
        ({"mv": 5}, MODEL),
        ({"task_type": "persona_music"}, PERSONA),
        ({"make_instrumental": "yes"}, INSTRUMENTAL),
        ({"make_instrumental": 1}, INSTRUMENTAL),
        ({"custom_mode": ...}, CUSTOM_MODE),
        ({"custom_mode": "true"}, CUSTOM_MODE),
        ({"mv": "sonic-v4", "prompt": "x" * 3001}, PROMPT_OLD),
        ({"prompt": "x" * 5001}, PROMPT_NEW),
        ({"auto_lyrics": True, "prompt": "x" * 5001}, PROMPT_NEW),
        (DESCRIPTION | {"gpt_description_prompt": "x" * 401}, ABOUT),
        ({"mv": "chirp-v3-5", "tags": "x" * 201}, TAGS_OLD),
        ({"tags": "x" * 1001}, TAGS_NEW),
        ({"title": "x" * 81}, TITLE),
    ],
)
def test_each_documented_limit_has_its_documented_text(desk, wrong, text):
    answer = create(desk, **wrong)
    assert answer.status_code == 400
    assert answer.json() == {"type": "validation_error", "error": text}


@pytest.mark.parametrize("name", ["style_weight", "weirdness_constraint"])
@pytest.mark.parametrize("weight", [-0.01, 1.01, "0.5", True, float("nan")])
def test_a_weight_is_a_number_between_0_and_1(desk, name, weight):
    text = b'{"custom_mode": true, "mv": "sonic-v5", "prompt": "la", "%b": %b}'
    shown = {float: str(weight)}.get(type(weight), f'"{weight}"').replace("nan", "NaN")
    shown = "true" if weight is True else shown
    answer = desk.http.post(CREATE, content=text % (name.encode(), shown.encode()))
    assert answer.status_code == 400
    assert "should be a number between 0 and 1" in answer.json()["error"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"prompt": ...},
        {"prompt": "  \n"},
        {"prompt": ["la"]},
        {"auto_lyrics": True, "prompt": ...},
        DESCRIPTION | {"gpt_description_prompt": ...},
        {"use_suno_cdn": "true"},
        {"vocal_gender": "x"},
        {"task_type": "sing"},
        {"title": 5},
        {"duration": 9},
        {"duration": 361},
        {"duration": 30.5},
        {"duration": True},
    ],
)
def test_what_the_vendor_cannot_read_is_a_validation_error(desk, wrong):
    answer = create(desk, **wrong)
    assert answer.status_code == 400
    assert answer.json()["type"] == "validation_error"


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'"x"', b'{"a": "\\ud800"}', b"[" * 99999])
def test_a_body_that_is_no_json_object_is_a_validation_error(desk, content):
    answer = desk.http.post(CREATE, content=content)
    assert answer.status_code == 400
    assert answer.json()["type"] == "validation_error"


@pytest.mark.parametrize("wrong", [{"title": "x" * 81}, {"mv": "x"}, {"style_weight": 2}])
def test_a_refusal_costs_nothing(desk, wrong):
    create(desk, **wrong)
    assert desk.http.get(CREDITS).json()["credits"] == 50
    assert desk.musicians.played == []


@pytest.mark.parametrize(
    "largest",
    [
        {"prompt": "x" * 5000, "tags": "x" * 1000, "title": "x" * 80},
        {"mv": "sonic-v4", "prompt": "x" * 3000, "tags": "x" * 200},
        {"prompt": "雨" * 5000, "title": "🎵" * 80},
        DESCRIPTION | {"gpt_description_prompt": "x" * 400},
        {"style_weight": 0, "weirdness_constraint": 1},
    ],
)
def test_the_limit_itself_is_allowed_and_counted_in_characters(desk, largest):
    assert create(desk, **largest).status_code == 200


@pytest.mark.parametrize("brand", ["sonic", "chirp"])
@pytest.mark.parametrize("model", OLD + NEW)
def test_every_model_goes_by_both_names(desk, brand, model):
    assert create(desk, mv=f"{brand}-{model}").status_code == 200


FLAGS = ["custom_mode", "make_instrumental", "auto_lyrics", "use_suno_cdn"]
OTHERS = ["task_type", "persona_id", "mv", "gpt_description_prompt", "continue_clip_id"]
MORE = ["continue_at", "variation_category", "overpainting_start_s", "overpainting_end_s"]
NAMES = st.sampled_from([*FLAGS, *OTHERS, *MORE, *Wish.model_fields])
VALUES = st.one_of(
    st.none(),
    st.sampled_from([*RULES]),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


@given(
    damage=st.dictionaries(NAMES, VALUES, max_size=4), profile=st.sampled_from([*PROFILES.values()])
)
def test_whatever_is_sent_is_taken_or_refused_in_the_vendors_words(damage, profile):
    try:
        creation = read_creation(Body(CUSTOM | damage), profile)
        told = to_brief(creation.wish) if creation.wish else Brief()
    except TurnedAway as turned:
        told = json.loads(turned.response.body)
    assert isinstance(told, Brief) or set(told) == {"type", "error"}


def test_unknown_fields_and_nulls_are_ignored(desk):
    answer = create(desk, mood="blue", title=None, style_weight=None, make_instrumental=None)
    assert answer.status_code == 200


def test_create_music_is_the_default_task(desk):
    assert create(desk, task_type=...).status_code == 200


def test_custom_mode_sings_the_words_as_they_are(desk):
    create(desk, title="Rain", negative_tags="drums", vocal_gender="m", style_weight=0.4)
    asked = brief(desk)
    assert (asked.lyrics, asked.style, asked.title) == (CUSTOM["prompt"], "pop, upbeat", "Rain")
    assert (asked.exclude, asked.voice, asked.style_weight) == ("drums", "male", 0.4)


@pytest.mark.parametrize(("wished", "played"), [(None, None), (10, 15), (60, 60), (360, 240)])
def test_a_wished_duration_is_met_as_nearly_as_the_band_can(desk, wished, played):
    create(desk, duration=wished)
    assert brief(desk).length_seconds == played


def test_description_mode_leaves_the_words_to_the_band(desk):
    create(desk, DESCRIPTION)
    asked = brief(desk)
    assert (asked.description, asked.lyrics) == ("a song about rain", "")


def test_auto_lyrics_mode_reads_the_prompt_as_what_the_song_is_about(desk):
    create(desk, auto_lyrics=True, prompt="rain")
    asked = brief(desk)
    assert (asked.description, asked.lyrics, asked.style) == ("rain", "", "pop, upbeat")


@pytest.mark.parametrize("body", [CUSTOM | {"prompt": ...}, DESCRIPTION])
def test_instrumental_mode_sings_nothing_and_needs_no_words(desk, body):
    assert create(desk, body, make_instrumental=True).status_code == 200
    assert brief(desk).instrumental


NO_SUBSCRIPTION = (
    "You do not have an active subscription. Please check whether your renewal was successful."
)
NO_CREDITS = (
    "The remaining credits are not enough. You can buy more one-time credit packs or subscribe."
)


def test_without_enough_credits_nothing_is_taken(open_one):
    desk = open_one(credits=9)
    answer = create(desk)
    assert answer.status_code == 403
    assert answer.json() == {"type": "insufficient_credits", "error": NO_CREDITS}
    assert desk.http.get(CREDITS).json()["credits"] == 9


def test_the_last_ten_credits_can_be_spent(open_one):
    desk = open_one(credits=10)
    assert create(desk).status_code == 200
    assert create(desk).status_code == 403


def test_extra_credits_are_spent_first(desk):
    desk.http.post("/aimusicapi/top-up", json={"extra_credits": 15})
    create(desk)
    assert desk.http.get(CREDITS).json() == {"credits": 50, "extra_credits": 5}
    create(desk)
    assert desk.http.get(CREDITS).json() == {"credits": 45, "extra_credits": 0}


@pytest.mark.parametrize("bought", [None, -1, "5", 0.5])
def test_only_a_whole_number_of_credits_can_be_bought(desk, bought):
    answer = desk.http.post("/aimusicapi/top-up", json={"extra_credits": bought})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ({}, "Authorization header is missing."),
        ({"Authorization": "a-key"}, "Invalid authorization format."),
        ({"Authorization": "Basic a-key"}, "Invalid authorization format."),
        ({"Authorization": "Bearer"}, "Invalid authorization format."),
        ({"Authorization": "Bearer wrong"}, "Invalid API key"),
    ],
)
@pytest.mark.parametrize("path", [CREATE, CREDITS, "/aimusicapi/api/v1/sonic/task/x"])
def test_a_call_without_a_good_key_is_unauthorized(desk, path, header, text):
    method = "POST" if path == CREATE else "GET"
    answer = desk.anyone.request(method, path, headers=header)
    assert answer.status_code == 401
    assert answer.json() == {"type": "unauthorized", "error": text}


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("moderation", "The song description needs moderation review."),
        (
            "artist",
            "The song description contains artist names: 'Bo' which is not allowed.",
        ),
        (
            "producer",
            "The song description contains producer tags: 'Bo' which is not allowed.",
        ),
        ("format", "The lyrics format is invalid. Please check and try again."),
        (
            "copyright",
            "The lyrics contain copyrighted content: 'Bo'. Please use original lyrics.",
        ),
        ("inappropriate", "The lyrics contain inappropriate content: 'Bo'."),
        (
            "subscription",
            NO_SUBSCRIPTION,
        ),
    ],
)
def test_a_song_is_refused_for_each_documented_reason(desk, reason, text):
    desk.fault("aimusicapi", "create", "refused", reason=reason, detail="Bo")
    answer = create(desk)
    assert (answer.status_code, answer.json()) == (403, {"type": "forbidden", "error": text})
    assert desk.http.get(CREDITS).json()["credits"] == 50


@pytest.mark.parametrize(
    ("kind", "status", "word"),
    [
        ("insufficient", 403, "insufficient_credits"),
        ("busy", 429, "rate_limited"),
        ("500", 500, "api_error"),
    ],
)
def test_troubles_are_told_by_their_documented_type(desk, kind, status, word):
    desk.fault("aimusicapi", "create", kind)
    answer = create(desk)
    assert (answer.status_code, answer.json()["type"]) == (status, word)


@pytest.mark.parametrize("operation", ["sonic/wav", "sonic/persona", "sonic/upsample-tags"])
def test_what_failed_behind_the_vendor_is_told_in_its_words_and_what_stands_before_it_is_not(
    desk, operation
):
    """Who reads `upstream_error` knows that nothing was paid; a gateway knows nothing."""
    body = {"tags": "folk", "clip_id": made_song(desk), "name": "A"}
    desk.fault("aimusicapi", operation, "failure")
    failed = desk.http.post(f"{API}/{operation}", json=body)
    desk.fault("aimusicapi", operation, "502")
    silent = desk.http.post(f"{API}/{operation}", json=body)
    assert (failed.status_code, failed.json()["type"]) == (502, "upstream_error")
    assert (silent.status_code, "upstream_error" in silent.text) == (502, False)


def test_an_internal_error_has_its_documented_text(desk):
    desk.fault("aimusicapi", "create", "500")
    assert create(desk).json()["error"] == "Internal Server Error."
