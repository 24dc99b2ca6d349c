"""sunoapi.org for tests: callers who say its words, to a fake band that knows every tool."""

import io
import wave
from dataclasses import dataclass, field
from functools import cache

from tests.contract.sonic import FACTS, SonicBand, hum
from tests.emulator.fakes import mp3, wav

BASE = "/sunoapi/api/v1"
CALL = {"callBackUrl": "http://nobody.example/told"}
"""Where nobody is told: of `http`, only this machine is."""
WORDS = "[Verse]\nRain on the rails"
GENERATE = CALL | {
    "customMode": True,
    "instrumental": False,
    "model": "V5",
    "style": "folk",
    "title": "Night Train",
    "prompt": WORDS,
}
PLAIN = CALL | {"customMode": False, "instrumental": False, "model": "V5", "prompt": "a train"}
SECONDS = 24.0
STEMS = [
    {"name": "vocals", "file": "vocals.wav"},
    {"name": "backing vocals", "file": "instrumental.wav"},
    {"name": "drums", "file": None},
]
BODIES = {
    "generate": GENERATE,
    "generate/extend": {
        "defaultParamFlag": True,
        "model": "V5",
        "style": "folk",
        "title": "On",
        "prompt": WORDS,
        "continueAt": 12,
    },
    "generate/upload-extend": {
        "defaultParamFlag": True,
        "model": "V5",
        "instrumental": False,
        "style": "folk",
        "title": "On",
        "prompt": WORDS,
        "continueAt": 3,
    },
    "generate/upload-cover": {
        "customMode": True,
        "instrumental": False,
        "model": "V5",
        "style": "jazz",
        "title": "Cover",
        "prompt": WORDS,
    },
    "generate/add-instrumental": {"title": "Band", "negativeTags": "metal", "tags": "jazz"},
    "generate/add-vocals": {
        "title": "Sung",
        "negativeTags": "metal",
        "style": "jazz",
        "prompt": WORDS,
    },
    "generate/mashup": {"customMode": False, "model": "V5"},
    "generate/replace-section": {
        "prompt": "[Bridge]\nSnow",
        "tags": "folk",
        "title": "Mended",
        "infillStartS": 4,
        "infillEndS": 14,
        "fullLyrics": "[Bridge]\nSnow",
    },
    "generate/sounds": {"prompt": "rain on a roof"},
}
"""A good request for each endpoint that makes music, but for what it is made of."""
ON_SONG = {"generate/extend", "generate/replace-section"}
ON_UPLOADS = {"generate/mashup"}
ON_UPLOAD = set(BODIES) - ON_SONG - ON_UPLOADS - {"generate", "generate/sounds"}


@dataclass
class LongBand(SonicBand):
    """Plays songs that are long enough to have a section replaced."""

    facts: dict = field(default_factory=lambda: FACTS | {"stems": _stems()})

    def record(self, brief, seed, folder, **how):
        recorded = super().record(brief, seed, folder, **how)
        (folder / "song.mp3").write_bytes(mp3(SECONDS))
        (folder / "song.wav").write_bytes(wav(SECONDS))
        return recorded


def open_counter(open_one, *, limit="off", credits=1000, **wishes):  # noqa: A002 - as `serve` calls it
    """Open an emulator with that band, which usually does not mind how fast it is called."""
    desk = open_one(musicians=LongBand(), credits=credits, **wishes)
    switch(desk, limit=limit)
    return desk


def switch(desk, **ways):
    desk.http.post("/sunoapi/switches", json=ways).raise_for_status()


def post(desk, path, body, **more):
    sent = {name: value for name, value in (body | more).items() if value is not ...}
    return desk.http.post(f"{BASE}/{path}", json=sent)


def submit(desk, path, body, **more):
    """Return the id of a task that was taken."""
    answer = post(desk, path, body, **more).json()
    assert answer["code"] == 200, answer
    return answer["data"].get("taskId") or answer["data"]["task_id"]


def look(desk, task, path="generate"):
    return desk.http.get(f"{BASE}/{path}/record-info", params={"taskId": task}).json()["data"]


def finished(desk, task, path="generate"):
    """Return the record of a task when it is over."""
    return desk.until(lambda: look(desk, task, path), is_over)


def is_over(record):
    state = str(record.get("status", record.get("successFlag")))
    return state not in {"PENDING", "TEXT_SUCCESS", "FIRST_SUCCESS", "0", "2"}


def made(desk, path="generate", body=GENERATE, **more):
    """Return the record of music."""
    return finished(desk, submit(desk, path, body, **more))


def clips(record):
    return record["response"]["sunoData"]


def song(desk, **more):
    """Return a song that was made here, as other calls name it."""
    record = made(desk, **more)
    return {"taskId": record["taskId"], "audioId": clips(record)[0]["id"]}


def body_of(desk, endpoint):
    """Return a good request for music, made of whatever it needs."""
    body = CALL | BODIES[endpoint]
    if endpoint in ON_SONG:
        body |= song(desk)
    if endpoint in ON_UPLOAD:
        body |= {"uploadUrl": uploaded(desk)}
    if endpoint in ON_UPLOADS:
        body |= {"uploadUrlList": [uploaded(desk), uploaded(desk)]}
    return body


def uploaded(desk, seconds=6.0, **named):
    """Lay a sound down there and return its link."""
    files = {"file": ("tone.wav", hum(seconds), "audio/wav")}
    named = {"uploadPath": "sounds"} | named
    answer = desk.http.post("/sunoapi/api/file-stream-upload", files=files, data=named)
    return answer.json()["data"]["downloadUrl"]


@cache
def minute():
    """Return a sound of a little more than a minute, without working it all out."""
    file = io.BytesIO()
    with wave.open(io.BytesIO(hum(2.0))) as short, wave.open(file, "wb") as long:
        long.setparams(short.getparams())
        long.writeframes(short.readframes(short.getnframes()) * 31)
    return file.getvalue()


def credits_left(desk):
    return desk.http.get(f"{BASE}/generate/credit").json()["data"]


def uses(desk, tool):
    return [use for use, _, _ in desk.musicians.used if use.tool == tool]


@cache
def _stems():
    return {"length_seconds": SECONDS, "stems": STEMS}
