"""What sonic refuses, beside `create`, and in which words."""

import threading

import pytest

from tests.contract.sonic import (
    CUSTOM,
    WORDS,
    SonicBand,
    credits_left,
    hum,
    made,
    post,
    shelved,
    song,
    tail,
    uploaded,
)

MODEL = "The 'mv' field is invalid. The model should be 'chirp-v3-5','chirp-v4' or 'chirp-v4-5'."
NAMES = "name and continue_clip_id are required fields."
NAME = "The name character length should be less than 80."
DESCRIBE = "The description character length should be less than 200."
LYRICS = "The description character length should be less than 120."
NO_ADDRESS = "Audio URL is not accessible. Please provide a public direct audio file URL."
UPLOAD = CUSTOM | {"url": "https://example.com/a.mp3"}
SECTION = {"mv": "sonic-v5", "infill_start_s": 0.2, "infill_end_s": 0.6, "prompt": WORDS}


@pytest.fixture
def counter(open_one):
    return open_one(musicians=SonicBand(), credits=1000)


def refused(answer, text=None):
    assert answer.status_code == 400, answer.text
    assert set(answer.json()) == {"type", "error"}
    assert answer.json()["type"] == "validation_error"
    assert text is None or answer.json()["error"] == text


@pytest.mark.parametrize(
    ("path", "body", "text"),
    [
        ("persona", {"clip_id": "x"}, NAMES),
        ("persona", {"name": "Anna"}, NAMES),
        ("persona", {"name": "x" * 81, "clip_id": "x"}, NAME),
        ("persona", {"name": "x", "clip_id": "x", "describe": "x" * 201}, DESCRIBE),
        ("lyrics", {}, "description is required."),
        ("lyrics", {"description": " "}, "description is required."),
        ("lyrics", {"description": "x" * 121}, LYRICS),
        ("upload-extend", UPLOAD | {"mv": "v5"}, MODEL),
        ("upload-cover", UPLOAD | {"prompt": "x" * 5001}, None),
        ("upload-cover", UPLOAD | {"title": "x" * 81}, None),
        ("upload-extend", UPLOAD | {"url": None}, None),
        ("upload-extend", UPLOAD | {"custom_mode": "yes"}, None),
        ("upload-extend", UPLOAD | {"auto_concat": 1}, None),
        ("upload-cover", UPLOAD | {"audio_weight": 1.01}, None),
        ("upload", {}, None),
        ("upload", {"url": "file:///etc/passwd"}, None),
        ("upload", {"url": 5}, None),
        ("sample", CUSTOM, None),
        (
            "sample",
            CUSTOM | {"sample_clip_id": "x", "mv": "sonic-v4-5-all", "tags": "x" * 201},
            None,
        ),
        ("sample", CUSTOM | {"sample_clip_id": "x", "prompt": "x" * 3001}, None),
        (
            "sample",
            CUSTOM | {"url": "http://x/", "chop_sample_start_s": 9, "chop_sample_end_s": 8},
            None,
        ),
        ("mashup", CUSTOM, None),
        ("mashup", CUSTOM | {"mashup_clip_ids": ["x"]}, None),
        ("mashup", CUSTOM | {"mashup_clip_ids": ["x", "x"]}, None),
        ("mashup", CUSTOM | {"mashup_clip_ids": ["x", "y", "z"]}, None),
        ("mashup", CUSTOM | {"mashup_clip_ids": "x,y"}, None),
        ("mashup", CUSTOM | {"mashup_clip_ids": ["x", "y"], "tags": "x" * 201}, None),
        ("replace-section", SECTION, None),
        ("replace-section", SECTION | {"clip_id": "x", "mv": "sonic-v3-5"}, MODEL),
        ("replace-section", SECTION | {"clip_id": "x", "infill_end_s": 0.2}, None),
        ("replace-section", SECTION | {"clip_id": "x", "infill_start_s": -1}, None),
        ("replace-section", SECTION | {"clip_id": "x", "infill_end_s": None}, None),
        ("replace-section", SECTION | {"clip_id": "x", "prompt": ""}, None),
        ("vox", {"clip_id": "x", "vocal_start_s": 3, "vocal_end_s": 2}, None),
        ("upsample-tags", {}, None),
        ("download", {"clip_id": "x", "formats": "mp3"}, None),
        *((path, {}, None) for path in ("bpm", "vox", "wav", "midi", "aligned-lyrics", "download")),
        *((f"stems/{kind}", {}, None) for kind in ("basic", "full")),
        ("create-voice", {}, None),
    ],
)
def test_each_field_has_its_limit_and_its_text(counter, path, body, text):
    refused(post(counter, path, body), text)
    assert credits_left(counter) == 1000


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("bpm", {"clip_id": "x"}),
        ("stems/full", {"clip_id": "x"}),
        ("persona", {"clip_id": "x", "name": "Anna"}),
        ("replace-section", SECTION | {"clip_id": "x"}),
        ("sample", CUSTOM | {"sample_clip_id": "x"}),
        ("mashup", CUSTOM | {"mashup_clip_ids": ["x", "y"]}),
        ("create", CUSTOM | {"task_type": "cover_music", "continue_clip_id": "x"}),
    ],
)
def test_a_clip_that_nobody_knows_is_refused(counter, path, body):
    refused(post(counter, path, body), "clip not found.")
    assert credits_left(counter) == 1000


@pytest.mark.parametrize("missing", ["continue_clip_id", "continue_at", "mv", "custom_mode"])
def test_an_extension_needs_its_fields(counter, missing):
    body = CUSTOM | {"task_type": "extend_music", "continue_clip_id": "x", "continue_at": 1}
    refused(post(counter, "create", body | {missing: None}))


@pytest.mark.parametrize("at", [0, -1, 1.2, "1", True])
def test_a_song_goes_on_from_a_second_within_it(counter, at):
    body = CUSTOM | {"task_type": "extend_music", "continue_clip_id": song(counter)}
    refused(post(counter, "create", body, continue_at=at))
    assert post(counter, "create", body, continue_at=1.0).status_code == 200


@pytest.mark.parametrize(
    ("task_type", "other"),
    [("extend_music", "extend_upload_music"), ("cover_music", "cover_upload_music")],
)
def test_what_was_uploaded_has_task_types_of_its_own(counter, task_type, other):
    clips = {task_type: song(counter), other: uploaded(counter)}
    for asked, own in ((task_type, other), (other, task_type)):
        wrong = CUSTOM | {"continue_at": 0.5, "task_type": asked, "continue_clip_id": clips[own]}
        answer = post(counter, "create", wrong)
        refused(answer)
        assert f"'{own}'" in answer.json()["error"]


@pytest.mark.parametrize("task_type", ["add_vocals", "add_instrumental"])
def test_only_to_what_was_uploaded_something_is_added(counter, task_type):
    body = CUSTOM | {"task_type": task_type}
    refused(post(counter, "create", body, continue_clip_id=song(counter)))
    assert post(counter, "create", body, continue_clip_id=uploaded(counter)).status_code == 200


def test_only_a_tail_is_joined(counter):
    body = {"task_type": "concat_music"}
    refused(post(counter, "create", body, continue_clip_id=song(counter)))
    assert post(counter, "create", body, continue_clip_id=tail(counter)["clip_id"]).is_success


@pytest.mark.parametrize(
    ("task_type", "model"),
    [
        ("remaster", "v4-5"),
        ("remaster", "v3-5"),
        ("add_vocals", "v4-5"),
        ("add_vocals", "v4"),
        ("add_instrumental", "v4"),
    ],
)
def test_not_every_model_does_everything(counter, task_type, model):
    body = CUSTOM | {"task_type": task_type, "continue_clip_id": "x", "mv": f"sonic-{model}"}
    refused(post(counter, "create", body))


def test_only_the_newest_models_are_told_how_far_to_go(counter):
    body = {"task_type": "remaster", "continue_clip_id": song(counter), "mv": "sonic-v4"}
    refused(post(counter, "create", body, variation_category="high"))
    refused(post(counter, "create", body | {"mv": "sonic-v5"}, variation_category="wild"))
    assert post(counter, "create", body).status_code == 200


def test_singing_needs_words_to_be_added(counter):
    body = CUSTOM | {"task_type": "add_vocals", "continue_clip_id": "x", "prompt": ""}
    refused(post(counter, "create", body))


def test_nobody_sings_who_is_not_known(counter):
    body = CUSTOM | {"task_type": "persona_music", "persona_id": "nobody"}
    refused(post(counter, "create", body), "persona not found.")
    body = {"name": "Anna", "clip_id": song(counter), "vox_audio_id": "nothing"}
    refused(post(counter, "persona", body))


def test_a_link_that_leads_nowhere_has_the_reported_text(counter):
    gone = shelved(counter).replace("/shelf/", "/shelf/0")
    refused(post(counter, "upload", {"url": gone}), NO_ADDRESS)
    refused(post(counter, "upload-cover", UPLOAD | {"url": gone}), NO_ADDRESS)
    assert credits_left(counter) == 1000


@pytest.mark.parametrize("content", [b"no sound at all", b"ID3\x03" + bytes(400)])
def test_a_file_that_is_no_sound_has_the_reported_text(counter, content):
    answer = post(counter, "upload", {"url": shelved(counter, content)})
    refused(answer)
    assert answer.json()["error"].startswith(
        "Upload request failed (HTTP 400) — Invalid audio file"
    )
    assert credits_left(counter) == 1000


def test_a_window_of_the_voice_has_at_most_30_seconds(counter):
    body = {"clip_id": song(counter), "vocal_start_s": 0.0}
    refused(post(counter, "vox", body, vocal_end_s=30.1))
    assert post(counter, "vox", body, vocal_end_s=30.0).status_code == 200


def test_a_voice_wants_more_than_ten_seconds(counter):
    refused(post(counter, "create-voice", {"audio_url": shelved(counter, hum(9.5))}))
    assert post(counter, "create-voice", {"audio_url": shelved(counter, hum(10.5))}).is_success


def test_a_window_lies_within_the_clip(counter):
    clip = song(counter)
    section = SECTION | {"clip_id": clip, "infill_start_s": 1.5, "infill_end_s": 2}
    refused(post(counter, "replace-section", section))
    sample = CUSTOM | {"sample_clip_id": clip, "chop_sample_start_s": 1.5}
    refused(post(counter, "sample", sample))


def test_a_clip_that_is_not_finished_cannot_be_worked_on(open_one):
    desk = open_one(musicians=SonicBand(steps=threading.Semaphore(2)), credits=100)
    post(desk, "create", CUSTOM)
    clip = next(desk.house.data.glob("aimusicapi/clips/*.json")).stem
    refused(post(desk, "wav", {"clip_id": clip}))
    assert credits_left(desk) == 90


AUTUMN = {"profile": "2026-09"}


@pytest.mark.parametrize(
    ("body", "price"),
    [
        (CUSTOM, 14),
        (CUSTOM | {"mv": "sonic-v4"}, 10),
        ({"custom_mode": False, "mv": "sonic-v4", "gpt_description_prompt": "rain"}, 14),
    ],
)
def test_in_autumn_a_better_song_costs_more(open_one, body, price):
    desk = open_one(musicians=SonicBand(), credits=100, **AUTUMN)
    assert post(desk, "create", body, use_suno_cdn=False).is_success
    assert credits_left(desk) == 100 - price


def test_in_autumn_create_must_say_where_its_files_lie(open_one):
    desk = open_one(musicians=SonicBand(), credits=100, **AUTUMN)
    refused(post(desk, "create", CUSTOM))
    refused(post(desk, "create", CUSTOM, use_suno_cdn="no"))


def test_in_autumn_only_some_tasks_know_a_length(open_one):
    desk = open_one(musicians=SonicBand(), credits=100, **AUTUMN)
    clip = song(desk, use_suno_cdn=False)
    body = CUSTOM | {"duration": 30, "use_suno_cdn": False}
    assert post(desk, "create", body).is_success
    refused(post(desk, "sample", body, sample_clip_id=clip))
    refused(post(desk, "create", body, task_type="cover_upload_music", continue_clip_id=clip))


def test_in_autumn_nobody_makes_personas(open_one):
    desk = open_one(musicians=SonicBand(), credits=100, **AUTUMN)
    answer = post(desk, "persona", {"name": "Anna", "clip_id": "x"})
    assert (answer.status_code, answer.json()["type"]) == (410, "endpoint_retired")


def test_in_autumn_there_are_twice_as_many_stems(open_one):
    desk = open_one(musicians=SonicBand(), credits=100, **AUTUMN)
    clip = song(desk, use_suno_cdn=False)
    told = made(desk, "stems/full", {"clip_id": clip})
    assert [stem["stem_type"] for stem in told] == ["vocals", "instrumental"] * 2
    made(desk, "stems/basic", {"clip_id": clip})
    assert credits_left(desk) == 100 - 14 - 50 - 20
