"""What sonic answers to each question, field by field, and how it gets there."""

import threading
import uuid

import pytest

from tests.contract.sonic import (
    BASE,
    CUSTOM,
    LINES,
    WORDS,
    SonicBand,
    credits_left,
    finished,
    look,
    made,
    post,
    shelved,
    song,
    states,
    submit,
    tail,
    uploaded,
)
from tests.emulator.letterbox import open_letterbox

NOT_READY = {
    "code": 202,
    "type": "not_ready",
    "error": "Task is still processing. Please wait a few seconds and try again.",
}


@pytest.fixture
def counter(open_one):
    return open_one(musicians=SonicBand(), credits=1000)


def until(desk, path, body, is_there=lambda answer: answer.status_code == 200):
    return desk.until(lambda: post(desk, path, body), is_there).json()


def test_an_upload_is_told_flat(counter):
    told = post(counter, "upload", {"url": shelved(counter)}).json()
    assert uuid.UUID(told.pop("clip_id")).version == 4
    assert told == {"code": 200, "message": "success"}


def test_a_persona_is_told_flat(counter):
    told = post(counter, "persona", {"name": "Anna", "clip_id": song(counter)}).json()
    assert uuid.UUID(told.pop("persona_id")).version == 4
    assert told == {"code": 200, "message": "success"}


def test_the_tempo_has_three_numbers(counter):
    told = post(counter, "bpm", {"clip_id": song(counter)}).json()
    tempo = {"avg_bpm": 96.0, "max_bpm": 97.5, "min_bpm": 95.0}
    assert told == {"code": 200, "data": tempo, "message": "success"}


def test_without_a_beat_there_is_no_tempo_to_pay_for(counter):
    counter.musicians.facts["measure"] = {"tempo_bpm": None}
    answer = post(counter, "bpm", {"clip_id": song(counter)})
    assert (answer.status_code, answer.json()["type"]) == (502, "upstream_error")
    assert credits_left(counter) == 990


def test_a_vox_says_where_it_is_from(counter):
    clip = song(counter)
    told = post(counter, "vox", {"clip_id": clip, "vocal_start_s": 0, "vocal_end_s": 1}).json()
    data = told.pop("data")
    assert told == {"code": 200, "message": "success"}
    assert uuid.UUID(data.pop("vox_audio_id"))
    waves = data.pop("wave_response")["waveform_aggregates"]
    assert [wave["mip_map_level"] for wave in waves] == [0, 1, 2, 3]
    assert data == {
        "status": "complete",
        "source_clip_id": clip,
        "vocal_start_s": 0.0,
        "vocal_end_s": 1.0,
    }


def test_a_persona_is_made_of_a_vox_alone(counter):
    clip = song(counter)
    vox = post(counter, "vox", {"clip_id": clip}).json()["data"]["vox_audio_id"]
    body = {"name": "Anna", "clip_id": clip, "vox_audio_id": vox, "vocal_end_s": 9}
    assert post(counter, "persona", body).status_code == 200
    use, _, sounds = counter.musicians.used[-1]
    assert use.options == {"name": "Anna", "alone": True}
    assert sounds == [counter.house.sounds.find(use.sounds[0]).path]


def test_wav_is_told_without_a_code_and_paid_once(counter):
    clip = song(counter)
    told = [post(counter, "wav", {"clip_id": clip}).json() for _ in range(2)]
    assert set(told[0]) == {"message", "data"}
    assert told[0] == told[1]
    assert counter.anyone.get(told[0]["data"]["wav_url"]).content.startswith(b"RIFF")
    assert credits_left(counter) == 1000 - 10 - 1


def test_midi_tells_a_text_until_it_is_there_and_is_paid_once(counter):
    body = {"clip_id": song(counter)}
    first = post(counter, "midi", body).json()
    assert first["data"] == {"midi_url": "generating midi…", "instruments": []}
    told = until(counter, "midi", body, lambda a: a.json()["data"]["instruments"])["data"]
    assert told["instruments"][0]["name"] == "bass"
    assert told["instruments"][0]["notes"] == [
        {"pitch": 40, "start": 0.0, "end": 0.5, "velocity": 1.0}
    ]
    assert counter.anyone.get(told["midi_url"]).content.startswith(b"MThd")
    assert credits_left(counter) == 1000 - 10 - 1


def test_midi_that_fails_is_told_as_a_text_and_refunded(counter):
    body = {"clip_id": song(counter)}
    counter.musicians.troubles.append(ValueError())
    told = until(counter, "midi", body, lambda a: "Failed" in a.json()["data"]["midi_url"])
    assert told["data"]["instruments"] == []
    assert credits_left(counter) == 990


def test_words_in_time_come_late_and_are_paid_once(counter):
    body = {"clip_id": song(counter)}
    first = post(counter, "aligned-lyrics", body)
    assert (first.status_code, first.json()) == (202, NOT_READY)
    told = until(counter, "aligned-lyrics", body)
    words = told["data"]["alignment"]
    assert [word["word"] for word in words] == ["[Verse 1]\nRain ", "falls\n", "Down\n"]
    assert words[1] == {
        "word": "falls\n",
        "start_s": LINES[0]["words"][1]["start_seconds"],
        "end_s": 2.25,
        "p_align": 1.0,
        "success": True,
    }
    assert credits_left(counter) == 1000 - 10 - 1


def test_where_nothing_is_sung_no_words_are_found(counter):
    clip = song(counter, make_instrumental=True)
    answer = post(counter, "aligned-lyrics", {"clip_id": clip})
    assert (answer.status_code, answer.json()["type"]) == (404, "not_found")
    assert credits_left(counter) == 990


def test_a_download_is_first_prepared_then_a_list_of_files(counter):
    body = {"clip_id": song(counter), "formats": ["mp3", "wav"]}
    assert post(counter, "download", body).status_code == 202
    files = until(counter, "download", body)["data"]["files"]
    assert [file["format"] for file in files] == ["mp3", "wav"]
    assert all(counter.anyone.get(file["url"]).status_code == 200 for file in files)
    assert credits_left(counter) == 1000 - 10 - 2


def test_what_the_house_let_go_of_is_purged(counter):
    clip = uploaded(counter)
    counter.house.sounds.clean(keep_seconds=-1)
    answer = post(counter, "download", {"clip_id": clip, "formats": ["mp3"]})
    assert (answer.status_code, answer.json()["type"]) == (404, "not_found")


def test_lyrics_come_in_two_versions_beside_the_code(counter):
    told = post(counter, "lyrics", {"description": "rain"}).json()
    assert list(told) == ["code", "results", "message"]
    assert [set(version) for version in told["results"]] == [{"title", "lyrics"}] * 2


def test_tags_are_made_one_rich_description(counter):
    told = post(counter, "upsample-tags", {"tags": "folk"}).json()
    data = {"upsampled_tags": "slow folk, warm guitar"}
    assert told == {"code": 200, "data": data, "message": "success"}


def test_each_stem_is_a_clip_that_can_be_asked_for_more(counter):
    clip = song(counter, title="Rails")
    vocals, rest = made(counter, "stems/basic", {"clip_id": clip})
    assert (vocals["title"], vocals["stem_type"]) == ("Rails - Vocals", "vocals")
    assert (rest["title"], rest["stem_type"]) == ("Rails - Instrumental", "instrumental")
    assert (vocals["lyrics"], vocals["duration"]) == (WORDS, "1.00")
    assert "instruments" in post(counter, "midi", {"clip_id": vocals["clip_id"]}).json()["data"]
    assert counter.anyone.get(vocals["audio_url"]).headers["content-type"] == "audio/mpeg"
    wav = post(counter, "wav", {"clip_id": rest["clip_id"]}).json()["data"]["wav_url"]
    assert counter.anyone.get(wav).content.startswith(b"RIFF")


def test_what_is_joined_comes_after_what_was_added(open_one):
    desk = open_one(musicians=SonicBand(), credits=1000, pace="looks:1")
    body = CUSTOM | {"url": shelved(desk), "auto_concat": True, "continue_at": 0.1}
    task = submit(desk, "upload-extend", body)
    (order,) = desk.house.data.glob("orders/*.json")
    desk.until(lambda: desk.house.band.find(order.stem).state, "finished".__eq__)
    looks = [look(desk, task).json().get("data") for _ in range(6)]
    assert looks[0] is None
    assert [states(told) for told in looks[1:]] == [
        ["running", None, "running", None],
        ["succeeded", None, "running", None],
        ["succeeded", None, "succeeded", None],
        ["succeeded", "succeeded", "succeeded", None],
        ["succeeded"] * 4,
    ]


def test_a_tail_tells_its_own_words_and_the_whole_all(counter):
    told = tail(counter, prompt="[Verse]\nSnow", title="On")
    assert (told["title"], told["lyrics"]) == ("On", "[Verse]\nSnow")
    body = {"task_type": "concat_music", "continue_clip_id": told["clip_id"]}
    (whole,) = made(counter, "create", body)
    assert (whole["mv"], whole["title"]) == (told["mv"], "On")


def test_the_second_clip_of_a_pair_can_fail_alone(counter):
    counter.fault("aimusicapi", "sonic/upload-extend", "partial")
    body = CUSTOM | {"url": shelved(counter), "auto_concat": True}
    good, bad = made(counter, "upload-extend", body)
    assert (good["extended"]["state"], good["full"]["state"]) == ("succeeded", "succeeded")
    assert (bad["extended"]["state"], bad["full"]["state"]) == ("failed", "failed")
    assert credits_left(counter) == 1000 - 12


def test_an_upload_with_a_callback_is_a_task_that_tells_of_itself(counter):
    with open_letterbox() as box:
        body = {"url": shelved(counter), "callback_url": box.url}
        told = post(counter, "upload", body).json()
        assert set(told) == {"message", "task_id"}
        (letter,) = counter.until(lambda: box.letters, bool)
    assert letter.json["task_id"] == told["task_id"]
    clip = letter.json["clip_id"]
    assert look(counter, told["task_id"]).json()["data"][0]["clip_id"] == clip
    assert post(counter, "bpm", {"clip_id": clip}).status_code == 200


def test_an_upload_that_fails_after_its_answer_is_refunded_and_told(counter):
    with open_letterbox() as box:
        gone = shelved(counter).replace("/shelf/", "/shelf/0")
        task = post(counter, "upload", {"url": gone, "callback_url": box.url}).json()["task_id"]
        (letter,) = counter.until(lambda: box.letters, bool)
    assert letter.json["type"] == "validation_error"
    assert look(counter, task).json()["type"] == "failed"
    assert credits_left(counter) == 1000


def test_who_asked_is_told_of_sound_and_of_the_end(counter):
    with open_letterbox() as box:
        task = submit(counter, "create", CUSTOM, webhook_url=box.url, webhook_secret="s")
        counter.until(box.events, lambda events: "song.completed" in events)
    last = box.letters[-1].json
    assert (last["task_id"], last["platform"], last["code"]) == (task, "sonic", 200)
    assert states(last["data"]) == ["succeeded", "succeeded"]
    assert last["data"] == look(counter, task).json()["data"]


def test_who_asked_is_told_of_a_failure_and_the_refund(counter):
    counter.fault("aimusicapi", "create", "failure")
    with open_letterbox() as box:
        task = submit(counter, "create", CUSTOM, webhook_url=box.url)
        counter.until(box.events, lambda events: "song.failed" in events)
    last = box.letters[-1].json
    assert (last["type"], last["refund_processed"], last["task_id"]) == ("failed", True, task)


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (
            {"prompt": "[Verse]\n[copyright: Yesterday]"},
            "The lyrics contain copyrighted content: 'Yesterday'. Please use original lyrics.",
        ),
        (
            {"prompt": "[Verse]\n[inappropriate: this]"},
            "The lyrics contain inappropriate content: 'this'.",
        ),
        ({"prompt": "[Verse\nRain"}, "The lyrics format is invalid. Please check and try again."),
        (
            {"tags": "like taylor swift"},
            "The song description contains artist names: 'taylor swift' which is not allowed.",
        ),
        (
            {"tags": "trap, prod. by Zed"},
            "The song description contains producer tags: 'prod. by Zed' which is not allowed.",
        ),
        ({"tags": "pop [review]"}, "The song description needs moderation review."),
    ],
)
def test_practice_meets_each_refusal_and_pays_nothing(counter, wrong, text):
    answer = post(counter, "create", CUSTOM, **wrong)
    assert (answer.status_code, answer.json()) == (403, {"type": "forbidden", "error": text})
    assert credits_left(counter) == 1000


@pytest.mark.parametrize("words", ["[Verse]\nProduce the evidence", "[Chorus]\nAdelie penguins"])
def test_harmless_words_are_not_refused(counter, words):
    assert post(counter, "create", CUSTOM, prompt=words, tags="produced, mellow").is_success


def test_clips_know_after_a_restart_where_they_came_from(open_one):
    first = open_one(musicians=SonicBand(), credits=1000)
    added, brought = tail(first)["clip_id"], uploaded(first)
    (vocals, _) = made(first, "stems/basic", {"clip_id": brought})
    first.house.band.close()
    second = open_one(musicians=SonicBand())
    joined = {"task_type": "concat_music", "continue_clip_id": added}
    assert post(second, "create", joined).status_code == 200
    cover = CUSTOM | {"task_type": "cover_upload_music", "continue_clip_id": brought}
    assert post(second, "create", cover).status_code == 200
    assert post(second, "bpm", {"clip_id": vocals["clip_id"]}).status_code == 200


def test_a_persona_sings_after_a_restart(open_one):
    first = open_one(musicians=SonicBand(), credits=1000)
    body = {"name": "Anna", "clip_id": song(first)}
    persona = post(first, "persona", body).json()["persona_id"]
    first.house.band.close()
    second = open_one(musicians=SonicBand())
    made(second, "create", CUSTOM | {"task_type": "persona_music", "persona_id": persona})
    assert second.musicians.played[-1][0].persona.name == "Anna"


def test_links_to_stems_notes_and_sound_without_loss_end_too(open_one):
    now = [0.0]
    desk = open_one(musicians=SonicBand(), credits=1000, link_seconds=60.0, clock=lambda: now[0])
    clip = song(desk)
    stem = made(desk, "stems/basic", {"clip_id": clip})[0]
    wav = post(desk, "wav", {"clip_id": clip}).json()["data"]["wav_url"]
    assert desk.anyone.get(stem["audio_url"]).status_code == 200
    now[0] = 61.0
    assert {desk.anyone.get(link).status_code for link in (stem["audio_url"], wav)} == {403}


def test_a_task_of_another_family_is_not_found_here(counter):
    song_of_producer = {"task_type": "create_music", "sound": "folk", "lyrics": WORDS}
    told = counter.http.post(f"{BASE}/producer/create", json=song_of_producer).json()
    assert look(counter, told["task_id"]).status_code == 400


def test_what_was_paid_for_a_forgotten_clip_is_forgotten_with_it(open_one):
    now = [0.0]
    desk = open_one(musicians=SonicBand(), credits=1000, clock=lambda: now[0])
    first = song(desk)
    post(desk, "wav", {"clip_id": first})
    now[0] = 100.0
    desk.house.band.clean(keep_seconds=50)
    second = song(desk)
    post(desk, "wav", {"clip_id": second})
    receipts = (desk.house.data / "aimusicapi/receipts").glob("*.json")
    assert [second in receipt.read_text() for receipt in receipts] == [True]


def test_a_tool_at_work_is_told_as_running(open_one):
    steps = threading.Semaphore(3)
    desk = open_one(musicians=SonicBand(steps=steps), credits=1000)
    steps.release(3)
    clip = song(desk)
    body = {"task_type": "remaster", "continue_clip_id": clip, "mv": "sonic-v5"}
    task = submit(desk, "create", body)
    told = desk.until(lambda: look(desk, task), lambda answer: answer.status_code == 200)
    assert states(told.json()["data"]) == ["running", "pending"]
    assert {each["audio_url"] for each in told.json()["data"]} == {""}
    steps.release(10)
    assert states(finished(desk, task)) == ["succeeded", "succeeded"]
