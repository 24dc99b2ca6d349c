"""The emulated gateway at work on clips and words: going on, joining, lyrics, words in time."""

import pytest

from tests.contract.gateway_calls import (
    BASE,
    WORDS,
    made,
    open_gateway,
    over,
    post,
    query,
    tail,
    taken,
    uploaded,
)


@pytest.fixture
def gateway(open_one):
    return open_gateway(open_one)


def test_a_continuation_is_the_new_part_alone(gateway):
    told, before = tail(gateway, prompt="[Verse]\nSnow")
    assert gateway.musicians.tools()[:4] == ["extend", "extend", "trim", "trim"]
    assert gateway.musicians.used[0][0].options["from_seconds"] == 0.7
    assert told["meta_data"]["prompt"] == "[Verse]\nSnow"
    assert told["meta_data"]["history"] == [{"id": before["id"], "continue_at": 0.7}]


def test_seconds_may_come_as_a_text(gateway):
    before = made(gateway)[0]
    told = made(gateway, continue_clip_id=before["id"], continue_at="0.50")[0]
    assert told["meta_data"]["history"][0]["continue_at"] == 0.5


def test_a_continuation_of_a_continuation_begins_where_that_does(gateway):
    first, _ = tail(gateway)
    made(gateway, continue_clip_id=first["id"], continue_at=0.2)
    uses = [use for use, _, _ in gateway.musicians.used if use.tool == "extend"]
    assert uses[-1].options["from_seconds"] == pytest.approx(0.7)
    assert uses[-1].sounds == (f"{uses[-1].sounds[0].partition('.')[0]}.1",)


def test_a_continuation_is_joined_to_all_before_it(gateway):
    told, before = tail(gateway, prompt="[Verse]\nSnow")
    whole = taken(gateway, "generate/concat", {"clip_id": told["id"]})
    assert len(whole) == 1
    meta = over(gateway, whole)[0]["meta_data"]
    assert (meta["type"], meta["duration"]) == ("concat", 1.0)
    assert meta["prompt"] == f"{WORDS['prompt']}\n\n[Verse]\nSnow"
    assert [part["id"] for part in meta["concat_history"]] == [before["id"], told["id"]]


def test_only_a_continuation_can_be_joined(gateway):
    told, before = tail(gateway)
    whole = taken(gateway, "generate/concat", {"clip_id": told["id"]})[0]
    for clip in (before["id"], whole["song_id"], "nobody"):
        assert post(gateway, "generate/concat", {"clip_id": clip}).json()["code"] != 0


def test_beyond_its_end_nothing_goes_on(gateway):
    before = made(gateway)[0]
    answer = post(
        gateway, "generate/music", WORDS | {"continue_clip_id": before["id"], "continue_at": 3}
    )
    assert answer.json()["code"] == 1001


def test_what_was_uploaded_goes_on_with_the_model_for_it_only(gateway):
    clip = uploaded(gateway)
    assert query(gateway, clip)[0]["meta_data"]["type"] == "upload"
    asked = WORDS | {"continue_clip_id": clip, "continue_at": 1.5}
    assert post(gateway, "generate/music", asked).json()["code"] == 1001
    told = made(gateway, body=asked | {"mv": "chirp-v3-5-upload"})
    assert [clip["status"] for clip in told] == ["complete"] * 2


@pytest.mark.parametrize("pace", ["now", "looks:2", "real"])
def test_what_was_uploaded_is_there_at_once(open_one, pace):
    gateway = open_gateway(open_one, pace=pace)
    told = query(gateway, uploaded(gateway))[0]
    assert (told["status"], told["meta_data"]["duration"]) == ("complete", 2.0)
    assert gateway.anyone.get(told["audio_url"]).content[:2] in {b"ID", b"\xff\xfb"}


def test_only_a_sound_can_be_uploaded(gateway):
    for link in ("", "file:///etc/passwd", f"{gateway.url}/health"):
        answer = gateway.http.post("/gateway/console/upload", json={"link": link})
        assert answer.json()["code"] == 1001


def test_words_are_asked_for_by_one_id_and_told_with_another(gateway):
    asked = post(gateway, "generate/lyrics", {"prompt": "rain"}).json()["data"]
    look = lambda: gateway.http.get(f"{BASE}/lyrics/{asked['id']}").json()["data"]  # noqa: E731 - as short as a look can be
    told = gateway.until(look, lambda words: words["text"])
    assert (told["lyrics_id"], told["title"]) == (asked["id"], "One")
    assert type(told["id"]) is int
    assert set(told) == {"user_id", "text", "id", "title", "lyrics_id"}


def test_words_that_are_not_there_yet_are_empty_and_may_say_so(open_one):
    gateway = open_gateway(open_one, pace="looks:1")
    gateway.http.post("/gateway/switches", json={"lyrics_status": "on"}).raise_for_status()
    asked = post(gateway, "generate/lyrics", {"prompt": "rain"}).json()["data"]
    look = lambda: gateway.http.get(f"{BASE}/lyrics/{asked['id']}").json()["data"]  # noqa: E731 - as short as a look can be
    first = look()
    assert (first["status"], first["text"]) == ("running", "")
    assert gateway.until(look, lambda words: words["text"])["status"] == "complete"


def test_words_come_at_once_without_an_envelope(gateway):
    told = post(gateway, "generate/lyrics_v2", {"prompt": "rain"}).json()
    assert told == {"text": "[Verse]\nOne", "title": "One"}


def test_words_in_time_are_told_of_a_finished_clip(gateway):
    clip = made(gateway)[0]
    words = post(gateway, "aligned_lyrics", {"clip_id": clip["id"]}).json()["data"]["aligned_words"]
    assert [word["word"].split()[-1] for word in words] == ["Rain", "falls", "Down"]
    assert (words[0]["start_s"], words[0]["end_s"], words[0]["success"]) == (1.0, 1.5, True)


@pytest.mark.parametrize(
    ("operation", "path", "body"),
    [
        ("lyrics_v2", "generate/lyrics_v2", {"prompt": "rain"}),
        ("aligned_lyrics", "aligned_lyrics", {}),
    ],
)
def test_what_comes_to_nothing_at_once_is_a_code(gateway, operation, path, body):
    clip = made(gateway)[0]["id"]
    gateway.fault("gateway", operation, "failure")
    assert post(gateway, path, {"clip_id": clip} | body).json()["code"] == 1004


def test_lyrics_that_fail_are_told_so(gateway):
    gateway.fault("gateway", "lyrics", "failure")
    asked = post(gateway, "generate/lyrics", {"prompt": "rain"}).json()["data"]
    answer = gateway.http.get(f"{BASE}/lyrics/{asked['id']}").json()
    assert answer["code"] == 1004
    assert gateway.http.get(f"{BASE}/lyrics/nobody").json()["code"] == 1003
