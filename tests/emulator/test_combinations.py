"""Faults and the operations that they can happen to."""

import re

import pytest

from tests.emulator.letterbox import open_letterbox
from tests.emulator.tones import tone_file

BASE = "/aimusicapi/api/v1"


def switch(desk, operation, kind, dialect="aimusicapi", **more):
    asked = {"dialect": dialect, "operation": operation, "kind": kind, **more}
    return desk.http.post("/faults", json=asked)


@pytest.mark.parametrize(
    ("operation", "kind", "more"),
    [
        ("create", "partial", {}),
        ("create", "closed", {"taken": True}),
        ("create", "refused", {"reason": "artist", "detail": "Bo"}),
        ("task", "broken", {}),
        ("task", "slow", {"seconds": 1}),
        ("audio", "half", {}),
        ("get-credits", "busy", {}),
        ("producer/create", "timeout", {}),
        ("nuro/create", "504", {"taken": True}),
        ("webhook", "twice", {}),
        ("webhook", "slow", {"seconds": 1}),
    ],
)
def test_a_fault_can_be_switched_on_where_it_makes_sense(desk, operation, kind, more):
    answer = switch(desk, operation, kind, **more)
    assert answer.status_code == 200, answer.text
    assert answer.json()["faults"][0]["kind"] == kind


@pytest.mark.parametrize(
    ("operation", "kind", "more", "about"),
    [
        ("create", "half", {}, "hand out a file"),
        ("audio", "broken", {}, "answer in JSON"),
        ("task", "refused", {}, "take work"),
        ("get-credits", "insufficient", {}, "take work"),
        ("task", "failure", {}, "take work"),
        ("producer/create", "partial", {}, "several takes"),
        ("nuro/create", "partial", {}, "several takes"),
        ("create", "twice", {}, "tells by itself"),
        ("webhook", "closed", {}, "tells by itself"),
        ("webhook", "slow", {"taken": True}, "taken"),
        ("create", "slow", {"taken": True}, "taken"),
        ("create", "refused", {"taken": True}, "taken"),
        ("task", "closed", {"taken": True}, "taken"),
        ("create", "500", {"reason": "artist"}, "reason"),
        ("create", "refused", {"reason": "boredom"}, "boredom"),
        ("top-up", "500", {}, "tool of ours"),
        ("turn-profile", "slow", {}, "tool of ours"),
    ],
)
def test_a_fault_that_cannot_happen_is_refused_in_a_sentence(desk, operation, kind, more, about):
    answer = switch(desk, operation, kind, **more)
    reason = answer.json()["reason"]
    assert answer.status_code == 422
    assert about in reason
    assert reason.endswith(".")
    assert desk.http.get("/faults").json() == {"faults": []}


def test_every_operation_of_a_vendor_can_fail_at_its_door(desk):
    calls = desk.anyone.get("/aimusicapi/fidelity").json()["operations"]
    calls = [each for each in calls if each["path"].startswith("/") and each["fidelity"] != "ours"]
    assert len(calls) > 30
    for each in calls:
        assert switch(desk, each["operation"], "503").status_code == 200
        path = re.sub(r"{[^}]*}", "x", each["path"])
        answer = desk.http.request(each["method"], f"/aimusicapi{path}", json={})
        assert answer.status_code == 503, each


def test_every_family_can_lose_its_work_and_gives_the_credits_back(desk, tmp_path):
    link = desk.http.put("/shelf", content=tone_file(tmp_path).read_bytes()).json()["link"]
    clip = finished(desk, "producer/create", {"task_type": "create_music", "sound": "folk"})
    bodies = {
        "producer/create": {"task_type": "cover_music", "clip_id": clip},
        "producer/upload": {"audio_url": link},
        "producer/download": {"clip_id": clip},
        "producer/lyrics-create": {"prompt": "rain"},
        "producer/video-clip": {"clip_id": clip},
        "riffusion/create": {"custom_mode": False, "mv": "FUZZ-1.0", "prompt": "rain"},
        "riffusion/upload": {"url": link},
        "nuro/create": {"type": "bgm", "description": "rain"},
    }
    for operation, body in bodies.items():
        switch(desk, operation, "failure")
        told = desk.http.post(f"{BASE}/{operation}", json=body).json()
        if "task_id" in told:
            family = operation.partition("/")[0]
            told = desk.http.get(f"{BASE}/{family}/task/{told['task_id']}").json()
        assert "failed" in {told.get("type"), told.get("status")} or "error" in told, told
        assert desk.http.get(f"{BASE}/get-credits").json()["credits"] == 40, operation
    assert list(desk.house.faults) == []


def finished(desk, operation, body):
    """Let a task come to its end, and return the id of its clip."""
    task = desk.http.post(f"{BASE}/{operation}", json=body).json()["task_id"]
    path = f"{BASE}/{operation.partition('/')[0]}/task/{task}"
    told = desk.until(lambda: desk.http.get(path), lambda answer: answer.status_code == 200)
    return told.json()["data"][0]["clip_id"]


@pytest.mark.parametrize("kind", ["failure", "refused", "insufficient", "partial"])
def test_what_only_reads_has_no_work_to_lose(desk, kind):
    assert switch(desk, "read", kind, dialect="band").status_code == 422
    assert switch(desk, "read", "503", dialect="band").status_code == 200


def test_the_band_refuses_no_song_for_a_reason_of_a_vendor(desk):
    answer = switch(desk, "order", "refused", dialect="band", reason="artist")
    assert (answer.status_code, "Leave it out" in answer.json()["reason"]) == (422, True)
    assert switch(desk, "order", "refused", dialect="band").status_code == 200


def test_whatever_happens_to_webhooks_the_door_stays_open(desk):
    switch(desk, "webhook", "lost", count=9)
    body = {"task_type": "create_music", "sound": "folk"}
    with open_letterbox() as box:
        answer = desk.http.post(f"{BASE}/producer/create", json=body | {"webhook_url": box.url})
        desk.until(lambda: next(iter(desk.house.faults)).count == 8, bool)
    assert answer.status_code == 200
    assert box.letters == []
