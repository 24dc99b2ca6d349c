"""Faults and the operations that they can happen to."""

import pytest

from tests.emulator.letterbox import open_letterbox

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
