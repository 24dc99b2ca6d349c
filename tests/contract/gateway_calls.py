"""Callers of the gateway for tests: they say its words, and wait for what comes of it."""

from functools import partial

from tests.contract.sonic import SonicBand, shelved
from tests.emulator.desk import KEY

BASE = "/gateway/gateway"
MUSIC = {"title": "Happy dog Song", "tags": "happy, rock", "prompt": "A happy song about dogs"}
WORDS = {"title": "Rain", "tags": "folk", "prompt": "[Verse]\nRain on the rails"}
OVER = {"complete", "error"}


def open_gateway(open_one, **wishes):
    """Return an emulator whose callers show the key as the gateway wants it."""
    desk = open_one(musicians=wishes.pop("musicians", None) or SonicBand(), **wishes)
    desk.http.headers["api-key"] = KEY
    return desk


def post(desk, path, body):
    return desk.http.post(f"{BASE}/{path}", json=body)


def taken(desk, path="generate/music", body=MUSIC, **more):
    """Return the clips of a request that was taken, as they are told then."""
    answer = post(desk, path, body | more).json()
    assert answer["code"] == 0, answer
    return answer["data"]


def query(desk, *ids):
    answer = desk.http.get(f"{BASE}/query", params={"ids": ",".join(ids)})
    assert answer.status_code == 200, answer.text
    return answer.json()


def over(desk, clips):
    """Return what is told of clips when they are over."""
    ids = [clip["song_id"] for clip in clips]
    return desk.until(
        partial(query, desk, *ids), lambda told: {clip["status"] for clip in told} <= OVER
    )


def made(desk, path="generate/music", body=WORDS, **more):
    return over(desk, taken(desk, path, body, **more))


def uploaded(desk):
    """Return the id of a clip that a person brought at the console."""
    answer = desk.http.post("/gateway/console/upload", json={"link": shelved(desk)}).json()
    return answer["data"]["clip_id"]


def tail(desk, **more):
    """Return a clip that goes on with another, and that other."""
    before = made(desk)[0]
    return made(desk, continue_clip_id=before["id"], continue_at=0.7, **more)[0], before


def songs_left(desk):
    return desk.http.get(f"{BASE}/limit").json()["data"]["songs_left"]
