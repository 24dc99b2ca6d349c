"""Media, credits and the table of fidelity of the emulated AI Music API."""

import pytest

BASE = "/aimusicapi/api/v1"
SONG = {"custom_mode": True, "mv": "sonic-v5", "prompt": "[Verse]\nRain"}


def make(desk):
    """Return the first clip of a finished song."""
    task = desk.http.post(f"{BASE}/sonic/create", json=SONG).json()["task_id"]

    def clips():
        answer = desk.http.get(f"{BASE}/sonic/task/{task}")
        return answer.json().get("data", [])

    done = desk.until(clips, lambda told: told and told[1]["state"] == "succeeded")
    return done[0]


@pytest.mark.parametrize(
    ("wish", "status"), [(None, 200), ("bytes=0-99", 206), ("bytes=9999999-", 416)]
)
def test_sound_is_served_in_parts_to_anyone(desk, wish, status):
    answer = desk.anyone.get(make(desk)["audio_url"], headers={"Range": wish} if wish else {})
    assert answer.status_code == status
    assert len(answer.content) == 100 or status != 206


def test_sound_is_mpeg_and_the_cover_a_picture(desk):
    clip = make(desk)
    assert desk.anyone.get(clip["audio_url"]).headers["content-type"] == "audio/mpeg"
    assert desk.anyone.get(clip["image_url"]).content.startswith(b"\x89PNG")


@pytest.mark.parametrize("path", ["nope.mp3", "nope.png", "stream/nope"])
def test_unknown_media_are_not_found(desk, path):
    assert desk.anyone.get(f"/aimusicapi/media/{path}").status_code == 404


def test_links_end_when_they_are_told_to(open_one):
    now = [0.0]
    desk = open_one(link_seconds=60.0, clock=lambda: now[0])
    link = make(desk)["audio_url"]
    now[0] = 60.0
    assert desk.anyone.get(link).status_code == 200
    now[0] = 61.0
    assert desk.anyone.get(link).status_code == 403


def test_a_task_that_the_band_forgot_is_not_found(open_one):
    now = [0.0]
    desk = open_one(clock=lambda: now[0])
    clip = make(desk)
    now[0] = 100.0
    desk.house.band.clean(keep_seconds=50)
    desk.http.get(f"{BASE}/get-credits")
    assert desk.anyone.get(clip["audio_url"]).status_code == 404
    assert list((desk.house.data / "aimusicapi").glob("*/*.json")) == [
        desk.house.data / "aimusicapi/account/account.json"
    ]


def test_credits_are_told_bare(open_one):
    told = open_one(credits=123).http.get(f"{BASE}/get-credits")
    assert told.json() == {"credits": 123, "extra_credits": 0}


def test_a_path_that_the_vendor_does_not_have_is_not_found(desk):
    answer = desk.http.get(f"{BASE}/sonic/feed")
    assert (answer.status_code, answer.json()["type"]) == (404, "not_found")


def test_every_operation_tells_how_sure_it_is(desk):
    told = desk.anyone.get("/aimusicapi/fidelity").json()["operations"]
    by_name = {operation["operation"]: operation["fidelity"] for operation in told}
    assert by_name["create"] == by_name["task"] == by_name["get-credits"] == "documented"
    assert (by_name["stream"], by_name["sonic/stems/full"]) == ("guessed", "recorded")
    assert "not emulated" not in by_name.values()
    assert by_name["top-up"] == "ours"
