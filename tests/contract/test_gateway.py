"""The emulated gateway, against what the vendor prints: keys, samples, statuses, errors."""

import json
import re
import threading

import pytest

from studio.emulator.dialects.gateway.asking.asked import Described, Music
from tests.contract.gateway_calls import (
    BASE,
    MUSIC,
    WORDS,
    made,
    open_gateway,
    over,
    post,
    query,
    songs_left,
    taken,
)
from tests.contract.sonic import SonicBand

SUBMITTED = {
    "user_id": "xxx",
    "song_id": "71540f19-d335-4938-95e7-52b3d524d17c",
    "status": "submitted",
    "title": "Happy dog Song",
    "image_large_url": None,
    "image_url": None,
    "model_name": "chirp-v3",
    "video_url": "",
    "audio_url": "",
    "meta_tags": "happy, rock",
    "meta_prompt": "A happy song about dogs",
    "meta_duration": None,
    "meta_error_msg": None,
    "meta_error_type": None,
}
COMPLETE = {
    "model_name": "chirp-v3",
    "meta_data": {
        "tags": "happy, rock",
        "prompt": "A happy song about cats",
        "gpt_description_prompt": None,
        "audio_prompt_id": None,
        "history": None,
        "concat_history": None,
        "type": "gen",
        "duration": 120.0,
        "refund_credits": False,
        "stream": True,
        "error_type": None,
        "error_message": None,
    },
    "reaction": None,
    "id": "d2755e7c-d4fa-4d4b-adb1-cec25cc69bda",
    "is_liked": False,
    "created_at": "2024-04-05T18:37:39",
    "video_url": "https://cdn1.xxxx.ai/d2755e7c-d4fa-4d4b-adb1-cec25cc69bda.mp4",
    "user_id": "a86b15d2-97be-4cd4-abdc-8e6936225e7b",
    "status": "complete",
    "audio_url": "https://cdn1.xxxx.ai/d2755e7c-d4fa-4d4b-adb1-cec25cc69bda.mp3",
    "display_name": "GalvanizingWhiteNoise784",
    "title": "Happy Cat Song",
    "image_url": "https://cdn1.xxxx.ai/image_d2755e7c-d4fa-4d4b-adb1-cec25cc69bda.png",
    "handle": "galvanizingwhitenoise784",
    "play_count": 0,
    "image_large_url": "https://cdn1.xxxx.ai/image_large_d2755e7c-d4fa-4d4b-adb1-cec25cc69bda.png",
    "is_handle_updated": False,
    "upvote_count": 0,
    "is_video_pending": False,
    "is_trashed": False,
    "is_public": False,
    "major_model_version": "v3",
}
MODERATED = COMPLETE | {
    "meta_data": COMPLETE["meta_data"]
    | {
        "tags": None,
        "prompt": "",
        "gpt_description_prompt": "写一首歌,朗朗,朗朗上口,朗朗的钢琴。",
        "duration": None,
        "refund_credits": None,
        "error_type": "moderation_failure",
        "error_message": "Song Description contained artist name: lang lang",
    },
    "video_url": "",
    "status": "error",
    "audio_url": "https://cdn1.xxxx.ai/None.mp3",
    "title": "",
    "image_url": None,
    "image_large_url": None,
}
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OURS = {"user_id", "display_name", "handle"}
"""Whose account it is."""


@pytest.fixture
def gateway(open_one):
    return open_gateway(open_one)


def shaped(told):
    """Return a told clip with what differs from song to song made alike."""
    if isinstance(told, dict):
        kept = {name: value for name, value in told.items() if name not in OURS}
        return {name: shaped(value) for name, value in kept.items()} | dict.fromkeys(
            OURS & set(told), "somebody"
        )
    if isinstance(told, str):
        told = re.sub(r"https?://.*/", "LINK/", UUID.sub("ID", told))
        return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", "TIME", told)
    return 120.0 if isinstance(told, float) else told


def test_what_is_taken_is_told_as_the_vendor_prints_it(gateway):
    clips = taken(gateway)
    assert [shaped(clip) for clip in clips] == [shaped(SUBMITTED)] * 2
    assert len({clip["song_id"] for clip in clips}) == 2


def test_what_is_complete_is_told_as_the_vendor_prints_it(gateway):
    asked = {"title": "Happy Cat Song", "prompt": "A happy song about cats"}
    told = over(gateway, taken(gateway, **asked))
    assert [shaped(clip) for clip in told] == [shaped(COMPLETE)] * 2


def test_an_artist_ends_in_the_error_that_the_vendor_prints(gateway):
    about = MODERATED["meta_data"]["gpt_description_prompt"]
    told = made(gateway, "generate/gpt_desc", {"gpt_description_prompt": about})
    assert [shaped(clip) for clip in told] == [shaped(MODERATED)] * 2
    assert gateway.musicians.played == []


def test_a_description_is_taken_with_its_own_nulls(gateway):
    asked = {"gpt_description_prompt": "a song about rain", "mv": "chirp-auk"}
    clip = taken(gateway, "generate/gpt_desc", asked)[0]
    assert (clip["title"], clip["meta_tags"], clip["meta_prompt"]) == ("", None, "")
    told = over(gateway, [clip])[0]["meta_data"]
    assert (told["tags"], told["prompt"]) == ("slow folk, guitar", "[Verse]\nRain on the rails")


@pytest.mark.parametrize("path", ["query?ids=x", "limit", "feed/x", "lyrics/x"])
@pytest.mark.parametrize("headers", [{}, {"api-key": "wrong"}, {"Authorization": "Bearer a-key"}])
def test_nobody_is_let_in_without_the_key_in_its_own_header(gateway, path, headers):
    assert gateway.anyone.get(f"{BASE}/{path}", headers=headers).status_code == 401


@pytest.mark.parametrize("base", ["/gateway//gateway", "/gateway/gateway/"])
def test_two_slashes_are_as_good_as_one(gateway, base):
    answer = gateway.http.post(f"{gateway.url}{base}/generate/music", json=MUSIC)
    assert answer.json()["code"] == 0


def test_a_query_answers_a_bare_list_and_nothing_for_strangers(gateway):
    ids = [clip["song_id"] for clip in taken(gateway)]
    assert [clip["id"] for clip in query(gateway, *ids)] == ids
    assert query(gateway, "nobody") == []


@pytest.mark.parametrize(
    ("way", "code", "count"), [("refused", 1001, 0), ("partial", 0, 1), ("served", 0, 2)]
)
def test_ids_of_two_requests_do_not_belong_together(gateway, way, code, count):
    gateway.http.post("/gateway/switches", json={"mixed": way}).raise_for_status()
    told = query(gateway, taken(gateway)[0]["song_id"], taken(gateway)[0]["song_id"])
    assert (told["code"] if isinstance(told, dict) else 0) == code
    assert len(told if isinstance(told, list) else []) == count


@pytest.mark.parametrize(("way", "kind"), [("object", dict), ("list", list)])
def test_a_feed_is_an_object_or_a_list_of_one(gateway, way, kind):
    clip = made(gateway)[0]
    gateway.http.post("/gateway/switches", json={"feed": way}).raise_for_status()
    told = gateway.http.get(f"{BASE}/feed/{clip['id']}").json()["data"]
    assert isinstance(told, kind)
    assert (told if kind is dict else told[0]) == clip


def test_every_status_is_seen_as_often_as_the_pace_says(open_one):
    gateway = open_gateway(open_one, pace="looks:2")
    ids = [clip["song_id"] for clip in taken(gateway)]
    gateway.until(lambda: gateway.musicians.played, lambda played: len(played) == 2)
    told = [query(gateway, ids[0])[0] for _ in range(8)]
    statuses = [clip["status"] for clip in told]
    assert statuses[:6] == ["submitted"] * 2 + ["queued"] * 2 + ["streaming"] * 2
    assert statuses[6:] == ["complete"] * 2
    assert all(clip["audio_url"] == "" for clip in told[:4])


def test_what_streams_can_be_heard_before_it_is_complete(open_one):
    steps = threading.Semaphore(2)
    gateway = open_gateway(open_one, musicians=SonicBand(steps=steps))
    clips = taken(gateway)
    first = [clips[0]["song_id"]]
    told = gateway.until(lambda: query(gateway, *first), lambda t: t[0]["status"] == "streaming")
    assert gateway.anyone.get(told[0]["audio_url"]).content[:2] == b"\xff\xe3"
    assert told[0]["meta_data"]["duration"] is None
    steps.release(9)
    assert over(gateway, clips[:1])[0]["status"] == "complete"


def test_sound_cover_and_film_are_where_they_are_said_to_be(gateway):
    clip = made(gateway)[0]
    links = ("audio_url", "image_url", "image_large_url", "video_url")
    answers = [gateway.anyone.get(clip[link]) for link in links]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert answers[1].content[:4] == b"\x89PNG"
    assert gateway.musicians.tools() == ["video"]


def test_a_failed_clip_leads_to_a_sound_that_is_not_there(gateway):
    gateway.fault("gateway", "music", "partial")
    good, bad = made(gateway)
    assert (good["status"], bad["status"]) == ("complete", "error")
    assert bad["audio_url"].endswith("/None.mp3")
    assert gateway.anyone.get(bad["audio_url"]).status_code == 404


@pytest.mark.parametrize("kind", ["failure", "timeout"])
def test_a_request_counts_as_one_song_and_is_given_back_when_nothing_comes(gateway, kind):
    made(gateway)
    assert songs_left(gateway) == 49
    gateway.fault("gateway", "music", kind)
    told = made(gateway)[0]["meta_data"]
    assert (told["error_type"], told["refund_credits"]) == ("generation_failure", True)
    assert songs_left(gateway) == 49


def test_what_was_moderated_is_not_given_back(gateway):
    told = made(gateway, tags="like Adele")[0]["meta_data"]
    assert (told["error_message"], told["refund_credits"]) == (
        "Tags contained artist name: adele",
        None,
    )
    assert songs_left(gateway) == 49


def test_without_songs_nothing_is_taken(open_one):
    gateway = open_gateway(open_one, credits=0)
    answer = post(gateway, "generate/music", MUSIC)
    assert (answer.status_code, answer.json()["code"]) == (200, 1002)
    gateway.http.post("/gateway/console/top-up", json={"songs": 1}).raise_for_status()
    assert len(taken(gateway)) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"mv": "chirp-v9"},
        {"mv": "chirp-v3-5-upload"},
        {"title": "", "tags": "", "prompt": ""},
        {"prompt": ["la"]},
        {"continue_clip_id": "nobody"},
        {"continue_at": "soon"},
        {"continue_at": -1},
    ],
)
def test_a_refusal_is_a_code_and_costs_nothing(gateway, wrong):
    answer = post(gateway, "generate/music", WORDS | wrong).json()
    assert answer["code"] != 0
    assert answer["msg"]
    assert songs_left(gateway) == 50


@pytest.mark.parametrize("path", ["generate/music", "generate/gpt_desc"])
@pytest.mark.parametrize("wrong", [5, -1e400, True, [], ["la"], {}, {"a": 1}, "x" * 9999, "\x00"])
def test_whatever_is_sent_is_taken_or_refused_in_the_envelope(gateway, path, wrong):
    names = {**Music.model_fields, **Described.model_fields}
    for name in names:
        body = json.dumps(WORDS | {"gpt_description_prompt": "rain", name: wrong})
        answer = gateway.http.post(f"{BASE}/{path}", content=body)
        assert answer.status_code == 200
        assert set(answer.json()) == {"code", "msg", "data"}


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"title": "\\ud800"}'])
def test_what_is_no_json_object_is_refused(gateway, content):
    answer = gateway.http.post(f"{BASE}/generate/music", content=content).json()
    assert answer["code"] == 1001


def test_unknown_fields_nulls_and_empty_texts_are_ignored(gateway):
    extra = {"duration": 5, "model_name": "x", "generation_type": "TEXT", "negative_tags": ""}
    nulls = {"mv": None, "continue_at": None, "continue_clip_id": ""}
    assert len(taken(gateway, body=WORDS | extra | nulls)) == 2


@pytest.mark.parametrize(
    ("asked", "sung", "about", "is_instrumental"),
    [
        ({"prompt": "[Verse]\nla"}, "[Verse]\nla", "", False),
        ({"prompt": "rain\nsnow"}, "rain\nsnow", "", False),
        ({"prompt": "A song about rain"}, "", "A song about rain", False),
        ({"prompt": ""}, "", "", True),
        ({"make_instrumental": True}, "[Verse]\nRain on the rails", "", True),
    ],
)
def test_a_prompt_is_words_or_an_idea(gateway, asked, sung, about, is_instrumental):
    made(gateway, negative_tags="drums", **asked)
    brief = gateway.musicians.played[0][0]
    assert (brief.lyrics, brief.description) == (sung, about)
    assert (brief.instrumental, brief.style, brief.exclude) == (is_instrumental, "folk", "drums")


def test_books_survive_a_restart(open_one):
    clip = made(open_gateway(open_one))[0]
    again = open_gateway(open_one)
    told = query(again, clip["id"])[0]
    assert told["status"] == "complete"
    assert songs_left(again) == 49
    assert again.anyone.get(told["audio_url"]).status_code == 200


@pytest.mark.parametrize(
    ("kind", "status", "word"),
    [("busy", 429, "msg"), ("500", 500, "detail"), ("refused", 200, "msg")],
)
def test_troubles_are_told_as_such_servers_do(gateway, kind, status, word):
    gateway.fault("gateway", "music", kind)
    answer = post(gateway, "generate/music", MUSIC)
    assert answer.status_code == status
    assert answer.json()[word]
