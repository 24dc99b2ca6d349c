"""A band that plays at once, or when it is told to: tiny files, but real ones."""

import io
import threading
import wave
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import lameenc
from PIL import Image

from studio.emulator.orders import Made
from studio.engine.persona import BAND_HZ, Persona, Vibrato, to_json
from studio.engine.score import Key, Score
from studio.errors import BriefUnplayable

SCORE = Score(
    title="Night Train",
    style="folk",
    tags="slow folk, guitar",
    tempo_bpm=96.0,
    key=Key(tonic=0, mode="minor"),
    beats_per_bar=4,
    swing=0.5,
    sections=(),
    chords=(),
    parts=(),
    vocal=None,
    lyrics="[Verse]\nRain on the rails",
    beats=2.0,
    seed=0,
)
RATE = 8000
PERSONA = Persona(
    name="Anna",
    voice="female",
    formants=1.1,
    balance_db=(0.0,) * len(BAND_HZ),
    breath=0.2,
    vibrato=Vibrato(),
    attack_seconds=0.1,
    low=57.0,
    median=64.0,
    high=71.0,
)


FILES = {
    "stems": {"vocals": "vocals.wav", "instrumental": "instrumental.wav"},
    "midi": {"mid": "song.mid"},
    "timeline": {"json": "song.json"},
    "measure": {},
    "make-lyrics": {"txt": "song.txt"},
    "upsample-tags": {"txt": "song.txt"},
    "persona": {"json": "song.json"},
    "video": {"mp4": "song.mp4"},
    "paint": {"cover-1": "cover-1.png", "cover-2": "cover-2.png"},
}


class Cancelled(Exception):
    pass


@dataclass(frozen=True)
class Report:
    doing: str
    progress: float
    left_seconds: float | None = None
    early: object = None


@dataclass(frozen=True)
class Recorded:
    score: Score


@dataclass
class FakeBand:
    """Plays take by take; with `steps` it waits for a permit before each of three steps.

    The steps are: begin, let the early sound be heard, finish.
    """

    steps: threading.Semaphore | None = None
    played: list = field(default_factory=list)
    used: list = field(default_factory=list)
    """Of each tool: the use, its seed, and the paths of its sounds."""
    facts: dict = field(default_factory=dict)
    """What tools tell, by name."""
    files: dict = field(default_factory=lambda: dict(FILES))
    """What tools write, by name; any other makes a song."""
    troubles: list = field(default_factory=list)
    """Raised by the next takes, one each; `None` lets one pass."""

    def warm(self):
        pass

    def styles(self):
        return ("folk", "jazz")

    def voice(self):
        return "A voice of tin sings."

    def check(self, use):
        pass

    def recall(self, path):
        return None

    def style_in(self, text):
        return next((style for style in self.styles() if style in text), "")

    def understand(self, brief):
        if "unplayable" in brief.style:
            raise BriefUnplayable("The band cannot play this.")
        return f"{brief.style or 'pop'} · 96 bpm"

    def record(self, brief, seed, folder, *, executor: Executor, report, cancelled):
        self.played.append((brief, seed, folder))
        self._step(cancelled)
        if trouble := (self.troubles.pop(0) if self.troubles else None):
            raise trouble
        report(Report("tuning", 0.1, 3.0))
        self._step(cancelled)
        early = folder / "early.mp3"
        early.write_bytes(mp3(0.3))
        report(Report("singing", 0.5, 2.0, early))
        self._step(cancelled)
        (folder / "song.mp3").write_bytes(mp3(1.0))
        (folder / "song.wav").write_bytes(wav(1.0))
        (folder / "cover.png").write_bytes(png())
        return Recorded(replace(SCORE, title=brief.title or SCORE.title, seed=seed))

    def use(self, use, seed, sounds, folder, *, workers, report, cancelled):
        self.used.append((use, seed, list(sounds)))
        self._step(cancelled)
        if trouble := (self.troubles.pop(0) if self.troubles else None):
            raise trouble
        report(Report(f"using {use.tool}", 0.5, 1.0))
        self._step(cancelled)
        told = {"title": use.title, "style": use.style, "lyrics": use.lyrics}
        facts = self.facts.get(use.tool, {})
        files = self.files.get(use.tool)
        if files is None:
            files = {"sound": "song.mp3", "wav": "song.wav", "cover": "cover.png"}
            told["length_seconds"] = 1.0
        if use.ending:
            files = {use.ending: f"song.{use.ending}"}
        for name in files.values():
            content = CONTENTS.get(Path(name).suffix, lambda: to_json(PERSONA).encode())()
            (folder / name).write_bytes(content)
        return Made(files=files, facts=facts, **told)

    def _step(self, cancelled):
        while self.steps is not None and not self.steps.acquire(timeout=0.01):
            if cancelled():
                raise Cancelled
        if cancelled():
            if self.steps is not None:
                # The permit was meant for whoever plays next.
                self.steps.release()
            raise Cancelled


def nothing():
    """A worker has nothing to load for this band."""


@cache
def mp3(seconds):
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE)
    encoder.set_out_sample_rate(RATE)
    encoder.set_bit_rate(32)
    encoder.silence()
    return bytes(encoder.encode(bytes(int(RATE * seconds) * 2)) + encoder.flush())


@cache
def wav(seconds):
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(bytes(int(RATE * seconds) * 2))
    return file.getvalue()


@cache
def png():
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    return file.getvalue()


CONTENTS = {".mp3": lambda: mp3(1.0), ".wav": lambda: wav(1.0), ".png": png}
