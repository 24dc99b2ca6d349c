"""Every request that the vendor's pages print, sent to the letter, with its price and its shape."""

import uuid

import pytest

from tests.contract.sonic import (
    CUSTOM,
    WORDS,
    SonicBand,
    credits_left,
    finished,
    hum,
    post,
    shelved,
    song,
    tail,
    uploaded,
)

PROMPT = "[Verse 2]\nContinuing the song...\n\n[Chorus]\nNew chorus lyrics"
COVERED = "[Verse]\nNew lyrics for the cover...\n\n[Chorus]\nCover chorus"


def persona(desk):
    body = {"name": "My Custom Voice", "clip_id": uploaded(desk)}
    return post(desk, "persona", body).json()["persona_id"]


ASYNC = {
    "custom": lambda desk: ("create", CUSTOM),
    "description": lambda desk: (
        "create",
        {"custom_mode": False, "mv": "sonic-v5", "gpt_description_prompt": "a song about rain"},
    ),
    "auto lyrics": lambda desk: ("create", CUSTOM | {"auto_lyrics": True, "prompt": "rain"}),
    "instrumental": lambda desk: ("create", CUSTOM | {"make_instrumental": True, "prompt": ""}),
    "extend": lambda desk: (
        "create",
        {
            "task_type": "extend_music",
            "continue_clip_id": song(desk),
            "continue_at": 0.5,
            "custom_mode": True,
            "mv": "sonic-v4-5",
            "prompt": PROMPT,
        },
    ),
    "cover": lambda desk: (
        "create",
        {
            "task_type": "cover_music",
            "continue_clip_id": song(desk),
            "custom_mode": True,
            "mv": "sonic-v4-5",
            "prompt": WORDS,
        },
    ),
    "concat": lambda desk: (
        "create",
        {"task_type": "concat_music", "continue_clip_id": tail(desk)["clip_id"]},
    ),
    # From here on, as the page on special scenarios prints them.
    "extend uploaded": lambda desk: (
        "create",
        {
            "task_type": "extend_upload_music",
            "continue_clip_id": uploaded(desk),
            "continue_at": 0.1,
            "custom_mode": True,
            "mv": "sonic-v4-5",
            "prompt": PROMPT,
            "tags": "pop, upbeat",
        },
    ),
    "cover uploaded": lambda desk: (
        "create",
        {
            "task_type": "cover_upload_music",
            "continue_clip_id": uploaded(desk),
            "custom_mode": True,
            "mv": "sonic-v4-5",
            "prompt": COVERED,
            "tags": "jazz, smooth, acoustic",
            "audio_weight": 0.6,
        },
    ),
    "persona": lambda desk: (
        "create",
        {
            "task_type": "persona_music",
            "persona_id": persona(desk),
            "custom_mode": True,
            "mv": "sonic-v4-5",
            "prompt": "[Verse]\nBrand new song with my voice\n\n[Chorus]\nSinging in my style",
            "tags": "pop, dance",
        },
    ),
    "upload-extend": lambda desk: (
        "upload-extend",
        {
            "url": shelved(desk),
            "mv": "sonic-v4-5",
            "custom_mode": True,
            "prompt": "[Verse]\nExtension lyrics...",
            "tags": "pop",
            "continue_at": 0.1,
            "auto_concat": True,
        },
    ),
    "upload-extend apart": lambda desk: (
        "upload-extend",
        {"url": shelved(desk), "mv": "sonic-v4-5", "custom_mode": True, "prompt": PROMPT},
    ),
    "upload-cover": lambda desk: (
        "upload-cover",
        {
            "url": shelved(desk),
            "mv": "sonic-v4-5",
            "custom_mode": True,
            "prompt": "[Verse]\nCover lyrics...",
            "tags": "jazz, acoustic",
            "audio_weight": 0.5,
        },
    ),
    "remaster": lambda desk: (
        "create",
        {
            "task_type": "remaster",
            "continue_clip_id": song(desk),
            "mv": "sonic-v5",
            "variation_category": "high",
        },
    ),
    "add vocals": lambda desk: (
        "create",
        {
            "task_type": "add_vocals",
            "continue_clip_id": uploaded(desk),
            "mv": "sonic-v5",
            "custom_mode": True,
            "prompt": WORDS,
            "tags": "soul",
            "style_weight": 0.5,
            "weirdness_constraint": 0.3,
            "audio_weight": 0.7,
            "overpainting_start_s": 0.6,
            "overpainting_end_s": 1.2,
            "vocal_gender": "f",
        },
    ),
    "add instrumental": lambda desk: (
        "create",
        {
            "task_type": "add_instrumental",
            "continue_clip_id": uploaded(desk),
            "mv": "sonic-v4-5-plus",
            "custom_mode": True,
            "tags": "jazz",
        },
    ),
    "sample of a clip": lambda desk: (
        "sample",
        CUSTOM
        | {
            "sample_clip_id": song(desk),
            "chop_sample_start_s": 0.1,
            "chop_sample_end_s": 0.9,
        },
    ),
    "sample of a link": lambda desk: ("sample", CUSTOM | {"url": shelved(desk)}),
    "mashup": lambda desk: (
        "mashup",
        CUSTOM | {"mashup_clip_ids": [song(desk), uploaded(desk)]},
    ),
    "replace": lambda desk: (
        "replace-section",
        {
            "clip_id": song(desk),
            "mv": "sonic-v5",
            "infill_start_s": 0.2,
            "infill_end_s": 0.6,
            "prompt": WORDS,
        },
    ),
    "replace and join": lambda desk: (
        "replace-section",
        {
            "clip_id": song(desk),
            "mv": "sonic-v5",
            "infill_start_s": 0.2,
            "infill_end_s": 0.6,
            "prompt": WORDS,
            "infill_lyrics": "Snow on the rails",
            "auto_concat": True,
        },
    ),
    "stems basic": lambda desk: ("stems/basic", {"clip_id": song(desk)}),
    "stems full": lambda desk: ("stems/full", {"clip_id": song(desk)}),
}
CLIPS = 2 * ["clip"]
EXPECTED = {
    "concat": (2, ["clip"]),
    "upload-extend": (12, 2 * [{"extended", "full"}]),
    "upload-extend apart": (12, CLIPS),
    "upload-cover": (12, CLIPS),
    "replace and join": (10, 2 * [{"replaced", "full"}]),
    "stems basic": (10, CLIPS),
    "stems full": (50, CLIPS),
}
"""Credits, and what stands in `data`; where nothing is said, ten and two clips."""


@pytest.fixture
def counter(open_one):
    return open_one(musicians=SonicBand(), credits=1000)


@pytest.mark.parametrize("name", ASYNC)
def test_each_request_of_the_pages_works_and_costs_what_is_documented(counter, name):
    path, body = ASYNC[name](counter)
    price, shape = EXPECTED.get(name, (10, CLIPS))
    before = credits_left(counter)
    answer = post(counter, path, body)
    assert answer.status_code == 200, answer.text
    assert list(answer.json()) == ["message", "task_id"]
    assert credits_left(counter) == before - price
    told = finished(counter, answer.json()["task_id"])
    assert ["clip" if "clip_id" in each else set(each) for each in told] == shape
    assert credits_left(counter) == before - price
    clips = [clip for each in told for clip in ([each] if "clip_id" in each else each.values())]
    assert {clip["state"] for clip in clips} == {"succeeded"}
    assert len({clip["clip_id"] for clip in clips}) == len(clips)
    heard = counter.anyone.get(clips[0]["audio_url"])
    assert (heard.status_code, heard.headers["content-type"]) == (200, "audio/mpeg")


SYNC = {
    "upload": (2, lambda desk: ("upload", {"url": shelved(desk)})),
    "persona": (
        1,
        lambda desk: (
            "persona",
            {
                "name": "My Custom Voice",
                "clip_id": song(desk),
                "describe": "Warm, soulful vocal with smooth tone",
                "styles": "soul, r&b, smooth",
            },
        ),
    ),
    "bpm": (1, lambda desk: ("bpm", {"clip_id": song(desk)})),
    "vox": (1, lambda desk: ("vox", {"clip_id": song(desk), "vocal_start_s": 0})),
    "wav": (1, lambda desk: ("wav", {"clip_id": song(desk)})),
    "midi": (1, lambda desk: ("midi", {"clip_id": song(desk)})),
    "aligned-lyrics": (1, lambda desk: ("aligned-lyrics", {"clip_id": song(desk)})),
    "download": (2, lambda desk: ("download", {"clip_id": song(desk), "formats": ["mp3"]})),
    "upsample-tags": (1, lambda desk: ("upsample-tags", {"tags": "folk"})),
    "lyrics": (2, lambda desk: ("lyrics", {"description": "a song about rain"})),
}


@pytest.mark.parametrize("name", SYNC)
def test_each_question_costs_what_is_documented(counter, name):
    price, ask = SYNC[name]
    path, body = ask(counter)
    before = credits_left(counter)
    assert post(counter, path, body).status_code in {200, 202}
    assert credits_left(counter) == before - price


@pytest.mark.parametrize("name", SYNC)
def test_a_question_of_which_nothing_comes_is_refunded(counter, name):
    path, body = SYNC[name][1](counter)
    before = credits_left(counter)
    counter.fault("aimusicapi", f"sonic/{path}", "failure")
    answer = post(counter, path, body)
    assert (answer.status_code, answer.json()["type"]) == (502, "upstream_error")
    assert credits_left(counter) == before


@pytest.mark.parametrize("name", SYNC)
def test_without_credits_no_question_is_answered(open_one, name):
    of_no_song = {"upload", "upsample-tags", "lyrics"}
    desk = open_one(musicians=SonicBand(), credits=0 if name in of_no_song else 10)
    path, body = SYNC[name][1](desk)
    answer = post(desk, path, body)
    assert (answer.status_code, answer.json()["type"]) == (403, "insufficient_credits")


@pytest.mark.parametrize("name", [name for name in ASYNC if name != "concat"])
def test_a_task_of_which_nothing_comes_is_refunded(counter, name):
    path, body = ASYNC[name](counter)
    before = credits_left(counter)
    counter.fault("aimusicapi", "create" if path == "create" else f"sonic/{path}", "failure")
    task = post(counter, path, body).json()["task_id"]
    answer = counter.http.get(f"/aimusicapi/api/v1/sonic/task/{task}")
    assert answer.json() == {
        "type": "failed",
        "message": "The song could not be generated.",
        "refund_processed": True,
    }
    assert credits_left(counter) == before


def test_a_voice_is_told_as_an_object(counter):
    body = {"audio_url": shelved(counter, hum(10.5))}
    before = credits_left(counter)
    task = post(counter, "create-voice", body).json()["task_id"]
    told = finished(counter, task)
    assert set(told) == {"persona_id", "name"}
    assert uuid.UUID(told["persona_id"])
    assert credits_left(counter) == before - 4
    assert finished(counter, task) == told


def test_a_voice_can_sing(counter):
    voice = finished(
        counter,
        post(counter, "create-voice", {"audio_url": shelved(counter, hum(10.5))}).json()["task_id"],
    )
    body = CUSTOM | {"task_type": "persona_music", "persona_id": voice["persona_id"]}
    assert finished(counter, post(counter, "create", body).json()["task_id"])
    assert counter.musicians.played[-1][0].persona.name == "Anna"
