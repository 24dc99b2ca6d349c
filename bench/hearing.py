"""Hearing: how much of what is true of a song is found by listening alone.

mir_eval is the judge. The songs are held out: nothing was tuned on them. The second table is of
rough sounds: the same songs through what happens to music in the world, the voice without the
band, and plucked strings that the band had no part in.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise

import lameenc
import mir_eval
import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft

from bench.plucks import NAMES, Plucked, plucked
from bench.testset import HELD_OUT, Truth, songs
from studio.audio.ear.listening import hear
from studio.audio.hearing import Heard
from studio.audio.samples import RATE, Samples
from studio.audio.shaping.stretching import warp
from studio.engine.brief import Brief

SECONDS = 45.0
VOICES = ("vocals", "backing")
STYLES = ("ambient", "ballad", "bossa", "country", "folk", "hip hop", "house", "jazz", "lo-fi")
STYLES += ("metal", "pop", "reggae", "rock", "soul", "synthwave", "waltz")
OWN_KEY_AND_TEMPO = tuple(
    (Brief(style=style, length_seconds=SECONDS), seed) for seed, style in enumerate(STYLES, 300)
)
QUALITIES = {"dom7": "7", "add9": "maj(9)", "m7b5": "hdim7", "6": "maj6", "m6": "min6"}
CONFIDENCES = (0.0, 0.5, 0.7, 0.9, 0.97, 1.01)

Change = Callable[[Truth], "Known"]


@dataclass(frozen=True, slots=True)
class Known:
    """A sound, and what is true of it, as mir_eval wants it."""

    name: str
    samples: Samples
    beats: NDArray[np.float64]
    beats_per_bar: int
    chords: tuple[NDArray[np.float64], list[str]]
    tempo_bpm: float
    key: str | None = None
    sections: tuple[NDArray[np.float64], list[str]] | None = None


@dataclass(slots=True)
class Table:
    """Rows of figures, and their means."""

    rows: list[dict[str, float]] = field(default_factory=list)
    confidences: list[tuple[str, float, float]] = field(default_factory=list)

    def judge(self, known: Known) -> None:
        """Listen to one sound, and note how right it was heard."""
        heard = hear(known.samples)
        row = {**_beats(known, heard), **_chords(known, heard)}
        row |= _key(known, heard) | _sections(known, heard)
        self.rows.append(row)
        self.confidences.append(("beats", heard.beat_confidence, float(row["beat F"] > 0.8)))
        if "key, exact" in row:
            self.confidences.append(("key", heard.key_confidence, row["key, exact"]))
        self.confidences += _chord_confidences(known, heard)

    def mean(self, name: str) -> float:
        """Return the mean of a column over the rows that have it."""
        values = [row[name] for row in self.rows if name in row]
        return float(np.mean(values)) if values else float("nan")


COLUMNS = ("beat F", "tempo", "octave", "bar F", "chords", "key", "key, exact", "edges", "letters")


def main() -> None:
    """Print both tables, and what confidences are worth."""
    print("|", " | ".join(("sounds", "number", *COLUMNS)), "|")
    print("|-" * (len(COLUMNS) + 2) + "|")
    everything = [
        _judged("the band", as_it_is, HELD_OUT),
        _judged("the band, as it likes to play", as_it_is, OWN_KEY_AND_TEMPO),
        *(_judged(name, change, HELD_OUT) for name, change in ROUGH.items()),
    ]
    table = Table()
    for strings in strings_alone():
        table.judge(strings)
    everything.append(_printed("plucked strings", table))
    _print_confidences(everything)


def _judged(name: str, change: Change, briefs: Sequence[tuple[Brief, int]]) -> Table:
    table = Table()
    for truth in songs(briefs):
        if change is not voice_alone or _voice(truth) is not None:
            table.judge(change(truth))
    return _printed(name, table)


def _printed(name: str, table: Table) -> Table:
    figures = [f"{table.mean(column):.3f}".replace("nan", "-") for column in COLUMNS]
    print("|", " | ".join([name, str(len(table.rows)), *figures]), "|", flush=True)
    return table


def _print_confidences(tables: Sequence[Table]) -> None:
    found = [entry for table in tables for entry in table.confidences]
    print("\n| confidence of | from | to | said on average | right | number |\n|-|-|-|-|-|-|")
    for kind in ("beats", "key", "chords"):
        for low, high in pairwise(CONFIDENCES):
            inside = [(s, r) for k, s, r in found if k == kind and low <= s < high]
            if inside:
                said, right = np.mean(inside, axis=0)
                print(f"| {kind} | {low} | {min(1, high)} | {said:.2f} | {right:.2f} |", end="")
                print(f" {len(inside)} |")


def as_it_is(truth: Truth) -> Known:
    """Return the record, and what the score says of it."""
    score, second = truth.score, truth.score.seconds_per_beat
    chords = [f"{NAMES[c.root]}:{QUALITIES.get(c.quality, c.quality)}" for c in score.chords]
    return Known(
        truth.name,
        np.asarray(truth.mix),
        np.arange(round(score.beats)) * second,
        score.beats_per_bar,
        (np.array([[c.start, c.start + c.beats] for c in score.chords]) * second, chords),
        score.tempo_bpm,
        f"{NAMES[score.key.tonic]} {score.key.mode}",
        (
            np.array([[s.start, s.start + s.beats] for s in score.sections]) * second,
            [s.kind for s in score.sections],
        ),
    )


def through_mp3(truth: Truth) -> Known:
    """Send the record through an MP3 of 64 kbit/s."""
    known = as_it_is(truth)
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(2)
    pcm = (np.clip(known.samples.T, -1, 1) * 32_767).astype(np.int16)
    data = encoder.encode(pcm.tobytes()) + encoder.flush()
    decoded, rate = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    # So few bits are spent on half the rate.
    samples = soxr.resample(decoded, rate, RATE, "HQ").T
    return replace(known, samples=np.ascontiguousarray(samples))


def bent(truth: Truth, speed: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Known:
    """Play the record as a tape of which `speed` says how fast it runs at each second."""
    known = as_it_is(truth)
    seconds = np.arange(known.samples.shape[1]) / RATE
    place = np.cumsum(speed(seconds)) / RATE
    place = place[place < seconds[-1]]
    samples = [np.interp(place, seconds, side).astype(np.float32) for side in known.samples]
    return moved(replace(known, samples=np.stack(samples)), partial(_inverse, place))


def _inverse(place: NDArray[np.float64], times: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.interp(times, place, np.arange(len(place)) / RATE))


def moved(known: Known, when: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Known:
    """Move everything that is true of a sound to other times."""
    sections = known.sections and (when(known.sections[0]), known.sections[1])
    beats = when(known.beats)
    tempo = 60 / float(np.polyfit(np.arange(len(beats)), beats, 1)[0])
    chords = when(known.chords[0]), known.chords[1]
    return replace(known, beats=beats, chords=chords, sections=sections, tempo_bpm=tempo)


def detuned(truth: Truth) -> Known:
    """Play everything 30 cents higher, and as much faster."""
    return bent(truth, lambda seconds: np.full(len(seconds), 2 ** (30 / 1200)))


def on_a_bent_reel(truth: Truth) -> Known:
    """Let tempo and pitch go up and down by 3 %, half a semitone, every 24 s."""
    return bent(truth, lambda seconds: 1 + 0.03 * np.sin(2 * np.pi * seconds / 24))


def drifting(truth: Truth) -> Known:
    """Let the tempo alone go up and down by 3 % every 24 s."""
    known = as_it_is(truth)
    before = np.arange(0, known.samples.shape[1] / RATE, 0.5)
    after = before + 0.03 * 24 / (2 * np.pi) * (1 - np.cos(2 * np.pi * before / 24))
    samples = warp(known.samples, before.tolist(), after.tolist())
    when = partial(np.interp, xp=before, fp=after)
    return moved(replace(known, samples=samples), when)


def noisy(truth: Truth) -> Known:
    """Add white noise 20 dB below the record."""
    known, rng = as_it_is(truth), np.random.default_rng(20)
    level = np.sqrt(np.mean(np.square(known.samples))) / 10
    noise = rng.normal(0, level, known.samples.shape).astype(np.float32)
    return replace(known, samples=known.samples + noise)


def in_a_hall(truth: Truth) -> Known:
    """Put the record into a hall that rings for 2 s, as loud as the record itself."""
    known, rng = as_it_is(truth), np.random.default_rng(2)
    ring = rng.normal(size=2 * RATE) * 10 ** (-3 * np.arange(2 * RATE) / (2 * RATE))
    ring /= np.sqrt(np.square(ring).sum())
    frames = known.samples.shape[1]
    size = next_fast_len(frames + len(ring), real=True)
    wet = irfft(rfft(known.samples, size) * rfft(ring.astype(np.float32), size), size)
    return replace(known, samples=(known.samples + wet[:, :frames]).astype(np.float32))


def without_voice(truth: Truth) -> Known:
    """Leave out who sings."""
    stems = [stem for name, stem in truth.stems.items() if name not in VOICES]
    return replace(as_it_is(truth), samples=np.sum(stems, axis=0, dtype=np.float32))


def voice_alone(truth: Truth) -> Known:
    """Leave only who sings."""
    return replace(as_it_is(truth), samples=np.asarray(_voice(truth)))


def _voice(truth: Truth) -> Samples | None:
    return truth.stems.get("vocals")


ROUGH: dict[str, Change] = {
    "MP3 of 64 kbit/s": through_mp3,
    "30 cents higher": detuned,
    "tempo drifting by 3 %": drifting,
    "a bent reel: pitch too": on_a_bent_reel,
    "noise at -20 dB": noisy,
    "in a hall": in_a_hall,
    "without voice": without_voice,
    "voice alone": voice_alone,
}


def strings_alone() -> Iterator[Known]:
    """Give plucked strings in several tempi, in three and four, with and without drums."""
    changes = ["C:maj", "A:min", "F:maj", "G:maj", "E:min", "F:maj", "G:maj", "C:maj"]
    for tempo in (62.0, 74.0, 92.0, 118.0, 144.0, 168.0):
        for beats_per_bar in (4, 3):
            for broken, drums in ((True, True), (False, True), (True, False)):
                song = plucked(
                    tempo, changes, beats_per_bar=beats_per_bar, broken=broken, drums=drums
                )
                yield _known_strings(song, tempo)


def _known_strings(song: Plucked, tempo: float) -> Known:
    spans = np.array([chord[:2] for chord in song.chords])
    names = [chord[2] for chord in song.chords]
    beats = np.array(song.beats)
    return Known(
        "strings", song.samples, beats, song.beats_per_bar, (spans, names), tempo, "C major"
    )


def _beats(known: Known, heard: Heard) -> dict[str, float]:
    bars = [heard.beats[at] for at in heard.downbeats]
    ratio = heard.tempo_bpm / known.tempo_bpm
    octaves = [abs(ratio / octave - 1) < 0.04 for octave in (0.5, 1, 2)]
    return {
        "beat F": _f_measure(known.beats, heard.beats),
        "tempo": float(octaves[1]),
        "octave": float(any(octaves)),
        "bar F": _f_measure(known.beats[:: known.beats_per_bar], bars),
    }


def _f_measure(truth: NDArray[np.float64], found: Sequence[float]) -> float:
    trim = mir_eval.beat.trim_beats
    times = np.array(found, dtype=np.float64)
    return float(mir_eval.beat.f_measure(trim(truth), trim(times))) if len(found) else 0.0


def _chords(known: Known, heard: Heard) -> dict[str, float]:
    right, seconds = _chord_scores(known, heard)[:2]
    return {"chords": float(mir_eval.chord.weighted_accuracy(right, seconds))}


def _chord_scores(
    known: Known, heard: Heard
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return for each stretch whether it is right (-1 if not asked), its length and its start."""
    spans, names = known.chords
    found = np.array([[c.start_seconds, c.start_seconds + c.seconds] for c in heard.chords])
    called = [_called(chord.root, chord.quality) for chord in heard.chords]
    start, end = float(spans.min()), float(spans.max())
    found, called = mir_eval.util.adjust_intervals(found, called, start, end, "N", "N")
    both, ours, theirs = mir_eval.util.merge_labeled_intervals(spans, names, found, called)
    seconds = mir_eval.util.intervals_to_durations(both)
    return mir_eval.chord.majmin(ours, theirs), seconds, both[:, 0]


def _called(root: int | None, quality: str) -> str:
    return "N" if root is None else f"{NAMES[root]}:{quality}"


def _chord_confidences(known: Known, heard: Heard) -> list[tuple[str, float, float]]:
    starts = np.array([chord.start_seconds for chord in heard.chords])
    found = []
    for right, seconds, start in zip(*_chord_scores(known, heard), strict=True):
        if right >= 0 and seconds > 0.4:
            at = max(0, int(np.searchsorted(starts, start + 1e-3, side="right")) - 1)
            found.append(("chords", heard.chords[at].confidence, float(right)))
    return found


def _key(known: Known, heard: Heard) -> dict[str, float]:
    if known.key is None:
        return {}
    found = f"{NAMES[heard.key.tonic]} {heard.key.mode}"
    score = float(mir_eval.key.weighted_score(known.key, found))
    return {"key": score, "key, exact": float(found == known.key)}


def _sections(known: Known, heard: Heard) -> dict[str, float]:
    if known.sections is None:
        return {}
    spans, names = known.sections
    found = np.array([[s.start_seconds, s.start_seconds + s.seconds] for s in heard.sections])
    letters = [section.letter for section in heard.sections]
    found, letters = mir_eval.util.adjust_intervals(found, letters, 0.0, float(spans.max()))
    return {
        "edges": float(mir_eval.segment.detection(spans, found, window=3.0)[2]),
        "letters": float(mir_eval.segment.pairwise(spans, names, found, letters)[2]),
    }


if __name__ == "__main__":
    main()
