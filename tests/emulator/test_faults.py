import time

import httpx
import pytest

from studio.emulator.faults import Fault, Faults

ABOUT = "/band/v1"
SONG = {"style": "folk"}


def orders(desk):
    return len(list(desk.house.data.glob("orders/*.json")))


def test_a_fault_counts_its_calls_and_is_gone():
    faults = Faults()
    faults.add(Fault(dialect="band", operation="look", kind="500", count=2))
    taken = [faults.take("band", "look", at_work=False) for _ in range(3)]
    assert [fault is not None for fault in taken] == [True, True, False]
    assert list(faults) == []


def test_a_fault_meets_only_its_own_operation():
    faults = Faults()
    faults.add(Fault(dialect="band", operation="look", kind="500"))
    assert faults.take("band", "order", at_work=False) is None
    assert faults.take("aimusicapi", "look", at_work=False) is None
    assert faults.take("band", "look", at_work=True) is None


def test_faults_come_in_the_order_in_which_they_were_switched_on():
    faults = Faults()
    for kind in ("500", "slow"):
        faults.add(Fault(dialect="band", operation="look", kind=kind))
    assert faults.take("band", "look", at_work=False).kind == "500"


def test_switches_need_the_key(desk):
    assert desk.anyone.get("/faults").status_code == 401
    assert desk.anyone.post("/faults", json={}).status_code == 401
    assert desk.anyone.delete("/faults").status_code == 401


def test_switches_are_listed_and_cleared(desk):
    desk.fault("band", "look", "500", count=3)
    assert desk.http.get("/faults").json()["faults"][0]["count"] == 3
    assert desk.http.delete("/faults").json() == {"faults": []}


@pytest.mark.parametrize("wrong", [{"kind": "gremlin"}, {"dialect": "gremlin"}, {"operation": "x"}])
def test_an_unknown_switch_is_refused(desk, wrong):
    asked = {"dialect": "band", "operation": "look", "kind": "500"} | wrong
    answer = desk.http.post("/faults", json=asked)
    assert answer.status_code == 422
    assert next(iter(wrong.values())) in answer.json()["reason"]


def test_the_key_is_looked_at_before_any_fault(desk):
    desk.fault("band", "about", "500")
    assert desk.anyone.get(ABOUT).status_code == 401
    assert desk.http.get(ABOUT).status_code == 500


@pytest.mark.parametrize("status", ["500", "502", "503", "504"])
def test_a_status_is_answered_without_any_work(desk, status):
    desk.fault("band", "order", status)
    assert desk.http.post("/band/v1/orders", json=SONG).status_code == int(status)
    assert orders(desk) == 0


@pytest.mark.parametrize("kind", ["502", "504", "closed"])
def test_work_can_be_taken_before_the_answer_is_lost(desk, kind):
    desk.fault("band", "order", kind, taken=True)
    try:
        desk.http.post("/band/v1/orders", json=SONG)
    except httpx.RemoteProtocolError:
        assert kind == "closed"
    assert orders(desk) == 1


def test_slow_answers_late_but_well(desk):
    desk.fault("band", "about", "slow", seconds=0.05)
    began = time.monotonic()
    assert desk.http.get(ABOUT).status_code == 200
    assert time.monotonic() - began >= 0.05


@pytest.mark.parametrize(("taken", "expected"), [(False, 0), (True, 1)])
def test_silent_never_answers(desk, taken, expected):
    desk.fault("band", "order", "silent", taken=taken)
    with pytest.raises(httpx.ReadTimeout):
        desk.http.post("/band/v1/orders", json=SONG, timeout=0.2)
    assert orders(desk) == expected


def test_closed_ends_the_connection_without_a_word(desk):
    desk.fault("band", "about", "closed")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        desk.http.get(ABOUT)
    assert desk.http.get(ABOUT).status_code == 200


def test_broken_json_is_half_of_it(desk):
    desk.fault("band", "about", "broken")
    answer = desk.http.get(ABOUT)
    assert answer.status_code == 200
    with pytest.raises(ValueError):
        answer.json()


def test_half_a_file_ends_in_the_middle(desk):
    order = desk.http.post("/band/v1/orders", json=SONG).json()["order"]
    path = f"/band/v1/files/{order}/1/song.wav"
    whole = len(desk.until(lambda: desk.http.get(path), lambda answer: answer.is_success).content)
    desk.fault("band", "file", "half")
    got = []
    with desk.http.stream("GET", path) as answer:
        with pytest.raises(httpx.RemoteProtocolError):
            got.extend(answer.iter_bytes())
        assert int(answer.headers["content-length"]) == whole
    assert len(b"".join(got)) == whole // 2


def test_busy_is_said_in_the_words_of_each_dialect(desk):
    desk.fault("band", "about", "busy")
    desk.fault("aimusicapi", "get-credits", "busy")
    ours, theirs = desk.http.get(ABOUT), desk.http.get("/aimusicapi/api/v1/get-credits")
    assert (ours.status_code, "reason" in ours.json()) == (429, True)
    assert (theirs.status_code, theirs.json()["type"]) == (429, "rate_limited")
