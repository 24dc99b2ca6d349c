"""Sonic for tests: a fake band that knows every tool, and callers who say the vendor's words."""

import array
import io
import json
import math
import wave
from dataclasses import dataclass, field
from functools import cache

import mido

from studio.engine.persona import BAND_HZ, Persona, Vibrato, to_json
from tests.emulator.fakes import FakeBand

BASE = "/aimusicapi/api/v1"
WORDS = "[Verse]\nRain on the rails"
CUSTOM = {"custom_mode": True, "mv": "sonic-v5", "prompt": WORDS, "tags": "pop"}
VERSIONS = [{"title": "One", "lyrics": "[Verse]\nOne"}, {"title": "Two", "lyrics": "[Verse]\nTwo"}]
FACTS = {
    "extend": {"seam_seconds": 0.5},
    "replace": {"window_seconds": [0.2, 0.6]},
    "measure": {"tempo_bpm": 96.0, "slowest_bpm": 95.0, "fastest_bpm": 97.5},
    "make-lyrics": {"versions": VERSIONS},
    "upsample-tags": {"versions": [{"tags": "slow folk, warm guitar"}, {"tags": "folk"}]},
    "normalise": {"came_lufs": -20.0},
    "vox": {"start_seconds": 0.0, "end_seconds": 1.0},
    "stems": {
        "length_seconds": 1.0,
        "stems": [
            {"name": "vocals", "file": "vocals.wav"},
            {"name": "instrumental", "file": "instrumental.wav"},
            {"name": "brass", "file": None},
        ],
    },
}
PERSONA = Persona(
    name="Anna",
    voice="female",
    formants=1.0,
    balance_db=(0.0,) * len(BAND_HZ),
    breath=0.1,
    vibrato=Vibrato(),
    attack_seconds=0.05,
    low=55.0,
    median=60.0,
    high=67.0,
)
LINES = [
    {
        "section": "Verse 1",
        "exact": True,
        "words": [
            {"word": "Rain", "start_seconds": 1.0, "end_seconds": 1.5},
            {"word": "falls", "start_seconds": 1.5, "end_seconds": 2.25},
        ],
    },
    {
        "section": "Verse 1",
        "exact": False,
        "words": [{"word": "Down", "start_seconds": 3.0, "end_seconds": 3.5}],
    },
]


@dataclass
class SonicBand(FakeBand):
    """Writes what each tool's readers want to read."""

    facts: dict = field(default_factory=lambda: dict(FACTS))

    def use(self, use, seed, sounds, folder, **how):
        made = super().use(use, seed, sounds, folder, **how)
        match use.tool:
            case "persona":
                (folder / "song.json").write_text(to_json(PERSONA))
            case "timeline":
                (folder / "song.json").write_text(json.dumps(LINES))
            case "midi":
                _midi().save(folder / "song.mid")
        length = made.length_seconds or made.facts.get("length_seconds")
        return made.model_copy(update={"length_seconds": length})

    def tools(self):
        return [use.tool for use, _, _ in self.used]


def post(desk, path, body, **more):
    sent = {name: value for name, value in (body | more).items() if value is not ...}
    return desk.http.post(f"{BASE}/sonic/{path}", json=sent)


def submit(desk, path, body, **more):
    """Return the id of a task that was taken."""
    answer = post(desk, path, body, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()["task_id"]


def look(desk, task):
    return desk.http.get(f"{BASE}/sonic/task/{task}")


def finished(desk, task):
    """Return the `data` of a task when everything in it is over."""

    def is_over(answer):
        told = answer.json().get("data")
        if isinstance(told, dict):
            return True
        return bool(told) and all(state in {"succeeded", "failed"} for state in states(told))

    return desk.until(lambda: look(desk, task), is_over).json()["data"]


def states(told):
    clips = [clip for each in told for clip in ([each] if "state" in each else each.values())]
    return [clip and clip["state"] for clip in clips]


def made(desk, path="create", body=CUSTOM, **more):
    return finished(desk, submit(desk, path, body, **more))


def song(desk, **more):
    """Return the id of a clip that was made here."""
    return made(desk, **more)[0]["clip_id"]


def shelved(desk, content=None):
    """Lay a sound on the shelf and return its link."""
    content = hum(2.0) if content is None else content
    return desk.http.put("/shelf?ending=wav", content=content).json()["link"]


def uploaded(desk):
    """Return the id of a clip that was brought."""
    return post(desk, "upload", {"url": shelved(desk)}).json()["clip_id"]


def tail(desk, **more):
    """Return a clip that continues another."""
    body = CUSTOM | {"task_type": "extend_music", "continue_clip_id": song(desk)}
    return made(desk, "create", body, continue_at=0.7, **more)[0]


def credits_left(desk):
    return desk.http.get(f"{BASE}/get-credits").json()["credits"]


@cache
def hum(seconds):
    """Return the smallest WAV file that is neither silent nor refused."""
    rate = 8000
    levels = (
        int(9000 * math.sin(2 * math.pi * 220 * n / rate)) for n in range(int(rate * seconds))
    )
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, rate, 0, "NONE", ""))
        sound.writeframes(array.array("h", levels).tobytes())
    return file.getvalue()


def _midi():
    notes = mido.MidiFile()
    track = mido.MidiTrack([mido.MetaMessage("track_name", name="bass")])
    track.append(mido.Message("note_on", note=40, velocity=127, time=0))
    track.append(mido.Message("note_off", note=40, time=480))
    notes.tracks.append(track)
    return notes
