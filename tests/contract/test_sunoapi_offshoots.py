"""What the emulated sunoapi.org makes of songs and beside them."""

import pytest

from tests.contract.sunoapi_calls import (
    CALL,
    GENERATE,
    LongBand,
    credits_left,
    finished,
    look,
    made,
    open_counter,
    post,
    song,
    submit,
    switch,
    uploaded,
    uses,
)

UNKNOWN = {"taskId": "f" * 32, "audioId": "nobody"}


@pytest.fixture
def desk(open_one):
    return open_counter(open_one)


def stems(desk, **more):
    return submit(desk, "vocal-removal/generate", CALL | song(desk) | more)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("wav/generate", "Record does not exist"),
        ("mp4/generate", "Record does not exist"),
        ("vocal-removal/generate", "Record does not exist"),
        ("midi/generate", "Record does not exist"),
        ("suno/cover/generate", "Original music record does not exist"),
        ("generate/generate-persona", "Music does not exist"),
        ("generate/get-timestamped-lyrics", "The corresponding record does not exist"),
    ],
)
def test_an_id_that_nobody_knows_is_refused_at_once(desk, path, text):
    body = CALL | UNKNOWN | {"name": "Anna", "description": "low"}
    assert post(desk, path, body).json() == {"code": 400, "msg": text, "data": None}
    switch(desk, family="B")
    assert post(desk, path, body).json()["code"] == 422


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("wav/generate", "audioId"),
        ("mp4/generate", "callBackUrl"),
        ("midi/generate", "taskId"),
        ("suno/cover/generate", "callBackUrl"),
        ("lyrics", "prompt"),
        ("style/generate", "content"),
        ("generate/generate-persona", "name"),
        ("generate/get-timestamped-lyrics", "audioId"),
    ],
)
def test_what_is_missed_comes_before_ids(desk, path, name):
    body = CALL | UNKNOWN | {"name": "A", "description": "b", "prompt": "c", "content": "d"}
    answer = post(desk, path, body, **{name: ...}).json()
    assert (answer["code"], answer["msg"]) == (400, f"Please enter {name}.")


def test_a_song_is_had_without_loss_once(desk):
    body = CALL | song(desk)
    task = submit(desk, "wav/generate", body)
    record = finished(desk, task, "wav")
    assert (record["successFlag"], record["musicId"]) == ("SUCCESS", body["audioId"])
    assert desk.anyone.get(record["response"]["audioWavUrl"]).content[:4] == b"RIFF"
    again = post(desk, "wav/generate", body).json()
    assert (again["code"], again["data"]) == (409, {"taskId": task})
    assert credits_left(desk) == 1000 - 12 - 0.4


def test_a_wav_that_failed_may_be_asked_for_again(desk):
    body = CALL | song(desk)
    desk.fault("sunoapi", "wav/generate", "failure")
    record = finished(desk, submit(desk, "wav/generate", body), "wav")
    assert record["successFlag"] == "GENERATE_WAV_FAILED"
    assert post(desk, "wav/generate", body).json()["code"] == 200


def test_a_song_is_taken_apart_into_two(desk):
    record = finished(desk, stems(desk), "vocal-removal")
    told = record["response"]
    assert uses(desk, "stems")[0].options["kind"] == "2"
    assert desk.anyone.get(told["vocalUrl"]).headers["content-type"] == "audio/mpeg"
    assert (told["drumsUrl"], told["originUrl"]) == (None, None)
    assert [part["stem_type_group_name"] for part in told["originData"]] == [
        "Vocals",
        "Backing Vocals",
    ]


def test_links_to_stems_have_their_blanks(desk):
    told = finished(desk, stems(desk, type="split_stem"), "vocal-removal")["response"]
    assert told["backingVocalsUrl"].endswith("_Backing Vocals.mp3")
    assert desk.anyone.get(told["backingVocalsUrl"]).status_code == 200


def test_one_stem_comes_with_all_but_it(desk):
    task = stems(desk, type="split_stem_advanced", stemName="Lead Guitar")
    told = finished(desk, task, "vocal-removal")["response"]
    wished = {"only": "guitar", "rest": True}
    assert wished.items() <= uses(desk, "stems")[0].options.items()
    assert [set(part) for part in told["originData"]] == [{"extract", "remove"}]
    assert told["guitarUrl"] is None


@pytest.mark.parametrize(("more", "code"), [({}, 400), ({"stemName": "Kazoo"}, 400)])
def test_one_stem_needs_the_name_of_one(desk, more, code):
    body = CALL | song(desk) | {"type": "split_stem_advanced"} | more
    assert post(desk, "vocal-removal/generate", body).json()["code"] == code


@pytest.mark.parametrize(
    ("more", "price"),
    [
        ({}, 10),
        ({"type": "split_stem"}, 50),
        ({"type": "split_stem_advanced", "stemName": "Bass"}, 20),
    ],
)
def test_stems_are_paid_each_time(desk, more, price):
    body = CALL | song(desk) | more
    for _ in range(2):
        finished(desk, submit(desk, "vocal-removal/generate", body), "vocal-removal")
    assert credits_left(desk) == 1000 - 12 - 2 * price


def test_the_fifth_edition_takes_apart_what_lies_behind_a_link(desk):
    body = CALL | {"audioUrl": uploaded(desk)}
    assert finished(desk, submit(desk, "vocal-removal/generate", body), "vocal-removal")["response"]
    switch(desk, edition="4")
    assert post(desk, "vocal-removal/generate", body).json()["msg"] == "Please enter taskId."


def test_stems_become_notes(desk):
    task = stems(desk)
    finished(desk, task, "vocal-removal")
    notes = finished(desk, submit(desk, "midi/generate", CALL | {"taskId": task}), "midi")
    assert (notes["recordTaskId"], notes["successFlag"]) == (task, 1)
    (bass,) = notes["midiData"]["instruments"]
    assert bass["notes"][0] == {"pitch": 40, "start": 0.0, "end": 0.5, "velocity": 1.0}


def test_one_stem_becomes_the_notes_of_its_voice(desk):
    task = stems(desk)
    parts = finished(desk, task, "vocal-removal")["response"]["originData"]
    body = CALL | {"taskId": task, "audioId": parts[0]["id"]}
    finished(desk, submit(desk, "midi/generate", body), "midi")
    use = uses(desk, "midi")[0]
    assert use.sounds[0].endswith(".1.vocals.wav")
    assert use.options == {"alone": True, "voices": "melody"}
    assert post(desk, "midi/generate", body, audioId="nobody").json()["code"] == 400


def test_notes_are_not_taken_of_music(desk):
    assert post(desk, "midi/generate", CALL | song(desk)).json()["code"] == 400


def test_a_song_becomes_a_film(desk):
    body = CALL | song(desk) | {"author": "Anna", "domainName": "example.com"}
    record = finished(desk, submit(desk, "mp4/generate", body), "mp4")
    assert desk.anyone.get(record["response"]["videoUrl"]).headers["content-type"] == "video/mp4"
    wished = {"title": "Night Train", "author": "Anna", "site": "example.com"}
    assert uses(desk, "video")[0].options == wished
    assert post(desk, "mp4/generate", body, author="a" * 51).json()["code"] == 400


def test_two_covers_are_painted_once(desk):
    parent = song(desk)["taskId"]
    body = CALL | {"taskId": parent}
    task = submit(desk, "suno/cover/generate", body)
    record = finished(desk, task, "suno/cover")
    images = record["response"]["images"]
    assert [desk.anyone.get(link).headers["content-type"] for link in images] == ["image/png"] * 2
    assert (record["successFlag"], record["parentTaskId"]) == (1, parent)
    again = post(desk, "suno/cover/generate", body).json()
    assert (again["code"], again["data"]) == (400, {"taskId": task})


def test_words_are_written_in_two_versions(desk):
    record = finished(desk, submit(desk, "lyrics", CALL | {"prompt": "trains"}), "lyrics")
    assert (record["type"], record["status"]) == ("LYRICS", "SUCCESS")
    told = record["response"]["data"]
    assert [version["title"] for version in told] == ["One", "Two"]
    assert set(told[0]) == {"text", "title", "status", "errorMessage"}


def test_words_about_an_artist_are_not_written(desk):
    task = submit(desk, "lyrics", CALL | {"prompt": "like Taylor Swift"})
    assert finished(desk, task, "lyrics")["status"] == "SENSITIVE_WORD_ERROR"
    assert credits_left(desk) == 1000


def test_a_prompt_for_words_is_short(desk):
    assert post(desk, "lyrics", CALL | {"prompt": "a" * 201}).json()["code"] == 413


def test_words_are_told_in_time_at_once(desk):
    told = post(desk, "generate/get-timestamped-lyrics", song(desk)).json()["data"]
    words = told["alignedWords"]
    assert words[0] == {
        "word": "[Verse 1]\nRain ",
        "success": True,
        "startS": 1.0,
        "endS": 1.5,
        "palign": 1.0,
    }
    assert len(told["waveformData"]) == 200
    assert credits_left(desk) == 987.5


def test_where_nobody_sings_there_are_no_words_in_time(desk):
    told = post(desk, "generate/get-timestamped-lyrics", song(desk, instrumental=True)).json()
    assert told["data"]["alignedWords"] == []


def test_a_style_is_made_richer_at_once(desk):
    told = post(desk, "style/generate", {"content": "folk"}).json()["data"]
    assert told["result"] == "slow folk, warm guitar"
    assert (told["successFlag"], told["errorMsg"]) == ("成功", "")
    assert (told["creditsConsumed"], told["creditsRemaining"]) == (0.4, 999.6)
    switch(desk, members="documented")
    plain = post(desk, "style/generate", {"content": "folk"}).json()["data"]
    assert (plain["successFlag"], plain["errorMessage"]) == ("1", "")


@pytest.mark.parametrize("path", ["style/generate", "generate/get-timestamped-lyrics"])
def test_what_comes_to_nothing_at_once_is_not_paid(desk, path):
    body = song(desk) | {"content": "folk"}
    before = credits_left(desk)
    desk.fault("sunoapi", path, "failure")
    assert post(desk, path, body).json()["code"] == 500
    assert credits_left(desk) == before


def recovery(desk, task):
    return desk.http.get(
        "/sunoapi/api/v1/suno/recovery/record-info", params={"task_id": task}
    ).json()


def test_links_that_ended_are_recovered(open_one):
    now = [1000.0]
    desk = open_one(musicians=LongBand(), clock=lambda: now[0], link_seconds=60)
    switch(desk, limit="off")
    task = made(desk)["taskId"]
    now[0] += 100
    recovering = submit(desk, "suno/recovery", {"sunoTaskId": task})
    told = desk.until(lambda: recovery(desk, recovering), lambda told: told["code"] != 201)
    assert (told["code"], told["task_id"]) == (200, recovering)
    assert [each["status"] for each in told["data"]] == ["success", "success"]
    assert desk.anyone.get(told["data"][0]["audio_url"]).status_code == 200


def test_recovery_takes_its_time_with_201(open_one):
    desk = open_one(musicians=LongBand(), pace="looks:5")
    switch(desk, limit="off")
    task = submit(desk, "generate", GENERATE)
    told = recovery(desk, submit(desk, "suno/recovery", {"sunoTaskId": task}))
    assert (told["code"], told["data"]) == (201, None)


def test_nothing_is_recovered_of_a_task_that_nobody_knows(desk):
    unknown = post(desk, "suno/recovery", {"sunoTaskId": "x"}).json()
    misnamed = post(desk, "suno/recovery", {"task_id": made(desk)["taskId"]}).json()
    text = "The original Suno task does not exist."
    assert [(told["code"], told["msg"]) for told in (unknown, misnamed)] == [(500, text)] * 2
    assert recovery(desk, "x")["msg"] == "The music link recovery task does not exist."


def test_a_task_that_waits_says_so_in_three_ways(open_one):
    desk = open_one(musicians=LongBand(), pace="looks:50")
    switch(desk, limit="off")
    task = submit(desk, "lyrics", CALL | {"prompt": "trains"})
    assert look(desk, task, "lyrics")["status"] == "PENDING"
    body = CALL | {"taskId": submit(desk, "generate", GENERATE)}
    cover = submit(desk, "suno/cover/generate", body)
    assert look(desk, cover, "suno/cover")["successFlag"] in {0, 2}
