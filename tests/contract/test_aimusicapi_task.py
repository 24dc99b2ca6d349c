"""Looking at tasks of the emulated AI Music API: their phases, their clips, their end."""

import re
import threading

import pytest

from tests.emulator.fakes import FakeBand

BASE = "/aimusicapi/api/v1"
CUSTOM = {"custom_mode": True, "mv": "sonic-v5", "prompt": "[Verse]\nRain", "tags": "pop"}
NOT_READY = {
    "code": 202,
    "type": "not_ready",
    "error": "Task is still processing. Please wait a few seconds and try again.",
}
TIMED_OUT = "Task failed due to timeout. Credits were previously refunded."
FIELDS = [
    "clip_id",
    "state",
    "title",
    "tags",
    "lyrics",
    "image_url",
    "audio_url",
    "video_url",
    "created_at",
    "mv",
    "gpt_description_prompt",
    "duration",
    "negative_tags",
    "style_weight",
    "weirdness_constraint",
]


def create(desk, **more):
    return desk.http.post(f"{BASE}/sonic/create", json=CUSTOM | more).json()["task_id"]


def look(desk, task):
    return desk.http.get(f"{BASE}/sonic/task/{task}")


def clips(desk, task):
    answer = look(desk, task)
    return answer.json()["data"] if answer.status_code == 200 else []


def states(desk, task):
    return [clip["state"] for clip in clips(desk, task)]


def until_over(desk, task):
    over = {"succeeded", "failed"}
    return desk.until(
        lambda: clips(desk, task), lambda told: told and {c["state"] for c in told} <= over
    )


def credits_left(desk):
    return desk.http.get(f"{BASE}/get-credits").json()["credits"]


@pytest.fixture
def slow(open_one):
    return open_one(musicians=FakeBand(steps=threading.Semaphore(0)))


def test_the_true_phases_are_shown_in_their_order(slow):
    task, steps = create(slow), slow.musicians.steps
    assert (look(slow, task).status_code, look(slow, task).json()) == (202, NOT_READY)
    steps.release(2)
    slow.until(lambda: states(slow, task), lambda told: told == ["running", "pending"])
    steps.release()
    slow.until(lambda: states(slow, task), lambda told: told == ["succeeded", "running"])
    steps.release(3)
    slow.until(lambda: states(slow, task), lambda told: told == ["succeeded", "succeeded"])


def test_a_task_that_waits_behind_another_is_not_ready(slow):
    create(slow)
    slow.musicians.steps.release(2)
    assert look(slow, create(slow)).status_code == 202


def test_a_running_clip_has_a_stream_and_no_duration(slow):
    task = create(slow)
    slow.musicians.steps.release(2)
    running, pending = slow.until(lambda: clips(slow, task), bool)
    assert running["duration"] is None
    assert slow.anyone.get(running["audio_url"]).headers["content-type"] == "audio/mpeg"
    assert pending["audio_url"] == ""


def test_the_stream_turns_from_the_first_seconds_into_the_whole(slow):
    task = create(slow)
    slow.musicians.steps.release(2)
    stream = slow.until(lambda: clips(slow, task), bool)[0]["audio_url"]
    early = slow.anyone.get(stream).content
    slow.musicians.steps.release(4)
    whole = until_over(slow, task)[0]["audio_url"]
    assert len(early) < len(slow.anyone.get(stream).content)
    assert slow.anyone.get(stream).content == slow.anyone.get(whole).content


def test_a_finished_clip_has_every_documented_field(desk):
    asked = {"title": "Rain", "negative_tags": "drums", "style_weight": 0.4}
    task = create(desk, **asked, weirdness_constraint=0.1, vocal_gender="f")
    clip = until_over(desk, task)[0]
    assert list(clip) == FIELDS
    assert (clip["title"], clip["tags"], clip["lyrics"]) == ("Rain", "pop", CUSTOM["prompt"])
    assert (clip["negative_tags"], clip["style_weight"]) == ("drums", 0.4)
    assert (clip["weirdness_constraint"], clip["video_url"]) == (0.1, None)


def test_a_finished_clip_is_told_in_the_documented_types(desk):
    clip = until_over(desk, create(desk))[0]
    assert re.fullmatch(r"\d+\.\d\d", clip["duration"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", clip["created_at"])
    assert clip["audio_url"].endswith(f"/{clip['clip_id']}.mp3")


def test_the_task_envelope_has_code_data_and_message(desk):
    task = create(desk)
    until_over(desk, task)
    body = look(desk, task).json()
    assert {**body, "data": None} == {"code": 200, "data": None, "message": "success"}


@pytest.mark.parametrize(
    ("sent", "told"), [("sonic-v5", "chirp-v5"), ("chirp-v4-5-plus", "chirp-v4-5-plus")]
)
def test_models_are_told_as_chirp(desk, sent, told):
    assert {clip["mv"] for clip in until_over(desk, create(desk, mv=sent))} == {told}


def test_description_mode_tells_the_description_and_the_bands_own_words(desk):
    task = create(desk, custom_mode=False, gpt_description_prompt="rain", prompt=None, tags=None)
    clip = until_over(desk, task)[0]
    assert (clip["gpt_description_prompt"], clip["title"]) == ("rain", "Night Train")
    assert (clip["tags"], clip["lyrics"]) == ("slow folk, guitar", "[Verse]\nRain on the rails")


def test_auto_lyrics_tells_the_bands_words_and_keeps_what_was_given(desk):
    clip = until_over(desk, create(desk, auto_lyrics=True, prompt="rain", title="Mine"))[0]
    assert (clip["title"], clip["tags"]) == ("Mine", "pop")
    assert (clip["lyrics"], clip["gpt_description_prompt"]) == ("[Verse]\nRain on the rails", None)


def test_an_instrumental_has_a_mark_for_its_words(desk):
    task = create(desk, make_instrumental=True)
    assert {clip["lyrics"] for clip in until_over(desk, task)} == {"[Instrumental]"}


def test_two_clips_have_ids_of_their_own(desk):
    first, second = until_over(desk, create(desk))
    assert first["clip_id"] != second["clip_id"]
    assert first["audio_url"] != second["audio_url"]


@pytest.mark.parametrize(("path", "text"), [("nope", "task not found."), ("", "missing task id.")])
def test_a_task_that_is_not_there_is_a_validation_error(desk, path, text):
    answer = look(desk, path)
    assert answer.status_code == 400
    assert answer.json() == {"type": "validation_error", "error": text}


def test_a_failed_task_is_refunded_and_says_so(desk):
    desk.fault("aimusicapi", "create", "failure")
    task = create(desk)
    assert credits_left(desk) == 50
    answer = look(desk, task).json()
    assert (answer["type"], answer["refund_processed"]) == ("failed", True)
    assert answer["message"]


def test_a_failed_task_is_refunded_once(desk):
    desk.fault("aimusicapi", "create", "failure")
    task = create(desk)
    for _ in range(3):
        look(desk, task)
    assert credits_left(desk) == 50


def test_a_task_that_took_too_long_has_its_documented_text(desk):
    desk.fault("aimusicapi", "create", "timeout")
    answer = look(desk, create(desk))
    assert (answer.status_code, answer.json()["error"]) == (504, TIMED_OUT)


def test_a_band_that_breaks_down_is_a_failed_task(open_one):
    desk = open_one(musicians=FakeBand(troubles=[ValueError(), ValueError()]))
    task = create(desk)
    desk.until(lambda: look(desk, task).json(), lambda told: told.get("type") == "failed")
    assert credits_left(desk) == 50


def test_one_failed_clip_is_told_beside_the_good_one_and_not_refunded(desk):
    desk.fault("aimusicapi", "create", "partial")
    good, bad = until_over(desk, create(desk))
    assert (good["state"], bad["state"]) == ("succeeded", "failed")
    assert bad["error_message"]
    assert (bad["audio_url"], bad["duration"]) == ("", None)
    assert credits_left(desk) == 40


def test_at_the_pace_of_looks_every_phase_is_seen(open_one):
    desk = open_one(pace="looks:2")
    task = create(desk)
    (book,) = desk.house.data.glob("orders/*.json")
    desk.until(lambda: desk.house.band.find(book.stem).state, "finished".__eq__)
    seen = [(look(desk, task).status_code, tuple(states(desk, task))) for _ in range(4)]
    assert seen == [
        (202, ()),
        (200, ("running", "running")),
        (200, ("succeeded", "running")),
        (200, ("succeeded", "succeeded")),
    ]


def test_at_a_real_pace_a_finished_song_is_shown_only_in_its_time(open_one):
    now = [0.0]
    desk = open_one(pace="real", clock=lambda: now[0])
    task = create(desk)
    # The band is done long before the pace lets anybody see it.
    desk.until(lambda: [*desk.house.band._orders], lambda all_: all(o.state.is_over for o in all_))
    shown = []
    for now[0] in (0.0, 14.0, 15.0, 95.0, 115.0):
        answer = desk.until(lambda: look(desk, task), lambda a: now[0] < 15 or a.is_success)
        shown.append(answer.status_code if answer.status_code == 202 else states(desk, task))
    assert shown[:2] == [202, 202]
    assert shown[2:] == [["running"] * 2, ["succeeded", "running"], ["succeeded"] * 2]


def test_tasks_clips_and_credits_survive_a_restart(open_one):
    first = open_one()
    task = create(first)
    ids = [clip["clip_id"] for clip in until_over(first, task)]
    first.house.band.close()
    second = open_one(credits=1000)
    assert [clip["clip_id"] for clip in until_over(second, task)] == ids
    assert credits_left(second) == 40


def test_a_song_unfinished_at_a_restart_comes_to_its_end_under_the_same_ids(open_one):
    steps = threading.Semaphore(3)
    first = open_one(musicians=FakeBand(steps=steps))
    task = create(first)
    ids = first.until(lambda: [clip["clip_id"] for clip in clips(first, task)], bool)
    first.house.band.close()
    assert [clip["clip_id"] for clip in until_over(open_one(), task)] == ids
