"""Riffusion at the emulated AI Music API: deprecated, and kept for old integrations."""

import threading

import pytest

from tests.emulator.fakes import FakeBand
from tests.emulator.tones import tone_file

BASE = "/aimusicapi/api/v1"
SONG = {"custom_mode": True, "mv": "FUZZ-1.1 Pro", "lyrics": "[Verse]\nRain", "sound": "folk"}
ABOUT = {"custom_mode": False, "mv": "FUZZ-1.0", "prompt": "a song about trains"}
FIELDS = {
    "clip_id",
    "title",
    "lyrics",
    "image_url",
    "audio_url",
    "video_url",
    "created_at",
    "mv",
    "duration",
    "timestamp",
    "state",
}
ON_A_CLIP = {
    "cover_music": "cover",
    "extend_music": "extend",
    "replace_music": "replace",
    "swap_music_sound": "cover",
    "swap_music_vocals": "cover",
}


def post(desk, body=SONG, **more):
    sent = {name: value for name, value in (body | more).items() if value is not ...}
    return desk.http.post(f"{BASE}/riffusion/create", json=sent)


def look(desk, task):
    return desk.http.get(f"{BASE}/riffusion/task/{task}")


def made(desk, body=SONG, **more):
    answer = post(desk, body, **more)
    assert answer.status_code == 200, answer.text
    task = answer.json()["task_id"]
    told = desk.until(
        lambda: look(desk, task), lambda a: a.status_code != 202 and len(a.json()["data"]) == 2
    )
    return told.json()["data"]


def credits_left(desk):
    return desk.http.get(f"{BASE}/get-credits").json()["credits"]


def played(desk):
    return desk.until(lambda: desk.musicians.played, bool)[0][0]


def test_two_clips_come_one_after_the_other(open_one):
    desk = open_one(musicians=FakeBand(steps=threading.Semaphore(0)))
    task = post(desk).json()["task_id"]
    assert look(desk, task).status_code == 202
    desk.musicians.steps.release(3)
    one = desk.until(lambda: look(desk, task), lambda answer: answer.status_code == 200).json()
    desk.musicians.steps.release(3)
    two = desk.until(lambda: look(desk, task).json(), lambda told: len(told["data"]) == 2)
    assert one["data"] == two["data"][:1]
    assert (two["code"], two["message"]) == (200, "success")


def test_a_clip_has_every_documented_field(desk):
    first, second = made(desk, title="Mine")
    assert set(first) == FIELDS
    assert (first["title"], first["lyrics"], first["mv"]) == ("Mine", SONG["lyrics"], SONG["mv"])
    assert (first["video_url"], type(first["duration"])) == (None, float)
    assert first["clip_id"] != second["clip_id"]
    assert desk.anyone.get(first["audio_url"]).headers["content-type"] == "audio/mpeg"
    assert desk.anyone.get(first["image_url"]).headers["content-type"] == "image/png"
    assert credits_left(desk) == 40


def test_with_lyrics_they_are_sung_and_a_prompt_stands_for_them(desk):
    post(desk, lyrics=..., prompt="[Verse]\nSnow", make_instrumental=False)
    assert (played(desk).lyrics, played(desk).style) == ("[Verse]\nSnow", "folk")


def test_from_a_description_the_band_finds_the_words(desk):
    post(desk, ABOUT)
    assert (played(desk).description, played(desk).lyrics) == ("a song about trains", "")


@pytest.mark.parametrize(
    ("body", "wrong", "about"),
    [
        (SONG, {"custom_mode": ...}, "custom_mode"),
        (SONG, {"custom_mode": "yes"}, "custom_mode"),
        (SONG, {"mv": ...}, "'FUZZ-1.1 Pro'"),
        (SONG, {"mv": "FUZZ-2.0"}, "mv"),
        (SONG, {"lyrics": ..., "sound": ...}, "sound"),
        (SONG, {"title": "x" * 81}, "less than 80"),
        (SONG, {"task_type": "music_variation", "clip_id": "x"}, "task_type"),
        (SONG, {"task_type": "cover_music"}, "clip_id"),
        (SONG, {"task_type": "swap_music_vocals", "clip_id": "x", "lyrics": ...}, "lyrics"),
        (ABOUT, {"prompt": ...}, "prompt"),
        (ABOUT, {"mv": "FUZZ"}, "mv"),
        (ABOUT, {"make_instrumental": 1}, "make_instrumental"),
    ],
)
def test_what_breaks_a_rule_is_refused_and_costs_nothing(desk, body, wrong, about):
    answer = post(desk, body, **wrong)
    assert (answer.status_code, answer.json()["type"]) == (400, "validation_error")
    assert about in answer.json()["error"]
    assert credits_left(desk) == 50


@pytest.mark.parametrize("task_type", ON_A_CLIP)
def test_every_task_type_on_a_clip_is_done_twice_on_its_sound(desk, task_type):
    clip = made(desk)[1]["clip_id"]
    made(desk, task_type=task_type, clip_id=clip, starts_at=0.5)
    uses = [use for use, *_ in desk.musicians.used]
    assert [use.tool for use in uses] == [ON_A_CLIP[task_type]] * 2
    assert {use.sounds[0].rpartition(".")[2] for use in uses} == {"2"}


def test_what_was_uploaded_has_an_id_at_once_and_can_be_swapped(desk, tmp_path):
    link = desk.http.put("/shelf", content=tone_file(tmp_path).read_bytes()).json()["link"]
    told = desk.http.post(f"{BASE}/riffusion/upload", json={"url": link}).json()
    assert list(told) == ["code", "clip_id", "message"]
    made(desk, task_type="swap_music_sound", clip_id=told["clip_id"])
    assert credits_left(desk) == 38


def test_an_upload_that_cannot_be_fetched_is_refused_and_costs_nothing(desk):
    url = "http://127.0.0.1:1/song.mp3"
    answer = desk.http.post(f"{BASE}/riffusion/upload", json={"url": url})
    assert (answer.status_code, answer.json()["type"]) == (400, "validation_error")
    assert credits_left(desk) == 50


def test_a_failed_task_is_refunded_and_says_so(desk):
    desk.fault("aimusicapi", "riffusion/create", "failure")
    told = look(desk, post(desk).json()["task_id"]).json()
    assert (told["type"], told["refund_processed"]) == ("failed", True)
    assert credits_left(desk) == 50


def test_one_failed_clip_is_told_beside_the_good_one(desk):
    desk.fault("aimusicapi", "riffusion/create", "partial")
    clips = made(desk)
    assert sorted(clip["state"] for clip in clips) == ["failed", "succeeded"]
    assert credits_left(desk) == 40


def test_an_unknown_task_is_not_found(desk):
    assert (look(desk, "x").status_code, look(desk, "x").json()["type"]) == (404, "not_found")


def test_in_autumn_nothing_new_is_taken(open_one):
    desk = open_one(profile="2026-09")
    upload = desk.http.post(f"{BASE}/riffusion/upload", json={"url": "https://example.com/x.mp3"})
    assert (post(desk).status_code, upload.status_code) == (410, 410)
