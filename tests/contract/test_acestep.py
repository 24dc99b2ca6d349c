"""The emulated ACE-Step server: envelope, key, fields, results and their traps."""

import json
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.emulator.dialects.acestep.asking.asked import NESTED, read_asked
from studio.emulator.dialects.acestep.asking.fields import FIELDS
from studio.emulator.dialects.acestep.making import play
from tests.contract.acestep_calls import (
    BASE,
    FOLDER,
    SONG,
    audio,
    jobs,
    over,
    release,
    released,
    result,
    turn,
)
from tests.contract.sonic import SonicBand

ENTRY = {
    "file",
    "wave",
    "status",
    "create_time",
    "env",
    "prompt",
    "lyrics",
    "metas",
    "progress",
    "stage",
}
DONE = ENTRY | {"generation_info", "seed_value", "lm_model", "dit_model"}
NAMES = [name for field in FIELDS for name in field.names] + list(NESTED)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    ),
    max_leaves=5,
)
METAS = {"bpm", "duration", "genres", "keyscale", "timesignature", "prompt", "lyrics"}


@pytest.fixture
def server(open_one):
    return open_one(musicians=SonicBand())


def brief(server):
    return server.until(lambda: server.musicians.played, bool)[0][0]


def test_a_task_is_taken_in_the_envelope(server):
    answer = release(server).json()
    assert set(answer) == {"data", "code", "error", "timestamp", "extra"}
    assert (answer["code"], answer["error"], answer["extra"]) == (200, None, None)
    assert set(answer["data"]) == {"task_id", "status", "queue_position"}
    assert (answer["data"]["status"], answer["data"]["queue_position"]) == ("queued", 1)


def test_what_is_done_is_a_text_with_a_list_of_two(server):
    status, entries = over(server, released(server))
    assert (status, len(entries)) == (1, 2)
    assert all(set(entry) == DONE and set(entry["metas"]) == METAS for entry in entries)
    assert entries[0]["file"].startswith("/v1/audio?path=%2Fsrv%2F")
    assert entries[0]["metas"]["keyscale"] == "C minor"


@pytest.mark.parametrize("path", ["v1/stats", "v1/model_inventory", "v1/audio?path=x", "v1/models"])
def test_nobody_is_let_in_without_the_key(server, path):
    answer = server.anyone.get(f"/acestep/{path}")
    assert answer.status_code == 401
    assert answer.json() == {"detail": "Missing ai_token or Authorization header"}
    wrong = server.anyone.get(f"/acestep/{path}", headers={"Authorization": "Bearer x"})
    assert wrong.status_code == 401


@pytest.mark.parametrize("path", ["health", "openapi.json"])
def test_anybody_may_ask_whether_it_is_up_and_what_it_knows(server, path):
    assert server.anyone.get(f"/acestep/{path}").status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"prompt": "folk", "bpm": 90, "key_scale": "C minor", "audio_duration": 60},
        {"caption": "folk", "bpm": "90", "keyscale": "C minor", "duration": "60"},
        {"caption": "folk", "bpm": 90.0, "keyScale": "C minor", "targetDuration": 60},
        {"prompt": "folk", "metas": {"bpm": 90, "keyScale": "C minor", "duration": 60}},
        {"prompt": "folk", "param_obj": '{"bpm": 90, "key": "C minor", "audioDuration": 60}'},
    ],
)
@pytest.mark.parametrize("form", ["json", "data"])
def test_a_field_goes_by_many_names_and_in_many_forms(server, asked, form):
    if form == "data":
        asked = {k: json.dumps(v) if isinstance(v, dict) else v for k, v in asked.items()}
    server.http.post("/acestep/release_task", **{form: asked}).raise_for_status()
    told = brief(server)
    assert (told.style, told.tempo_bpm, told.key) == ("folk", 90, "C minor")
    assert told.length_seconds == 60


@pytest.mark.parametrize(
    ("asked", "sung", "about", "is_instrumental"),
    [
        (SONG, SONG["lyrics"], "", False),
        ({"lyrics": "[Instrumental]"}, "", "", True),
        ({"prompt": "folk"}, "", "", True),
        ({"sample_query": "rain"}, "", "rain", False),
        ({"sampleMode": True, "prompt": "rain"}, "", "rain", False),
        ({"desc": "rain", "lyrics": "[inst]"}, "", "rain", True),
    ],
)
def test_without_words_nobody_sings_unless_they_are_to_be_written(
    server, asked, sung, about, is_instrumental
):
    released(server, asked)
    told = brief(server)
    assert (told.lyrics, told.description, told.instrumental) == (sung, about, is_instrumental)


@pytest.mark.parametrize(("wished", "played"), [(10, 15), (600, 240), (-1, None), ("long", None)])
def test_a_length_is_met_as_nearly_as_the_band_can(server, wished, played):
    released(server, audio_duration=wished)
    assert brief(server).length_seconds == played


@pytest.mark.parametrize(
    ("asked", "seeds"),
    [
        ({"use_random_seed": False, "seed": 7}, [7, None]),
        ({"use_random_seed": "false", "seed": "7,9"}, [7, 9]),
        ({"useRandomSeed": False, "seed": [7, 9, 11], "batch_size": 3}, [7, 9, 11]),
        ({"use_random_seed": False, "seed": -1, "batch_size": "1"}, [None]),
        ({"batch_size": 99}, [None] * 8),
    ],
)
def test_each_audio_has_its_own_seed(server, asked, seeds):
    _, entries = over(server, released(server, **asked))
    told = [int(seed) for seed in entries[0]["seed_value"].split(",")]
    assert len(told) == len(entries) == len(seeds)
    assert all(wished in {None, seed} for wished, seed in zip(seeds, told, strict=True))


def test_a_seed_counts_only_where_chance_is_switched_off(server):
    _, entries = over(server, released(server, seed=7, batch_size=1))
    assert entries[0]["seed_value"] != "7"


@pytest.mark.parametrize(
    ("form", "kind", "head"),
    [
        ("mp3", "audio/mpeg", b"\xff\xe3"),
        ("wav", "audio/wav", b"RIFF"),
        ("wav32", "audio/wav", b"RIFF"),
        ("flac", "audio/flac", b"fLaC"),
        ("opus", "audio/ogg", b"OggS"),
        ("8-track", "audio/mpeg", b"\xff\xe3"),
    ],
)
def test_a_sound_comes_in_the_format_that_was_asked_for(server, form, kind, head):
    _, entries = over(server, released(server, audio_format=form, batch_size=1))
    answer = server.http.get(f"/acestep{entries[0]['file']}")
    assert answer.headers["content-type"] == kind
    assert answer.content.startswith(head)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/etc/passwd", 403),
        (f"{FOLDER}/../x.mp3", 403),
        (FOLDER, 403),
        ("", 403),
        (f"{FOLDER}/x.mp3", 404),
        (f"{FOLDER}/{'0' * 36}-1.mp3", 404),
        (f"{FOLDER}/{'0' * 36}-1.exe", 404),
    ],
)
def test_only_one_folder_is_handed_out(server, path, status):
    answer = audio(server, path)
    assert (answer.status_code, set(answer.json())) == (status, {"detail"})


def test_a_sound_needs_the_key(server):
    _, entries = over(server, released(server))
    assert server.anyone.get(f"/acestep{entries[0]['file']}").status_code == 401


@pytest.mark.parametrize("kind", ["text/plain", "audio/wav", ""])
def test_another_content_type_is_415(server, kind):
    answer = server.http.post(
        "/acestep/release_task", content=b"{}", headers={"content-type": kind}
    )
    assert (answer.status_code, set(answer.json())) == (415, {"detail"})


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"[" * 99999])
def test_what_is_no_json_object_is_400(server, content):
    headers = {"content-type": "application/json"}
    for path in ("release_task", "query_result"):
        answer = server.http.post(f"/acestep/{path}", content=content, headers=headers)
        assert (answer.status_code, set(answer.json())) == (400, {"detail"})


def test_only_files_may_be_large(server):
    answer = release(server, lyrics="la " * 400_000)
    assert (answer.status_code, set(answer.json())) == (413, {"detail"})
    answer = server.http.post("/acestep/release_task", data={"lyrics": "la " * 400_000})
    assert (answer.status_code, set(answer.json())) == (400, {"detail"})


@pytest.mark.parametrize("name", ["src_audio_path", "ctxAudioPath", "reference_audio_path"])
@pytest.mark.parametrize("path", ["/etc/passwd", "C:\\songs\\a.wav", "../a.wav"])
def test_paths_of_the_server_are_refused(server, name, path):
    answer = release(server, **{name: path})
    assert (answer.status_code, set(answer.json())) == (400, {"detail"})
    assert jobs(server)["total"] == 0


@given(
    damage=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5),
    build=st.sampled_from(["newer", "older", "fork"]),
)
def test_whatever_is_sent_is_read(damage, build):
    asked = read_asked(damage, build)
    assert 1 <= len(asked.seeds) <= 8
    assert all(seed is None or 0 <= seed < 2**32 for seed in asked.seeds)
    told = play(asked).brief
    assert told.length_seconds is None or 15 <= told.length_seconds <= 240
    assert told.instrumental or told.lyrics or told.description


def test_an_unknown_id_looks_like_work_that_goes_on(server):
    told = result(server, "nobody")
    assert (told["status"], told["result"]) == (0, "[]")


@pytest.mark.parametrize("ids", ['["a", "b"]', ["a", "b"]])
def test_ids_come_as_a_list_or_as_a_text(server, ids):
    asked = {"task_id_list": ids}
    for how in ({"json": asked}, {"data": {"task_id_list": json.dumps(["a", "b"])}}):
        told = server.http.post("/acestep/query_result", **how).json()["data"]
        assert [each["task_id"] for each in told] == ["a", "b"]


def test_the_text_beside_a_task_is_that_of_another(open_one):
    steps = threading.Semaphore(2)
    server = open_one(musicians=SonicBand(steps=steps))
    first, second = (released(server, batch_size=1) for _ in range(2))
    server.until(lambda: json.loads(result(server, first)["result"])[0]["progress"], bool)
    told = result(server, second)
    assert json.loads(told["result"])[0]["stage"] == "queued"
    assert told["progress_text"] == "take 1: singing: 50%"


def test_a_model_that_does_not_load_is_told_in_numbers_only(open_one):
    now = [1000.0]
    server = open_one(musicians=SonicBand(), clock=lambda: now[0])
    turn(server, load="fails")
    task = released(server)
    told = result(server, task)
    assert (told["status"], told["progress_text"]) == (0, "Loading models (first run)...: 0%")
    assert (jobs(server)["failed"], jobs(server)["running"]) == (1, 0)
    now[0] += 3601
    assert over(server, task)[0] == 2


@pytest.mark.parametrize(("build", "says"), [("newer", True), ("older", False), ("fork", False)])
def test_only_newer_builds_say_why_something_failed(server, build, says):
    turn(server, build=build)
    server.fault("acestep", "release", "failure")
    status, entries = over(server, released(server))
    assert (status, entries[0]["stage"], entries[0]["file"]) == (2, "failed", "")
    assert ("error" in entries[0]) == says


def test_tasks_are_forgotten_after_a_day(open_one):
    now = [1000.0]
    server = open_one(musicians=SonicBand(), clock=lambda: now[0])
    task = released(server)
    _, entries = over(server, task)
    now[0] += 24 * 3600 + 1
    assert result(server, task)["result"] == "[]"
    assert server.http.get(f"/acestep{entries[0]['file']}").status_code == 404


def test_jobs_are_counted_as_they_are_told(open_one):
    server = open_one(musicians=SonicBand(), pace="looks:1")
    task = released(server)
    server.until(lambda: server.musicians.played, lambda played: len(played) == 2)
    assert (result(server, task)["status"], jobs(server)["queued"]) == (0, 1)
    assert (result(server, task)["status"], jobs(server)["running"]) == (0, 1)
    assert over(server, task)[0] == 1
    assert jobs(server) == {"total": 1, "queued": 0, "running": 0, "succeeded": 1, "failed": 0}


def test_what_a_turbo_model_cannot_do_is_told_and_fails(server):
    told = server.http.get("/acestep/v1/model_inventory").json()["data"]
    can = {model["name"]: model["supported_task_types"] for model in told["models"]}
    assert "lego" in can[BASE]
    assert "lego" not in can[told["default_model"]]
    status, entries = over(server, released(server, task_type="lego", track_name="bass"))
    assert (status, told["default_model"] in entries[0]["error"]) == (2, True)


def test_a_server_may_have_the_turbo_model_only(server):
    turn(server, models="turbo")
    told = server.http.get("/acestep/v1/model_inventory").json()["data"]
    assert [model["name"] for model in told["models"]] == ["acestep-v15-turbo"]


def test_without_its_language_model_it_says_500_under_200(server):
    turn(server, lm="off")
    for path in ("format_input", "create_random_sample"):
        answer = server.http.post(f"/acestep/{path}", json={"prompt": "rain"})
        assert (answer.status_code, answer.json()["code"]) == (200, 500)
        assert answer.json()["error"]
    assert not server.http.get("/acestep/health").json()["data"]["llm_initialized"]


def test_a_caption_and_words_are_written(server):
    told = server.http.post("/acestep/format_input", json={"prompt": "folk", "bpm": 90})
    assert told.json()["data"]["caption"] == "slow folk, warm guitar"
    assert told.json()["data"]["lyrics"] == "[Verse]\nOne"
    sample = server.http.post("/acestep/create_random_sample", json={}).json()["data"]
    assert set(sample) == set(told.json()["data"])


@pytest.mark.parametrize(("build", "can"), [("newer", False), ("older", False), ("fork", True)])
def test_a_build_can_do_what_its_schema_says(open_one, build, can):
    server = open_one(musicians=SonicBand(steps=threading.Semaphore(0)))
    turn(server, build=build)
    schema = server.http.get("/acestep/openapi.json").json()
    fields = schema["components"]["schemas"]["ReleaseTaskRequest"]["properties"]
    assert ("/cancel_task" in schema["paths"]) == can
    assert ("repaint_strength" in fields) == (build == "newer")
    asked = {"task_id": released(server, batch_size=1)}
    answer = server.http.post("/acestep/cancel_task", json=asked)
    assert answer.status_code == (200 if can else 404)
    assert result(server, asked["task_id"])["status"] == (2 if can else 0)


def test_a_queue_that_is_full_takes_nothing(open_one, monkeypatch):
    monkeypatch.setattr("studio.emulator.dialects.acestep.releasing.QUEUE_SIZE", 1)
    server = open_one(musicians=SonicBand(steps=threading.Semaphore(0)))
    released(server, batch_size=1)
    server.until(lambda: jobs(server)["running"], bool)
    released(server, batch_size=1)
    answer = release(server)
    assert (answer.status_code, set(answer.json())) == (429, {"detail"})


def test_a_restart_forgets_nothing_that_was_finished(open_one):
    before = open_one(musicians=SonicBand())
    told = over(before, task := released(before))
    again = open_one(musicians=SonicBand())
    assert result(again, task)["status"] == 1
    assert over(again, task) == told


@pytest.mark.parametrize("kind", ["busy", "refused", "500"])
def test_troubles_are_told_as_the_framework_does(server, kind):
    server.fault("acestep", "release", kind)
    answer = release(server)
    assert (answer.status_code, set(answer.json())) == (
        {"busy": 429, "refused": 400, "500": 500}[kind],
        {"detail"},
    )


def test_half_of_a_sound_is_known_to_be_half(server):
    _, entries = over(server, released(server))
    server.fault("acestep", "audio", "half")
    with pytest.raises(Exception, match="peer closed"):
        server.http.get(f"/acestep{entries[0]['file']}")
