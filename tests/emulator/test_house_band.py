import threading

import pytest

from tests.emulator.fakes import FakeBand

ORDERS = "/band/v1/orders"


def send(desk, **more):
    return desk.http.post(ORDERS, json={"style": "folk"} | more)


def look(desk, order):
    return desk.http.get(f"{ORDERS}/{order}").json()


def finish(desk, order):
    return desk.until(lambda: look(desk, order), lambda told: told["state"] == "finished")


@pytest.fixture
def slow(open_one):
    """A desk whose band waits for `slow.musicians.steps.release()` before each step."""
    return open_one(musicians=FakeBand(steps=threading.Semaphore(0)))


def test_health_needs_no_key(desk):
    assert desk.anyone.get("/health").json() == {"ok": True}


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "é"}])
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1"), ("POST", "/v1/read"), ("POST", "/v1/orders"), ("DELETE", "/v1/orders/x")],
)
def test_nothing_is_told_without_the_key(desk, method, path, header):
    header = {name: value.encode() for name, value in header.items()}
    answer = desk.anyone.request(method, f"/band{path}", headers=header)
    assert answer.status_code == 401
    assert "key" in answer.json()["reason"]


def test_the_band_tells_what_it_plays_and_who_sings(desk):
    told = desk.http.get("/band/v1").json()
    assert told["styles"] == ["folk", "jazz"]
    assert (told["shortest_seconds"], told["longest_seconds"]) == (15, 240)
    assert told["voice"] == "A voice of tin sings."


def test_a_request_is_read_without_being_played(desk):
    told = desk.http.post("/band/v1/read", json={"style": "jazz"})
    assert told.json() == {"understood": "jazz · 96 bpm"}
    assert desk.musicians.played == []


def test_an_order_is_taken_at_once_and_finished_later(desk):
    answer = send(desk, title="Mine")
    assert answer.status_code == 201
    told = finish(desk, answer.json()["order"])
    assert told["progress"] == 1
    assert [take["state"] for take in told["takes"]] == ["finished", "finished"]


def test_a_finished_take_tells_what_was_played(desk):
    take = finish(desk, send(desk, title="Mine", seed=7).json()["order"])["takes"][0]
    links = {name: take.pop(name) for name in ("early", "sound", "wav", "cover")}
    assert take.pop("length_seconds") == pytest.approx(1.0, abs=0.3)
    assert take.pop("remote").endswith(".1")
    assert take == {
        "number": 1,
        "state": "finished",
        "part": "song",
        "title": "Mine",
        "style": "slow folk, guitar",
        "lyrics": "[Verse]\nRain on the rails",
        "seed": 7,
        "facts": {"tempo_bpm": 96.0, "key": "C minor"},
        "reason": None,
    }
    assert all(link.startswith(f"{desk.url}/band/v1/files/") for link in links.values())


@pytest.mark.parametrize(("first", "second"), [(7, 8), (2**32 - 1, 0)])
def test_the_second_take_counts_the_seed_one_on(desk, first, second):
    told = finish(desk, send(desk, seed=first).json()["order"])
    assert [take["seed"] for take in told["takes"]] == [first, second]


def test_an_order_without_a_seed_gets_a_fresh_one(desk):
    seeds = {finish(desk, send(desk).json()["order"])["takes"][0]["seed"] for _ in range(3)}
    assert len(seeds) == 3


def test_what_is_asked_reaches_the_band(desk):
    asked = {"lyrics": "[Verse]\nla", "voice": "male", "length": 30, "exclude": "drums"}
    finish(desk, send(desk, **asked, weirdness=0.2, style_weight=0.9).json()["order"])
    brief = desk.musicians.played[0][0]
    assert (brief.style, brief.lyrics, brief.voice) == ("folk", "[Verse]\nla", "male")
    assert (brief.length_seconds, brief.exclude) == (30, "drums")
    assert (brief.weirdness, brief.style_weight) == (0.2, 0.9)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"style": " "}, "Say what the song should sound like, or write some words for it."),
        ({"style": "folk", "mood": "blue"}, "'mood'"),
        ({"style": "folk", "seed": 2**32}, "'seed'"),
        ({"style": "folk", "length": 14.9}, "15 to 240 seconds"),
        ({"style": "folk", "length": 241}, "15 to 240 seconds"),
        ({"style": "unplayable"}, "The band cannot play this."),
        ([], "should be an object"),
    ],
)
@pytest.mark.parametrize("path", ["/band/v1/read", ORDERS])
def test_what_cannot_be_played_is_refused_in_a_sentence(desk, path, body, reason):
    answer = desk.http.post(path, json=body)
    assert answer.status_code == 422
    assert reason in answer.json()["reason"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_json_is_refused_in_a_sentence(desk, body):
    answer = desk.http.post(ORDERS, content=body)
    assert answer.status_code == 422
    assert answer.json()["reason"]


def test_a_body_beyond_all_measure_is_refused(desk):
    assert send(desk, lyrics="la " * 500_000).status_code == 413


def test_the_true_phases_are_told_in_their_order(slow):
    order = send(slow).json()["order"]
    steps = slow.musicians.steps

    def until(is_enough):
        return slow.until(lambda: look(slow, order), is_enough)

    until(lambda told: [t["state"] for t in told["takes"]] == ["playing", "waiting"])
    steps.release()
    told = until(lambda told: told["progress"] == 0.05)
    assert (told["doing"], told["takes"][0]["early"]) == ("take 1: tuning", None)
    steps.release()
    told = until(lambda told: told["takes"][0]["early"])
    assert (told["doing"], told["takes"][0]["sound"]) == ("take 1: singing", None)
    steps.release()
    until(lambda told: told["takes"][0]["sound"] and told["takes"][1]["state"] == "playing")


def test_early_sound_can_be_heard_while_the_rest_is_made(slow):
    order = send(slow).json()["order"]
    slow.musicians.steps.release(2)
    told = slow.until(lambda: look(slow, order), lambda told: told["takes"][0]["early"])
    assert told["state"] == "playing"
    assert slow.anyone.get(told["takes"][0]["early"]).headers["content-type"] == "audio/mpeg"


def test_orders_are_played_in_the_order_in_which_they_came(slow):
    first = send(slow, seed=10).json()["order"]
    second = send(slow, seed=20).json()["order"]
    assert look(slow, second)["doing"] == "waiting for its turn"
    slow.musicians.steps.release(12)
    finish(slow, first)
    finish(slow, second)
    assert [seed for _, seed, _ in slow.musicians.played] == [10, 11, 20, 21]


def test_a_cancelled_order_stops_and_makes_way(slow):
    first = send(slow).json()["order"]
    slow.until(lambda: slow.musicians.played, bool)
    second = send(slow, seed=20).json()["order"]
    answer = slow.http.delete(f"{ORDERS}/{first}")
    assert (answer.status_code, answer.json()) == (202, {"state": "cancelled"})
    slow.musicians.steps.release(6)
    finish(slow, second)
    assert look(slow, first)["state"] == "cancelled"
    assert [seed for _, seed, _ in slow.musicians.played[1:]] == [20, 21]


def test_cancelling_keeps_the_take_that_was_finished(slow):
    order = send(slow).json()["order"]
    slow.musicians.steps.release(3)
    told = slow.until(lambda: look(slow, order), lambda told: told["takes"][0]["sound"])
    slow.http.delete(f"{ORDERS}/{order}")
    assert look(slow, order)["state"] == "cancelled"
    assert slow.anyone.get(told["takes"][0]["sound"]).status_code == 200


def test_cancelling_what_is_over_changes_nothing(desk):
    order = send(desk).json()["order"]
    finish(desk, order)
    assert desk.http.delete(f"{ORDERS}/{order}").json() == {"state": "finished"}


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_unknown_order_is_not_found(desk, method):
    answer = desk.http.request(method, f"{ORDERS}/nope")
    assert answer.status_code == 404
    assert "'nope'" in answer.json()["reason"]


@pytest.mark.parametrize(
    ("wish", "status", "part"),
    [
        ("bytes=0-9", 206, "bytes 0-9/"),
        ("bytes=-5", 206, "bytes "),
        ("bytes=999999-", 416, "bytes */"),
        (None, 200, None),
    ],
)
def test_files_are_served_in_parts(desk, wish, status, part):
    take = finish(desk, send(desk).json()["order"])["takes"][0]
    answer = desk.anyone.get(take["sound"], headers={"Range": wish} if wish else {})
    assert answer.status_code == status
    assert answer.headers.get("content-range", "").startswith(part or "")


@pytest.mark.parametrize("name", ["song.json", "..%2f..%2fx.json", "song.mp3.part", ""])
def test_only_the_known_files_are_served(desk, name):
    order = send(desk).json()["order"]
    finish(desk, order)
    assert desk.anyone.get(f"/band/v1/files/{order}/1/{name}").status_code == 404
    assert desk.anyone.get(f"/band/v1/files/{order}/3/song.mp3").status_code == 404


@pytest.mark.parametrize("kind", ["partial", "failure"])
def test_takes_fail_at_a_switch(desk, kind):
    desk.fault("band", "order", kind)
    order = send(desk).json()["order"]
    wanted = {"partial": "finished", "failure": "refused"}[kind]
    told = desk.until(lambda: look(desk, order), lambda told: told["state"] == wanted)
    assert told["takes"][1]["state"] == "failed"
    assert told["takes"][1]["reason"]


def test_every_operation_of_the_band_is_documented(desk):
    operations = desk.http.get("/band/fidelity").json()["operations"]
    assert {op["fidelity"] for op in operations} == {"documented"}


def test_an_unknown_path_is_answered_in_the_same_shape(desk):
    assert desk.http.get("/band/v2").json() == {"reason": "The band knows no such request."}
    assert desk.http.put("/band/v1").status_code == 405
