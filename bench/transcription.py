"""Transcription and lyrics: how much of the notes and words of the band's songs is found again.

Notes are judged by `mir_eval.transcription`: a note counts if its pitch is right and it begins
within 50 ms ("with offset": and ends within 50 ms or a fifth of its length). What is given are the
treated stems, the mastered mix, and rough versions of it. Words are judged by their first vowel.
"""

import io
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import lameenc
import mir_eval
import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray
from scipy.fft import irfft, rfft

from bench.ground import machine, report
from bench.testset import HELD_OUT, Truth, songs
from studio.audio.ear.spectrum import heard_mono
from studio.audio.hearing import HeardNote
from studio.audio.samples import RATE, Samples
from studio.audio.transcribing.alignment import align_words
from studio.audio.transcribing.drum_hits import HAT, KICK, SNARE
from studio.audio.transcribing.phrases import find_phrases, lay_lines
from studio.audio.transcribing.transcription import (
    Kind,
    Method,
    transcribe_drums_mono,
    transcribe_mono,
)
from studio.audio.transcribing.voices import stems_to_hear
from studio.engine.score import Note, Score, SungNote
from studio.engine.timeline import timeline_of

SECONDS = 24.0
METHODS: tuple[Method | None, ...] = (None, "own", "basic-pitch")
SLOW = ("pad", "strings", "organ")
SOLO = ("drums", "bass", "lead")
DRUMS = {KICK.key: {35, 36}, SNARE.key: {37, 38, 39, 40}, HAT.key: {42, 44, 46, 51, 53, 54, 59, 70}}

Found = tuple[float, float, float, float]
"""Precision, recall, F1 by onsets, F1 with offsets."""
Mono = NDArray[np.float32]


def main() -> None:
    """Print all tables; a number after the name takes only so many songs."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else len(HELD_OUT)
    print(machine())
    notes: dict[tuple[str, str], list[Found]] = defaultdict(list)
    words: dict[str, list[list[float]]] = defaultdict(list)
    seconds: dict[str, list[float]] = defaultdict(list)
    for truth in songs(HELD_OUT[:count]):
        hear_song(truth, notes, seconds)
        find_words(truth, words)
        print(".", end="", flush=True)
    report_notes(notes)
    report_words(words)
    report(
        "Seconds of work for a second of sound",
        ("", "median"),
        [[name, f"{statistics.median(taken) / SECONDS:.3f}"] for name, taken in seconds.items()],
    )


def hear_song(
    truth: Truth,
    notes: dict[tuple[str, str], list[Found]],
    seconds: dict[str, list[float]],
) -> None:
    """Transcribe stems and mix of a song by every method, and judge."""
    first = first_frame(truth.score)
    for name, kind, mono, true in sounds_of(truth, first):
        if true:
            for method in METHODS:
                start = time.perf_counter()
                heard = transcribe_mono(mono, kind, method=method)
                seconds[method or "best"].append(time.perf_counter() - start)
                notes[name, method or "best"].append(judged(true, heard))
    mono = heard_mono(cut(truth.stems["drums"], first)) if "drums" in truth.stems else None
    if mono is not None:
        for key, found in judged_drums(truth.score, first, transcribe_drums_mono(mono)):
            notes[f"drum stem: {key}", "own"].append(found)


def sounds_of(truth: Truth, first: int) -> Iterator[tuple[str, Kind, Mono, list[Note]]]:
    """Give what is heard, how, and what is true of it."""
    score, stems = truth.score, truth.stems
    parts = {part.name: timed(part.notes, score, first) for part in score.parts}
    sung = timed(score.vocal.notes if score.vocal else (), score, first)
    several = [name for name in parts if name not in SOLO]
    chords = [note for name in several for note in parts[name]]
    for name, kind in (("bass", "bass"), ("lead", "melody")):
        if name in parts:
            yield f"{name} stem", kind, heard_mono(cut(stems[name], first)), parts[name]  # type: ignore[misc]  # two of the kinds
    if sung:
        yield "vocal stem", "melody", heard_mono(cut(stems["vocals"], first)), sung
    for name in several:
        label = "slow stem (pad, strings, organ)" if name in SLOW else "chord stem (struck)"
        yield label, "chords", heard_mono(cut(stems[name], first)), parts[name]
    together = sum(cut(stems[name], first) for name in several)
    yield "all chord stems", "chords", heard_mono(np.asarray(together, np.float32)), chords
    mix = cut(truth.mix, first)
    apart = stems_to_hear(mix, ["vocals", "other"])
    yield "melody out of the mix", "melody", apart["vocals"], sung
    yield "bass out of the mix", "bass", heard_mono(mix), parts["bass"]
    yield "chords out of the mix", "chords", apart["other"], chords
    everything = [*chords, *parts["bass"], *parts.get("lead", ()), *sung]
    for name, sound in rough(mix):
        yield f"all of the mix{name}", "any", heard_mono(sound), everything


def rough(mix: Samples) -> Iterator[tuple[str, Samples]]:
    """Give the mix, and what may have become of it."""
    yield "", mix
    noise = np.random.default_rng(0).standard_normal(mix.shape, dtype=np.float32)
    yield ", noise at -20 dB", mix + noise * np.float32(0.1 * float(np.sqrt(np.square(mix).mean())))
    yield ", as MP3 of 64 kbit/s", through_mp3(mix)


def through_mp3(mix: Samples) -> Samples:
    """Send sound through a poor MP3."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(2)
    pcm = np.clip(np.rint(mix.T * 32_767), -32_768, 32_767).astype(np.int16)
    data = encoder.encode(pcm.tobytes()) + encoder.flush()
    sound, rate = soundfile.read(io.BytesIO(bytes(data)), dtype="float32")
    # At few bits the encoder halves the rate; what it puts before the sound is taken off again.
    sound = soxr.resample(sound, rate, RATE).T
    size = 2 * mix.shape[1]
    alike = irfft(rfft(sound[0], size) * np.conj(rfft(mix[0], size)), size)
    lag = int(alike[: RATE // 4].argmax())
    return np.ascontiguousarray(sound[:, lag : lag + mix.shape[1]])


def first_frame(score: Score) -> int:
    """Return where the excerpt begins: shortly before the first word, if there is one."""
    if not score.vocal:
        return 0
    start = score.vocal.notes[0].start * score.seconds_per_beat - 4
    latest = score.length_seconds - SECONDS
    return round(max(0.0, min(start, latest)) * RATE)


def cut(stem: Samples, first: int) -> Samples:
    """Return the excerpt of a stem."""
    return np.asarray(stem[:, first : first + round(SECONDS * RATE)], np.float32)


def timed(notes: Iterable[Note | SungNote], score: Score, first: int) -> list[Note]:
    """Return notes whose `start` and `beats` are seconds of the excerpt."""
    found = []
    for note in notes:
        start = note.start * score.seconds_per_beat + getattr(note, "shift", 0.0) - first / RATE
        length = max(0.03, note.beats * score.seconds_per_beat)
        if 0 <= start < SECONDS - 0.1:
            found.append(Note(start, length, note.pitch, note.velocity))
    return found


def judged(true: Sequence[Note], heard: Sequence[HeardNote]) -> Found:
    """Compare what was heard with what is true."""
    if not heard:
        return 0.0, 0.0, 0.0, 0.0
    judge = partial(
        mir_eval.transcription.precision_recall_f1_overlap,
        np.array([(note.start, note.start + note.beats) for note in true]),
        hertz(true),
        np.array([(note.start_seconds, note.start_seconds + note.seconds) for note in heard]),
        hertz(heard),
    )
    precision, recall, by_onset, _ = judge(offset_ratio=None)
    return precision, recall, by_onset, judge()[2]


def hertz(notes: Sequence[Note | HeardNote]) -> NDArray[np.float64]:
    """Return the frequencies of notes."""
    return np.asarray(440 * 2 ** ((np.array([note.pitch for note in notes]) - 69) / 12))


def judged_drums(
    score: Score, first: int, heard: Sequence[HeardNote]
) -> Iterator[tuple[str, Found]]:
    """Compare hits with those of the score, within 50 ms."""
    drums = next(part for part in score.parts if part.name == "drums")
    true = timed(drums.notes, score, first)
    for key, keys in DRUMS.items():
        wanted = np.unique([note.start for note in true if note.pitch in keys])
        got = np.unique([note.start_seconds for note in heard if note.pitch == key])
        if wanted.size:
            f1, precision, recall = mir_eval.onset.f_measure(wanted, got)
            name = {KICK.key: "kick", SNARE.key: "snare", HAT.key: "hat"}[key]
            yield name, (precision, recall, f1, float("nan"))


def find_words(truth: Truth, words: dict[str, list[list[float]]]) -> None:
    """Find the words of a song in its voice, as it is and taken out of the mix."""
    timeline = timeline_of(truth.score)
    if not timeline:
        return
    said = [word for line in timeline for word in line.words]
    true = np.array([word.start_seconds for word in said])
    starts = np.array([line.start_seconds for line in timeline])
    lengths = [float(sum(2 + len(word.word) for word in line.words)) for line in timeline]
    alone = heard_mono(np.asarray(truth.stems["vocals"], np.float32))
    for name, mono in (("stem", alone), ("mix", stems_to_hear(truth.mix, ["vocals"])["vocals"])):
        found = align_words(mono, [word.word for word in said])
        off = [9.0] if found is None else [word.start_seconds for word in found] - true
        words[f"words, vocal {name}"].append(list(off))
        lines = lay_lines(find_phrases(mono), lengths)
        words[f"lines, vocal {name}"].append([line[0] for line in lines] - starts)


def report_notes(notes: dict[tuple[str, str], list[Found]]) -> None:
    """Print the medians over the songs."""
    rows = []
    for (name, method), found in notes.items():
        middle = np.nanmedian(np.array(found), axis=0)
        rows.append([name, method, len(found), *(f"{value:.2f}" for value in middle)])
    head = ("what is heard", "by", "n", "precision", "recall", "F1", "F1 with offset")
    report("Notes", head, rows)


def report_words(words: dict[str, list[list[float]]]) -> None:
    """Print how far off beginnings are."""
    rows = []
    for name, songs_off in words.items():
        off = np.abs(np.concatenate([np.asarray(each) for each in songs_off]))
        lost = sum(len(each) == 1 for each in songs_off)
        near = [f"{(off < limit).mean():.2f}" for limit in (0.1, 0.3, 1.0)]
        rows.append([name, len(songs_off), lost, f"{1000 * np.median(off):.0f}", *near])
    head = ("", "songs", "not found in", "median ms off", "within .1 s", ".3 s", "1 s")
    report("Words and lines", head, rows)


if __name__ == "__main__":
    main()
