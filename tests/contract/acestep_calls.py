"""Callers of an ACE-Step server for tests: they release tasks, and wait for what comes of them."""

import json

SONG = {"prompt": "slow folk", "lyrics": "[Verse]\nRain on the rails"}
BASE = "acestep-v15-base"
FOLDER = "/srv/acestep/.cache/acestep/tmp/api_audio"


def release(desk, asked=SONG, **more):
    return desk.http.post("/acestep/release_task", json=asked | more)


def released(desk, asked=SONG, **more):
    """Return the id of a task that was taken."""
    answer = release(desk, asked, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]["task_id"]


def with_sound(desk, sound, **asked):
    """Return the id of a task that works on a sound."""
    files = {"src_audio": ("own.wav", sound)}
    answer = desk.http.post("/acestep/release_task", data={"batch_size": "1"} | asked, files=files)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]["task_id"]


def result(desk, task):
    """Return what is told of a task."""
    answer = desk.http.post("/acestep/query_result", json={"task_id_list": [task]})
    return answer.json()["data"][0]


def over(desk, task):
    """Return the status of a task when it is over, and what came of it."""
    told = desk.until(lambda: result(desk, task), lambda told: told["status"] != 0)
    return told["status"], json.loads(told["result"])


def audio(desk, path):
    return desk.http.get("/acestep/v1/audio", params={"path": path})


def turn(desk, **switches):
    desk.http.post("/acestep/switches", json=switches).raise_for_status()


def jobs(desk):
    return desk.http.get("/acestep/v1/stats").json()["data"]["jobs"]
