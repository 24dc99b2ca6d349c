"""Covers: how true a cover is to its song, and how well voices and bands fall in with a sound.

Every figure is measured on sound against the score that the sound was played from. `by ear` is the
same record without its score; the others are a stranger's copies of it: an MP3, one that sounds
30 cents high, one whose tempo drifts by 3 %. Run it from the root: `python -m bench.covers`.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bench.testset import HELD_OUT, Truth, song
from studio.audio.files import read, write
from studio.audio.samples import RATE, Samples
from studio.audio.shaping.stretching import shift, warp
from studio.audio.transcribing.pitch import HOP_SECONDS, track_pitch
from studio.audio.transcribing.transcription import transcribe
from studio.audio.work import UNWATCHED
from studio.engine.balance import BACKING, LEAD, VOCALS
from studio.engine.covering.aligning import aligned
from studio.engine.covering.weighing import blend, blend_of_the_band
from studio.engine.papers import keep_score
from studio.engine.played import Plan, played
from studio.engine.score import Score
from studio.engine.tools import add_band, add_vocals, cover, mashup
from studio.engine.writing.theory import chord_tones, scale
from studio.errors import StudioProblem

COVERED = (0, 1, 3, 5, 9)
"""Places in `HELD_OUT` of songs that are sung, in several styles."""
SUNG_OVER = (0, 5, 6, 11)
ACCOMPANIED = (0, 1, 2, 5, 9, 12)
MASHED = ((0, 6), (5, 0), (3, 10), (9, 4))
WEIGHTS = (0.0, 0.5, 1.0)
NEW_STYLE = {"house": "folk", "folk": "bossa nova"}
WORDS = "[Verse]\nThe harbour sleeps beneath the snow\nA lantern burns for those who go\n"

Times: TypeAlias = NDArray[np.float64]
When: TypeAlias = Callable[[Times], Times]
"""When what happened at a time of the record happens in a copy of it."""


@dataclass(frozen=True, slots=True)
class Case:
    """A sound, and the truth about it."""

    name: str
    path: Path
    score: Score
    when: When

    def beats(self, part: float = 1.0) -> Times:
        """Return when every beat falls, or every part of one."""
        return self.when(np.arange(0, self.score.beats, part) * self.score.seconds_per_beat)


def cases(truth: Truth, folder: Path, sound: Samples, *, known: bool = True) -> Iterator[Case]:
    """Give a sound as the band knows it, and as copies that it does not know."""
    sound = np.ascontiguousarray(sound)
    stem = folder / truth.name.replace(" ", "-")

    def case(kind: str, samples: Samples, ending: str, when: When) -> Case:
        path = stem.with_name(f"{stem.name}-{kind.replace(' ', '-')}{ending}")
        write(path, samples, RATE)
        return Case(f"{truth.name}, {kind}", path, truth.score, when)

    if known:
        known_case = case("score", sound, ".wav", lambda at: at)
        keep_score(known_case.path, truth.score)
        yield known_case
    yield case("by ear", sound, ".wav", lambda at: at)
    yield case("mp3", sound, ".mp3", lambda at: at)
    yield case("+30 cents", shift(sound, 0.3), ".wav", lambda at: at)
    seconds = sound.shape[1] / RATE

    def drift(at: Times) -> Times:
        return at + 0.03 * seconds / (4 * np.pi) * (1 - np.cos(4 * np.pi * at / seconds))

    points = np.linspace(0, seconds, 80)
    yield case("drift", warp(sound, points.tolist(), drift(points).tolist()), ".wav", drift)


def likeness(one: Samples, other: Samples) -> float:
    """Return how alike two sounds of one time are, -1 to 1: their bands, and their tones."""
    frames = min(one.shape[1], other.shape[1]) // 4096 * 4096
    window = np.hanning(4096).astype(np.float32)
    hertz = np.fft.rfftfreq(4096, 1 / RATE)
    inside = (hertz > 60) & (hertz < 12_000)
    bands = (np.log2(hertz[inside] / 60) * 4).astype(int)
    tones = np.round(12 * np.log2(hertz[inside] / 440)).astype(int) % 12
    spectra = [
        np.abs(np.fft.rfft(sound[:, :frames].mean(axis=0).reshape(-1, 4096) * window))[:, inside]
        for sound in (one, other)
    ]
    found = []
    for places in (bands, tones):
        drawn = [
            np.log([spectrum[:, places == k].sum(axis=1) + 1e-3 for k in range(places.max() + 1)])
            for spectrum in spectra
        ]
        found.append(np.corrcoef(drawn[0].ravel(), drawn[1].ravel())[0, 1])
    return float(np.mean(found))


def tune_right(stem: Samples, case: Case, rng: np.random.Generator | None = None) -> float:
    """Return in which share of the sung time a stem has the pitch class of the true tune.

    Consonants have no pitch and count as wrong, so that the band's own singer reaches 0.75 to 0.8.
    With `rng` the true pitches are shuffled: what chance would give.
    """
    pitch = track_pitch(stem.mean(axis=0, dtype=np.float32))
    notes = case.score.vocal.notes if case.score.vocal else ()
    pitches = np.array([note.pitch for note in notes])
    pitches = rng.permutation(pitches) if rng is not None else pitches
    beat = case.score.seconds_per_beat
    right = total = 0
    for note, wanted in zip(notes, pitches, strict=True):
        start, end = case.when(np.array([note.start, note.start + note.beats]) * beat)
        hertz = pitch.hertz[int(start / HOP_SECONDS) : int(end / HOP_SECONDS)]
        away = (12 * np.log2(hertz / 440) + 69 - wanted + 6) % 12 - 6
        right += int((np.abs(away) < 0.6).sum())
        total += len(hertz)
    return right / max(1, total)


def played_right(plan: Plan, case: Case, rng: np.random.Generator | None = None) -> float:
    """Return the same of a tune that is played, by its notes: a bell has no clear pitch."""
    lead = next((part.notes for part in plan.score.parts if part.name == LEAD), ())
    track = np.array(plan.carry.track.seconds)
    count = np.arange(len(track))
    pitches = np.array([note.pitch for note in lead])
    pitches = rng.permutation(pitches) if rng is not None else pitches
    looks = np.full(round((track[-1] + 10.0) / HOP_SECONDS), -1)
    for note, pitch in zip(lead, pitches, strict=True):
        start, end = np.interp([note.start, note.start + note.beats], count, track)
        looks[int(start / HOP_SECONDS) : int(end / HOP_SECONDS)] = pitch % 12
    right = total = 0
    for note in _notes(case.score):
        beats = np.array([note.start, note.start + note.beats])
        start, end = case.when(beats * case.score.seconds_per_beat)
        near = looks[int(start / HOP_SECONDS) : int(end / HOP_SECONDS)]
        right += int((near == note.pitch % 12).sum())
        total += len(near)
    return right / max(1, total)


def covers(folder: Path) -> None:
    """Print the table of covers."""
    print("| cover of | tune right | shuffled | likeness at 0 | 0.5 | 1 | x real time |")
    print("|-|-|-|-|-|-|-|")
    for truth in (song(*HELD_OUT[place]) for place in COVERED):
        for case in cases(truth, folder, truth.mix):
            print(_covered(case, folder), flush=True)


def _covered(case: Case, folder: Path) -> str:
    original, _ = read(case.path)
    style = NEW_STYLE.get(case.score.style, "soul" if case.score.style == "pop" else "lo-fi")
    options = cover.CoverOptions(style=style, audio_weight=0.5)
    start = time.perf_counter()
    plan = cover.write_cover([case.path], options, UNWATCHED)
    writing = time.perf_counter() - start
    blends = blend_of_the_band if plan.carry.track is None else partial(blend, new_words=False)
    stems = played(plan.score)
    alike, took = [], 0.0
    for weight in WEIGHTS:
        weighed = replace(plan, carry=replace(plan.carry, blend=blends(weight)))
        start = time.perf_counter()
        out = folder / "cover.wav"
        cover.join_cover([case.path], options, weighed, stems, out, UNWATCHED)
        took = time.perf_counter() - start + writing
        alike.append(likeness(original, read(out)[0]))
    rng = np.random.default_rng(0)
    if plan.score.vocal:
        stem = np.asarray(stems[VOCALS])
        right, chance = tune_right(stem, case), tune_right(stem, case, rng)
    else:
        right, chance = played_right(plan, case), played_right(plan, case, rng)
    speed = original.shape[1] / RATE / took
    return (
        f"| {case.name} | {right:.2f} | {chance:.2f} | "
        f"{' | '.join(f'{like:.2f}' for like in alike)} | {speed:.0f} |"
    )


def added_vocals(folder: Path) -> None:
    """Print the table of voices over instrumentals."""
    print("| voice over | onsets from sixteenths, ms | tones in the key | loudness | x real time |")
    print("|-|-|-|-|-|")
    for truth in (song(*HELD_OUT[place]) for place in SUNG_OVER):
        bed = sum(
            (
                np.asarray(stem)
                for name, stem in truth.stems.items()
                if name not in {VOCALS, BACKING}
            ),
            start=np.zeros((2, 1), np.float32),
        )
        for case in cases(truth, folder, bed, known=False):
            print(_with_vocals(case, folder), flush=True)


def _with_vocals(case: Case, folder: Path) -> str:
    options = add_vocals.AddVocalsOptions(lyrics=WORDS, voice="female")
    start = time.perf_counter()
    plan = add_vocals.write_vocals([case.path], options, UNWATCHED)
    took = time.perf_counter() - start
    stems = played(plan.score)
    start = time.perf_counter()
    facts = add_vocals.join_vocals(
        [case.path], options, plan, stems, folder / "sung.wav", UNWATCHED
    )
    took += time.perf_counter() - start
    voice = aligned(np.asarray(stems[VOCALS]), plan.carry.track)
    notes = transcribe(voice, "melody")
    away = _away([note.start_seconds for note in notes], case.beats(0.25))
    inside = np.mean([note.pitch % 12 in scale(case.score.key) for note in notes])
    speed = facts["length_seconds"] / took
    return (
        f"| {case.name} | {np.median(away) * 1000:.0f} | {inside:.2f} | "
        f"{facts['loudness_lufs']:.1f} | {speed:.0f} |"
    )


def added_bands(folder: Path) -> None:
    """Print the table of bands with voices."""
    print(
        "| band with the voice of | beats from the halves of its beats, ms | tempo is x "
        "| tones of the key right | sung on a chord tone (in the song itself) | x real time |"
    )
    print("|-|-|-|-|-|-|")
    for truth in (song(*HELD_OUT[place]) for place in ACCOMPANIED):
        for case in cases(truth, folder, truth.stems[VOCALS], known=False):
            print(_with_band(case, folder), flush=True)


def _with_band(case: Case, folder: Path) -> str:
    options = add_band.AddBandOptions(style=case.score.style)
    start = time.perf_counter()
    try:
        plan = add_band.write_band([case.path], options, UNWATCHED)
    except StudioProblem as problem:
        return f"| {case.name} | {problem} |"
    took = time.perf_counter() - start
    frames = round(plan.score.whole_seconds * RATE)
    stems = {part.name: np.zeros((2, frames), np.float32) for part in plan.score.parts}
    start = time.perf_counter()
    facts = add_band.join_band([case.path], options, plan, stems, folder / "band.wav", UNWATCHED)
    took += time.perf_counter() - start
    track = np.array(plan.carry.track.seconds)
    sung = case.when(np.array([n.start for n in _notes(case.score)]) * case.score.seconds_per_beat)
    away = _away(track[(track > sung[0]) & (track < sung[-1])], case.beats(0.5))
    shared = len(set(scale(plan.score.key)) & set(scale(case.score.key)))
    return (
        f"| {case.name} | {np.median(away) * 1000:.0f} | "
        f"{facts['tempo_bpm'] / case.score.tempo_bpm:.2f} | {shared}/7 | "
        f"{_carried(case, plan, sung):.2f} ({_carried_before(case.score):.2f}) | "
        f"{facts['length_seconds'] / took:.0f} |"
    )


def _notes(score: Score) -> Sequence[Any]:
    return score.vocal.notes if score.vocal else ()


def _carried(case: Case, plan: Plan, sung: Times) -> float:
    """Return which share of the true notes lies in the chord that the band plays then."""
    track = plan.carry.track.seconds
    beats = np.interp(sung, track, np.arange(len(track)))
    inside = []
    for note, beat in zip(_notes(case.score), beats, strict=True):
        chord = [c for c in plan.score.chords if c.start <= beat + 0.1]
        inside.append(bool(chord) and note.pitch % 12 in chord_tones(chord[-1]))
    return float(np.mean(inside))


def _carried_before(score: Score) -> float:
    inside = []
    for note in _notes(score):
        chord = [c for c in score.chords if c.start <= note.start + 0.1][-1]
        inside.append(note.pitch % 12 in chord_tones(chord))
    return float(np.mean(inside))


def mashups(folder: Path) -> None:
    """Print the table of mashups."""
    print("| voice of | music of | beats apart, ms | 90 % | shift | stretch | x real time |")
    print("|-|-|-|-|-|-|-|")
    for one, other in MASHED:
        voices = song(*HELD_OUT[one])
        musics = song(*HELD_OUT[other])
        for voice, music in zip(
            cases(voices, folder, voices.mix), cases(musics, folder, musics.mix), strict=True
        ):
            print(_mashed(voice, music, folder), flush=True)


def _mashed(voice: Case, music: Case, folder: Path) -> str:
    options, sounds = mashup.MashupOptions(), [voice.path, music.path]
    start = time.perf_counter()
    plan = mashup.write_mashup(sounds, options, UNWATCHED)
    took = time.perf_counter() - start
    stems = played(plan.score) if plan.score.parts or plan.score.vocal else {}
    start = time.perf_counter()
    facts = mashup.join_mashup(sounds, options, plan, stems, folder / "mash.wav", UNWATCHED)
    took += time.perf_counter() - start
    fit = plan.carry.fit
    heard, wanted = mashup.points(plan.carry)
    true = voice.beats(1 / fit.count if fit.count < 1 else 1.0)
    inside = true[(true >= heard[0]) & (true <= heard[-1])]
    landed = np.interp(inside, heard, wanted)
    grid = music.beats() * fit.stretch_music
    away = _away(landed[(landed > grid[0]) & (landed < grid[-1])], grid)
    return (
        f"| {voice.name} | {music.name} | {np.median(away) * 1000:.0f} | "
        f"{np.quantile(away, 0.9) * 1000:.0f} | {fit.semitones:+d} | {fit.stretch:.2f} | "
        f"{facts['length_seconds'] / took:.0f} |"
    )


def _away(times: Sequence[float] | Times, grid: Times) -> Times:
    """Return how far each time is from the nearest point of a grid, in seconds."""
    return np.array([np.abs(grid - at).min() for at in times]) if len(times) else np.array([9.9])


TABLES = {
    "cover": covers,
    "add-vocals": added_vocals,
    "add-band": added_bands,
    "mashup": mashups,
}


def main() -> None:
    """Print the tables that are named, or all of them."""
    for name in sys.argv[1:] or TABLES:
        with tempfile.TemporaryDirectory() as folder:
            print(f"\n{name}\n", flush=True)
            TABLES[name](Path(folder))


if __name__ == "__main__":
    main()
