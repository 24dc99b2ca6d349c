"""Producer at the emulated AI Music API, against what the vendor documents."""

import re
import threading
import uuid

import pytest

from studio.audio import extras
from studio.emulator.works import Play, Use
from tests.emulator.fakes import FakeBand
from tests.emulator.tones import tone_file

BASE = "/aimusicapi/api/v1"
SONG = {"task_type": "create_music", "sound": "folk, guitar", "lyrics": "[Verse]\nRain"}
FIELDS = [
    "clip_id",
    "title",
    "sound",
    "lyrics",
    "image_url",
    "audio_url",
    "video_url",
    "created_at",
    "mv",
    "seed",
    "duration",
    "state",
]
NOT_READY = "Task is still processing. Please wait a few seconds and try again."
ON_A_CLIP = {
    "extend_music": {"starts_at": 0.5},
    "cover_music": {},
    "replace_music": {"starts_at": 0.5},
    "swap_music_vocals": {"sound": "male", "lyrics": "[Verse]\nSnow"},
    "swap_music_sound": {"sound": "jazz", "lyrics": "[Verse]\nRain"},
    "music_variation": {},
}


def post(desk, path="create", body=SONG, **more):
    sent = {name: value for name, value in (body | more).items() if value is not ...}
    return desk.http.post(f"{BASE}/producer/{path}", json=sent)


def submit(desk, path="create", body=SONG, **more):
    answer = post(desk, path, body, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()["task_id"]


def look(desk, task):
    return desk.http.get(f"{BASE}/producer/task/{task}")


def finished(desk, task):
    return desk.until(lambda: look(desk, task), lambda answer: answer.status_code != 202).json()


def made(desk, path="create", body=SONG, **more):
    return finished(desk, submit(desk, path, body, **more))["data"][0]


def credits_left(desk):
    return desk.http.get(f"{BASE}/get-credits").json()["credits"]


def played(desk):
    return desk.until(lambda: desk.musicians.played, bool)[-1][0]


def used(desk, tool):
    return next(use for use, *_ in reversed(desk.musicians.used) if use.tool == tool)


def on_a_clip(desk, task_type, **more):
    """Let a task type be done on a new clip, and return the options of the tool."""
    clip = made(desk)["clip_id"]
    body = {"task_type": task_type, "clip_id": clip} | ON_A_CLIP[task_type] | more
    made(desk, body=body)
    work = [use for use, *_ in desk.musicians.used if use.tool != "convert"][-1]
    return work.tool, work.options


@pytest.fixture
def autumn(open_one):
    return open_one(profile="2026-09")


def test_a_piece_is_taken_with_the_submit_envelope_for_ten_credits(desk):
    body = post(desk).json()
    assert uuid.UUID(body.pop("task_id")).version == 4
    assert body == {"message": "success"}
    assert credits_left(desk) == 40


def test_it_is_not_ready_until_it_is_whole_and_then_one_clip(open_one):
    desk = open_one(musicians=FakeBand(steps=threading.Semaphore(2)))
    task = submit(desk)
    answer = look(desk, task)
    assert answer.status_code == 202
    assert answer.json() == {"code": 202, "type": "not_ready", "error": NOT_READY}
    desk.musicians.steps.release(9)
    body = finished(desk, task)
    assert list(body) == ["code", "message", "data"]
    assert (body["code"], body["message"], len(body["data"])) == (200, "success", 1)


def test_a_clip_has_every_documented_field_in_its_documented_type(desk):
    clip = made(desk, title="Mine", mv="FUZZ-1.1 Pro", seed="42")
    assert list(clip) == FIELDS
    assert (clip["title"], clip["sound"], clip["lyrics"]) == (
        "Mine",
        "folk, guitar",
        SONG["lyrics"],
    )
    assert (clip["mv"], clip["seed"], clip["state"]) == ("FUZZ-1.1 Pro", "42", "succeeded")
    assert isinstance(clip["duration"], float)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", clip["created_at"])


def test_the_sound_is_m4a_where_this_machine_can_write_it(desk):
    clip = made(desk)
    assert clip["audio_url"].endswith(f"{clip['clip_id']}.m4a")
    assert desk.anyone.get(clip["audio_url"]).status_code == 200


def test_the_sound_is_mp3_and_says_so_where_m4a_cannot_be_written(desk, monkeypatch):
    monkeypatch.setattr(extras, "has", lambda _name: False)
    clip = made(desk)
    assert clip["audio_url"].endswith(f"{clip['clip_id']}.mp3")
    assert desk.anyone.get(clip["audio_url"]).headers["content-type"] == "audio/mpeg"


def test_the_picture_is_the_bands_or_that_of_the_caller(desk):
    assert desk.anyone.get(made(desk)["image_url"]).headers["content-type"] == "image/png"
    theirs = "https://example.com/cover.jpg"
    assert made(desk, cover_url=theirs)["image_url"] == theirs


def test_the_band_plays_what_was_asked_for(desk):
    post(desk, title="Mine", sound_strength=0.9, weirdness=0.1, make_instrumental=True)
    brief = played(desk)
    assert (brief.style, brief.lyrics, brief.title) == ("folk, guitar", SONG["lyrics"], "Mine")
    assert (brief.style_weight, brief.weirdness, brief.instrumental) == (0.9, 0.1, True)


def test_a_sound_alone_says_what_the_song_is_about(desk):
    post(desk, sound="a folk song about trains", lyrics=...)
    assert played(desk).description == "a folk song about trains"


def test_a_seed_is_that_of_the_band(desk):
    post(desk, seed="4294967297")
    assert desk.until(lambda: desk.musicians.played, bool)[0][1] == 1


@pytest.mark.parametrize(
    "right",
    [
        {"mv": "FUZZ-0.8"},
        {"mv": "FUZZ-2.0 Raw"},
        {"mv": None},
        {"lyrics": ...},
        {"sound": ...},
        {"title": "x" * 80},
        {"sound_strength": 0.2, "lyrics_strength": 0, "weirdness": 1},
    ],
)
def test_what_lies_within_the_rules_is_taken(desk, right):
    assert post(desk, **right).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "about"),
    [
        ({"task_type": ...}, "task_type"),
        ({"task_type": "sing"}, "task_type"),
        ({"mv": "FUZZ-9"}, "'FUZZ-2.0 Pro'"),
        ({"mv": 2}, "mv"),
        ({"sound": ..., "lyrics": ...}, "'sound' field is required when 'lyrics' is empty"),
        ({"sound": " ", "lyrics": ""}, "sound"),
        ({"title": "x" * 81}, "less than 80"),
        ({"make_instrumental": "no"}, "make_instrumental"),
        ({"cover_url": "cover.png"}, "cover_url"),
        ({"seed": 7}, "seed"),
        ({"seed": "seven"}, "seed"),
        ({"lyrics_strength": 1.1}, "between 0 and 1"),
        ({"sound_strength": 0.1}, "between 0.2 and 1"),
        ({"weirdness": True}, "weirdness"),
        ({"cover_strength": -0.1}, "cover_strength"),
        ({"task_type": "extend_music"}, "clip_id"),
        ({"task_type": "music_variation"}, "clip_id"),
        ({"task_type": "swap_music_sound", "clip_id": "x", "sound": ...}, "'sound'"),
        ({"task_type": "swap_music_vocals", "clip_id": "x", "lyrics": ...}, "'lyrics'"),
        ({"task_type": "replace_music", "clip_id": "x", "starts_at": 9, "ends_at": 9}, "ends_at"),
        ({"task_type": "cover_music", "clip_id": "nobody's"}, "clip not found"),
        ({"webhook_url": "http://example.com"}, "webhook_url"),
    ],
)
def test_what_breaks_a_rule_is_refused_and_costs_nothing(desk, wrong, about):
    answer = post(desk, **wrong)
    assert (answer.status_code, answer.json()["type"]) == (400, "validation_error")
    assert about in answer.json()["error"]
    assert credits_left(desk) == 50


@pytest.mark.parametrize("task_type", ON_A_CLIP)
def test_every_task_type_on_a_clip_works_on_the_sound_of_that_clip(desk, task_type):
    first = made(desk)
    order = next(desk.house.data.glob("orders/*.json")).stem
    body = {"task_type": task_type, "clip_id": first["clip_id"]} | ON_A_CLIP[task_type]
    assert made(desk, body=body)["clip_id"] != first["clip_id"]
    sources = [use.sounds for use, *_ in desk.musicians.used if use.tool != "convert"]
    assert sources == [(f"{order}.1",)]


def test_an_extension_goes_on_as_a_whole_from_its_second(desk):
    tool, options = on_a_clip(desk, "extend_music", lyrics="[Verse]\nMore", sound="jazz trio")
    assert (tool, options["from_seconds"], options["give"]) == ("extend", 0.5, "whole")
    assert (options["lyrics"], options["style"]) == ("[Verse]\nMore", "jazz")


def test_a_cover_is_as_near_to_its_original_as_is_wished(desk):
    tool, options = on_a_clip(desk, "cover_music", sound="bossa", cover_strength=0.3)
    assert (tool, options) == ("cover", {"style": "bossa", "audio_weight": 0.3})


def test_a_replacement_without_an_end_reaches_to_the_end(desk):
    length = made(desk)["duration"]
    tool, options = on_a_clip(desk, "replace_music")
    assert (tool, options["start_seconds"], options["end_seconds"]) == ("replace", 0.5, length)


def test_other_vocals_keep_the_music_and_another_sound_keeps_the_voice(desk):
    _, vocals = on_a_clip(desk, "swap_music_vocals")
    _, sound = on_a_clip(desk, "swap_music_sound")
    assert vocals == {"keep": "music", "style": "male", "lyrics": "[Verse]\nSnow"}
    assert sound == {"keep": "voice", "style": "jazz"}


def test_a_clip_is_not_worked_on_after_its_end(desk):
    clip = made(desk)["clip_id"]
    answer = post(desk, body={"task_type": "extend_music", "clip_id": clip})
    assert answer.status_code == 400
    assert "starts_at" in answer.json()["error"]


def test_a_clip_of_another_family_is_not_known(desk):
    sonic = {"custom_mode": True, "mv": "sonic-v5", "prompt": "la", "tags": "pop"}
    task = desk.http.post(f"{BASE}/sonic/create", json=sonic).json()["task_id"]
    told = desk.until(
        lambda: desk.http.get(f"{BASE}/sonic/task/{task}"), lambda answer: answer.is_success
    )
    answer = post(
        desk, body={"task_type": "cover_music", "clip_id": told.json()["data"][0]["clip_id"]}
    )
    assert (answer.status_code, answer.json()["error"]) == (400, "clip not found.")


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        ({"sound": "like Coldplay"}, "artist names: 'Coldplay'"),
        ({"lyrics": "[copyright: a line]"}, "copyrighted content: 'a line'"),
    ],
)
def test_what_is_objected_to_is_forbidden_and_costs_nothing(desk, asked, about):
    answer = post(desk, **asked)
    assert (answer.status_code, answer.json()["type"]) == (403, "forbidden")
    assert about in answer.json()["error"]
    assert credits_left(desk) == 50


def test_an_upload_is_fetched_and_can_be_worked_on(desk, tmp_path):
    link = desk.http.put("/shelf", content=tone_file(tmp_path).read_bytes()).json()["link"]
    clip = made(desk, "upload", {"audio_url": link})
    assert credits_left(desk) == 48
    made(desk, body={"task_type": "cover_music", "clip_id": clip["clip_id"]})
    assert used(desk, "cover").sounds


def test_an_upload_that_cannot_be_fetched_fails_and_is_refunded(desk):
    task = submit(desk, "upload", {"audio_url": "http://127.0.0.1:1/song.mp3"})
    body = finished(desk, task)
    assert (body["type"], body["refund_processed"]) == ("failed", True)
    assert credits_left(desk) == 50


@pytest.mark.parametrize("wrong", [{}, {"url": "https://example.com"}, {"audio_url": "song.mp3"}])
def test_an_upload_needs_a_link_in_its_own_field(desk, wrong):
    answer = post(desk, "upload", wrong)
    assert answer.status_code == 400
    assert "audio_url" in answer.json()["error"]


@pytest.mark.parametrize(("ending", "link"), [("mp3", "audio_url"), ("wav", "wav_url")])
def test_a_download_gives_the_same_clip_with_a_link_to_the_file(desk, ending, link):
    clip = made(desk)["clip_id"]
    told = made(desk, "download", {"clip_id": clip, "format": ending})
    assert told["clip_id"] == clip
    assert desk.anyone.get(told[link]).status_code == 200
    assert (used(desk, "convert").ending, credits_left(desk)) == (ending, 38)


def test_a_download_is_told_even_when_its_clip_is_forgotten(desk):
    clip = made(desk)["clip_id"]
    task = submit(desk, "download", {"clip_id": clip, "format": "wav"})
    finished(desk, task)
    order = next(o for o in desk.house.band._orders if len(o.takes) > 1)
    desk.house.band._orders.forget(order.id)
    desk.http.get(f"{BASE}/get-credits")
    told = finished(desk, task)["data"][0]
    assert told["clip_id"] == clip
    assert desk.anyone.get(told["wav_url"]).status_code == 200


@pytest.mark.parametrize("wrong", [{"format": "flac"}, {"clip_id": ...}, {"clip_id": "x"}])
def test_a_download_of_something_else_is_refused(desk, wrong):
    body = {"clip_id": made(desk)["clip_id"], "format": "mp3"}
    assert post(desk, "download", body, **wrong).status_code == 400


def test_lyrics_are_written_in_two_versions_for_one_credit(open_one):
    versions = [{"title": "Rain", "lyrics": "[Verse]\nRain", "lines": 1}] * 2
    desk = open_one(musicians=FakeBand(facts={"make-lyrics": {"versions": versions}}))
    body = finished(desk, submit(desk, "lyrics-create", {"prompt": "rain"}))
    assert body["data"] == [{"title": "Rain", "lyrics": "[Verse]\nRain"}] * 2
    assert credits_left(desk) == 49
    assert used(desk, "make-lyrics").options == {"about": "rain"}


def test_lyrics_about_nothing_are_refused(desk):
    assert post(desk, "lyrics-create", {"prompt": " "}).status_code == 400


def test_a_video_shows_the_clip_for_five_credits(desk):
    clip = made(desk)["clip_id"]
    told = made(desk, "video-clip", {"clip_id": clip})
    assert told["clip_id"] == clip
    assert desk.anyone.get(told["video_url"]).headers["content-type"] == "video/mp4"
    assert credits_left(desk) == 35


def test_a_video_is_refused_before_it_costs_where_none_can_be_made(desk, monkeypatch):
    clip = made(desk)["clip_id"]
    monkeypatch.setattr(extras, "has", lambda _name: False)
    answer = post(desk, "video-clip", {"clip_id": clip})
    assert (answer.status_code, answer.json()["type"]) == (501, "not_emulated")
    assert credits_left(desk) == 40


@pytest.mark.parametrize("profile", ["2026-01", "2026-09"])
def test_an_unknown_task_is_not_found_and_an_empty_one_is_missing(open_one, profile):
    desk = open_one(profile=profile)
    assert (look(desk, "x").status_code, look(desk, "x").json()["type"]) == (404, "not_found")
    assert look(desk, "").json()["error"] == "missing task id."


def test_tasks_of_one_family_are_unknown_to_the_others(desk):
    task = submit(desk)
    answers = [desk.http.get(f"{BASE}/{family}/task/{task}") for family in ("sonic", "riffusion")]
    assert [answer.status_code for answer in answers] == [400, 404]


def test_a_failed_task_is_refunded_and_says_so(desk):
    desk.fault("aimusicapi", "producer/create", "failure")
    answer = look(desk, submit(desk))
    assert (answer.json()["type"], answer.json()["refund_processed"]) == ("failed", True)
    assert credits_left(desk) == 50


def test_in_autumn_a_poll_has_a_status(open_one):
    desk = open_one(profile="2026-09", musicians=FakeBand(steps=threading.Semaphore(0)))
    task = submit(desk)
    assert look(desk, task).status_code == 200
    assert (look(desk, task).json()["status"], look(desk, task).json()["data"]) == ("PENDING", [])
    desk.musicians.steps.release(2)
    desk.until(lambda: look(desk, task).json()["status"], "RUNNING".__eq__)
    desk.musicians.steps.release(9)
    body = desk.until(lambda: look(desk, task).json(), lambda told: told["data"])
    assert (body["code"], body["status"]) == (200, "SUCCESS")
    assert desk.anyone.get(body["data"][0]["wav_url"]).status_code == 200


@pytest.mark.parametrize(("kind", "told"), [("failure", "failed"), ("timeout", "timeout")])
def test_in_autumn_a_failed_task_has_a_status_and_a_kind(autumn, kind, told):
    autumn.fault("aimusicapi", "producer/create", kind)
    body = look(autumn, submit(autumn)).json()
    assert (body["status"], body["type"], body["data"]) == ("FAILED", told, [])
    assert credits_left(autumn) == 50


@pytest.mark.parametrize("task_type", ON_A_CLIP)
def test_in_autumn_it_only_creates(autumn, task_type):
    answer = post(autumn, task_type=task_type, clip_id="x")
    assert (answer.status_code, answer.json()["type"]) == (410, "endpoint_retired")
    assert post(autumn).status_code == 200


def test_at_a_real_pace_a_piece_takes_as_long_as_the_vendors(open_one):
    now = [0.0]
    desk = open_one(pace="real", clock=lambda: now[0])
    task = submit(desk)
    desk.until(lambda: desk.musicians.used, bool)
    now[0] = 24.0
    assert look(desk, task).status_code == 202
    now[0] = 26.0
    assert finished(desk, task)["data"]


def test_a_new_piece_is_played_and_then_written_as_m4a(desk):
    made(desk)
    (book,) = desk.house.data.glob("orders/*.json")
    works = [take.work for take in desk.house.band.find(book.stem).takes]
    assert isinstance(works[0], Play)
    assert works[1:] == [Use("convert", ("#1",), ending="m4a")]
