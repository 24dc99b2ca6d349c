"""Nuro at the emulated AI Music API, against what the vendor documents."""

import threading

import pytest

from studio.emulator.dialects.aimusicapi.nuro import words
from studio.emulator.dialects.aimusicapi.nuro.playing import GENRE_OF, guessed_words
from studio.emulator.dialects.aimusicapi.nuro.wish import NuroWish, read_nuro_wish
from studio.emulator.door import TurnedAway
from studio.emulator.works import Use
from studio.engine.writing.style import styles
from tests.emulator.fakes import FakeBand

BASE = "/aimusicapi/api/v1"
SUNG = {"type": "vocal", "lyrics": "[Verse]\nRain on the rails"}
BGM = {"type": "bgm", "description": "a walk by the sea"}
SEGMENTS = [{"name": "intro", "duration": 10}, {"name": "inst", "duration": 20}]
V2 = {**BGM, "version": "v2.0", "segments": SEGMENTS}
FIELDS = [
    "task_id",
    "status",
    "progress",
    "audio_url",
    "lyrics",
    "duration",
    "genre",
    "mood",
    "gender",
    "timbre",
]


def post(desk, body=SUNG, **more):
    sent = {name: value for name, value in (body | more).items() if value is not ...}
    return desk.http.post(f"{BASE}/nuro/create", json=sent)


def submit(desk, body=SUNG, **more):
    answer = post(desk, body, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()["task_id"]


def look(desk, task):
    return desk.http.get(f"{BASE}/nuro/task/{task}")


def made(desk, body=SUNG, **more):
    task = submit(desk, body, **more)
    over = {"succeeded", "failed"}
    return desk.until(lambda: look(desk, task).json(), lambda told: told["status"] in over)


def played(desk):
    return desk.until(lambda: desk.musicians.played, bool)[-1][0]


def credits_left(desk):
    return desk.http.get(f"{BASE}/get-credits").json()["credits"]


def test_a_song_is_taken_with_the_submit_envelope_for_ten_credits(desk):
    body = post(desk).json()
    assert list(body) == ["message", "task_id"]
    assert credits_left(desk) == 40


def test_a_task_is_told_flat_from_pending_to_succeeded(open_one):
    desk = open_one(musicians=FakeBand(steps=threading.Semaphore(0)))
    task = submit(desk)
    pending = look(desk, task).json()
    assert list(pending) == FIELDS
    assert (pending["status"], pending["progress"], pending["duration"]) == ("pending", 0, 0)
    assert {pending[name] for name in FIELDS[3:] if name != "duration"} == {""}
    desk.musicians.steps.release(2)
    running = desk.until(lambda: look(desk, task).json(), lambda told: told["status"] == "running")
    assert 0 < running["progress"] < 100
    assert running["audio_url"] == ""
    desk.musicians.steps.release(9)
    desk.until(lambda: look(desk, task).json()["status"], "succeeded".__eq__)


def test_a_finished_song_is_one_wav_with_what_was_asked_for(desk):
    asked = {"genre": "Jazz", "mood": "Romantic", "gender": "Female", "timbre": "Warm"}
    told = made(desk, **asked)
    assert {name: told[name] for name in asked} == asked
    assert (told["progress"], told["lyrics"]) == (100, SUNG["lyrics"])
    assert isinstance(told["duration"], float)
    assert told["audio_url"].endswith(f"/song-{told['task_id']}.wav")
    assert desk.anyone.get(told["audio_url"]).headers["content-type"] in {
        "audio/x-wav",
        "audio/wav",
    }


def test_the_band_sings_in_the_style_that_the_words_of_nuro_mean(desk):
    post(desk, genre="R&B/Soul", timbre="Sweet_AUDIO_TIMBRE", gender="Male", duration=90)
    brief = played(desk)
    assert (brief.style, brief.voice) == ("R&B, Soul, Sweet voice", "male")
    assert (brief.lyrics, brief.length_seconds) == (SUNG["lyrics"], 90)


def test_the_band_plays_what_music_without_a_voice_is_for(desk):
    chosen = {"genre": ["jazz"], "mood": ["calm", "soft"], "instrument": ["piano"]}
    post(desk, BGM, **chosen, theme=["vacation"])
    brief = played(desk)
    assert brief.instrumental
    assert brief.style == "jazz, calm, soft, piano"
    assert brief.description == "a walk by the sea, vacation"
    assert brief.length_seconds == 60


@pytest.mark.parametrize(("seconds", "cuts"), [(14, ["trim", "fade"]), (15, [])])
def test_music_shorter_than_the_band_plays_is_cut_to_its_length(desk, seconds, cuts):
    made(desk, BGM, duration=seconds)
    assert [use.tool for use, *_ in desk.musicians.used] == cuts
    if cuts:
        (book,) = desk.house.data.glob("orders/*.json")
        cut = desk.house.band.find(book.stem).takes[1].work
        assert cut == Use("trim", ("#1",), {"end_seconds": 14.0})


def test_segments_are_the_form_that_is_played(desk):
    post(desk, V2)
    brief = played(desk)
    assert brief.sections == (("intro", 10.0), ("solo", 20.0))
    assert brief.length_seconds == 30


@pytest.mark.parametrize("name", words.SEGMENTS)
def test_every_documented_segment_is_one_of_the_band(desk, name):
    assert post(desk, V2, segments=[{"name": name, "duration": 30}]).status_code == 200
    assert len(played(desk).sections) == 1


@pytest.mark.parametrize(
    ("body", "name", "known"),
    [
        (SUNG, "genre", words.GENRES),
        (SUNG, "mood", words.MOODS),
        (SUNG, "timbre", words.TIMBRES),
        (SUNG, "gender", words.GENDERS),
        (BGM, "genre", words.BGM_GENRES),
        (BGM, "mood", words.BGM_MOODS),
        (BGM, "instrument", words.BGM_INSTRUMENTS),
        (BGM, "theme", words.BGM_THEMES),
    ],
)
def test_every_documented_word_is_taken_and_no_other(body, name, known):
    wrap = list if body is SUNG else lambda value: [[each] for each in value]
    for value, word in zip(wrap(known), known, strict=True):
        assert getattr(read_nuro_wish(body | {name: value}), name) == word
    with pytest.raises(TurnedAway):
        read_nuro_wish(body | {name: wrap(["polka"])[0]})


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        (words.GENRES, 23),
        (words.MOODS, 13),
        (words.TIMBRES, 9),
        (words.BGM_GENRES, 47),
        (words.BGM_INSTRUMENTS, 25),
        (words.BGM_THEMES, 28),
    ],
)
def test_there_are_as_many_words_as_are_documented(kind, count):
    assert len(set(kind)) == len(kind) == count


@pytest.mark.parametrize(
    ("body", "right"),
    [
        (SUNG, {"lyrics": "x" * 2000}),
        (SUNG, {"lyrics": "月光照着我的脸\uff0c远方的你"}),
        (SUNG, {"lyrics": "Café à la crème, 3 o'clock!"}),
        (SUNG, {"duration": 30}),
        (SUNG, {"duration": 240}),
        (SUNG, {"genre": "", "mood": None}),
        (BGM, {"duration": 1}),
        (BGM, {"version": "v1.0", "theme": ["love", "hope", "kids", "family", "world"]}),
        (V2, {"segments": ..., "duration": 120}),
        (V2, {"segments": ..., "description": "x" * 200}),
        (V2, {"segments": [{"name": "verse", "duration": 24}] * 5}),
    ],
)
def test_what_lies_within_the_rules_is_taken(desk, body, right):
    assert post(desk, body, **right).status_code == 200


@pytest.mark.parametrize(
    ("body", "wrong", "about"),
    [
        (SUNG, {"type": ...}, "type"),
        (SUNG, {"type": "karaoke"}, "type"),
        (SUNG, {"lyrics": ...}, "lyrics"),
        (SUNG, {"lyrics": " "}, "lyrics"),
        (SUNG, {"lyrics": ["la"]}, "lyrics"),
        (SUNG, {"lyrics": "x" * 2001}, "less than 2000"),
        (SUNG, {"lyrics": "Привет"}, "language"),
        (SUNG, {"lyrics": "こんにちは"}, "language"),
        (SUNG, {"gender": "female"}, "gender"),
        (SUNG, {"timbre": ["Warm"]}, "timbre"),
        (SUNG, {"duration": 29}, "between 30 and 240"),
        (SUNG, {"duration": 241}, "between 30 and 240"),
        (SUNG, {"duration": 60.5}, "integer"),
        (SUNG, {"duration": True}, "integer"),
        (SUNG, {"webhook_url": "ftp://example.com"}, "webhook_url"),
        (BGM, {"description": ...}, "description"),
        (BGM, {"duration": 0}, "between 1 and 60"),
        (BGM, {"duration": 61}, "between 1 and 60"),
        (BGM, {"genre": "jazz"}, "genre"),
        (BGM, {"mood": ["calm"] * 6}, "at most 5"),
        (BGM, {"instrument": ["kazoo"]}, "instrument"),
        (BGM, {"theme": [7]}, "theme"),
        (BGM, {"version": "v3.0"}, "version"),
        (V2, {"description": "x" * 201}, "less than 200"),
        (V2, {"duration": 60}, "omitted"),
        (V2, {"segments": ..., "duration": 29}, "between 30 and 120"),
        (V2, {"segments": []}, "segments"),
        (V2, {"segments": "intro"}, "segments"),
        (V2, {"segments": ["intro"]}, "name"),
        (V2, {"segments": [{"name": "hook", "duration": 30}]}, "name"),
        (V2, {"segments": [{"name": "verse"}]}, "duration"),
        (V2, {"segments": [{"name": "verse", "duration": 4}] * 9}, "between 5 and 120"),
        (V2, {"segments": [{"name": "verse", "duration": 29}]}, "total"),
        (V2, {"segments": [{"name": "verse", "duration": 61}] * 2}, "total"),
    ],
)
def test_what_breaks_a_rule_is_a_bad_request_and_costs_nothing(desk, body, wrong, about):
    answer = post(desk, body, **wrong)
    told = answer.json()
    assert answer.status_code == 400
    assert (told["type"], about in told["message"]) == ("bad_request", True)
    assert credits_left(desk) == 50


def test_a_refusal_has_a_kind_a_message_and_says_that_nothing_was_refunded(desk):
    told = post(desk, lyrics=...).json()
    assert list(told) == ["type", "message", "refund_processed"]
    assert (told["type"], told["refund_processed"]) == ("bad_request", False)


def test_no_body_is_a_bad_request(desk):
    answer = desk.http.post(f"{BASE}/nuro/create", content=b"la")
    assert (answer.status_code, answer.json()["type"]) == (400, "bad_request")


@pytest.mark.parametrize("task", ["x", ""])
def test_an_unknown_task_is_not_found(desk, task):
    assert (look(desk, task).status_code, look(desk, task).json()["type"]) == (404, "not_found")


@pytest.mark.parametrize("kind", ["failure", "timeout"])
def test_a_failed_task_is_told_flat_and_refunded(desk, kind):
    desk.fault("aimusicapi", "nuro/create", kind)
    told = made(desk)
    assert (told["status"], told["refund_processed"], told["audio_url"]) == ("failed", True, "")
    assert told["message"]
    assert credits_left(desk) == 50


@pytest.mark.parametrize(
    ("kind", "status", "word"),
    [("busy", 403, "forbidden"), ("500", 500, "api_error"), ("refused", 403, "forbidden")],
)
def test_faults_are_said_in_the_words_of_nuro(desk, kind, status, word):
    desk.fault("aimusicapi", "nuro/create", kind)
    answer = post(desk)
    assert (answer.status_code, answer.json()["type"]) == (status, word)
    assert answer.json()["message"]


def test_in_autumn_it_is_gone_create_and_poll(open_one):
    desk = open_one(profile="2026-09")
    answers = [post(desk), look(desk, "x")]
    assert [answer.status_code for answer in answers] == [410, 410]
    assert {answer.json()["type"] for answer in answers} == {"endpoint_retired"}


@pytest.mark.parametrize("style", styles(), ids=lambda style: style.name)
def test_a_genre_that_was_left_out_is_told_as_the_band_played(style):
    told = guessed_words(NuroWish(type="vocal"), f"{style.words[0]}, 96 bpm, male voice")
    assert told["genre"] in words.GENRES
    assert told["gender"] == "Male"


def test_genres_are_named_for_styles_that_there_are():
    assert set(GENRE_OF) <= {style.words[0] for style in styles()}
    assert set(GENRE_OF.values()) <= set(words.GENRES)
