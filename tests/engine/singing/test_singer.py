"""The singer's promises."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from studio.audio.samples import RATE, checked
from studio.engine.singing import sing, sources
from studio.engine.singing.espeak import Espeak

LINES = ("Hold me closer in the morning light", "Take my hand and say that you will stay")
ODD = {
    "emoji": ("en", "Love 😀 is ♥"),
    "only signs": ("en", "... !!! ♪"),
    "Chinese": ("zh", "我爱你"),
    "Arabic": ("ar", "يا حبيبي تعال"),
    "Japanese and English": ("ja", "きみがすきlove"),
    "Russian in an English song": ("en", "I love тебя"),
    "numbers": ("en", "24 hours 365 days"),
    "a language nobody speaks": ("xx", "la la la"),
    "a long word": ("en", "a" * 300),
}


@pytest.fixture(scope="module")
def score(score_of):
    return score_of(LINES)


@pytest.fixture(scope="module")
def lead(score):
    return sing(score, voice_source=Espeak())["vocals"]


def level_db(samples):
    return 20 * np.log10(np.sqrt(np.mean(samples.astype(np.float64) ** 2)) + 1e-9)


def between(samples, start, end):
    return samples[0, round(start * RATE) : round(end * RATE)]


def frequency(samples, near):
    """Return the pitch of some samples by autocorrelation, within a third of `near`, in Hz."""
    longest, shortest = round(RATE / near * 1.2), round(RATE / near / 1.2)
    correlation = np.correlate(samples, samples[: samples.size - longest], "valid")
    peak = int(np.argmax(correlation[shortest : longest + 1])) + shortest
    left, middle, right = correlation[peak - 1 : min(peak + 2, correlation.size)]
    return RATE / (peak + 0.5 * (left - right) / (left - 2 * middle + right))


def test_stem_is_as_long_as_the_song_and_its_ring_out(score, lead):
    assert lead.shape == (2, round(score.whole_seconds * RATE))
    assert checked(lead) is lead


def test_nothing_is_clipped(lead):
    assert 0.1 < np.abs(lead).max() < 0.98


def test_notes_are_sung_in_tune(score, lead):
    """Within 30 cents (root mean square) on the steady part of the notes that have one."""
    errors = []
    for note in score.vocal.notes:
        start = note.start * score.seconds_per_beat + 0.15
        end = (note.start + note.beats) * score.seconds_per_beat - 0.12
        wanted = 440 * 2 ** ((note.pitch - 69) / 12)
        heard = (
            frequency(between(lead, at, at + 0.06), wanted)
            for at in np.arange(start, end - 0.06, 0.05)
        )
        errors.extend(1200 * np.log2(hz / wanted) for hz in heard)
    assert len(errors) > 50
    assert np.sqrt(np.mean(np.square(errors))) < 30


def voicing(samples, period):
    """Return how alike samples are to themselves one period later, 0 to 1."""
    best = 0.0
    for lag in range(round(period * 0.94), round(period * 1.06) + 1):
        one, other = samples[:-lag], samples[lag:]
        strength = np.sqrt(np.dot(one, one) * np.dot(other, other))
        best = max(best, float(np.dot(one, other) / (strength + 1e-3)))
    return best


def test_vowels_begin_with_their_notes(score_of):
    """After a stop, the voice sets in within 50 ms of the beat, for 4 of 5 notes."""
    score = score_of(("Take that top to Kate to taste", "Cut the cake to keep it hot"))
    lead = sing(score, voice_source=Espeak())["vocals"]
    late = []
    for note in score.vocal.notes:
        beat = note.start * score.seconds_per_beat
        period = RATE / (440 * 2 ** ((note.pitch - 69) / 12))
        ticks = np.arange(-0.12, 0.12, 0.01)
        voiced = [
            voicing(between(lead, beat + at - 0.01, beat + at + 0.015), period) > 0.7
            for at in ticks
        ]
        if not all(voiced):
            silent = max(i for i, heard in enumerate(voiced) if not heard)
            late.append(ticks[min(silent + 1, ticks.size - 1)])
    assert len(late) > 8
    assert np.mean(np.abs(late) <= 0.05) >= 0.8


def test_lines_are_about_as_loud_as_each_other(score, lead):
    spb = score.seconds_per_beat
    spans = [
        (min(n.start for n in notes) * spb, max(n.start + n.beats for n in notes) * spb)
        for notes in ([n for n in score.vocal.notes if n.line == line] for line in (0, 1))
    ]
    first, second = (level_db(between(lead, *span)) for span in spans)
    assert abs(first - second) < 2.0


def test_rests_hold_nothing_but_breath(score, lead):
    spb = score.seconds_per_beat
    ends = [(n.start + n.beats) * spb for n in score.vocal.notes]
    starts = [n.start * spb for n in score.vocal.notes]
    rests = [(e + 0.1, s - 0.25) for e, s in zip(ends, starts[1:], strict=False) if s - e > 1]
    assert rests
    assert all(level_db(between(lead, *rest)) < -50 for rest in rests)
    assert level_db(between(lead, 0, starts[0] - 0.6)) < -90


def test_no_clicks_between_lines(lead):
    """A click is the one thing in a voice that jumps from silence."""
    quiet = np.convolve(np.abs(lead[0]), np.ones(64) / 64, "full")[: lead.shape[1]] < 1e-4
    jumps = np.abs(np.diff(lead[0]))
    assert jumps[quiet[:-1]].max() < 0.02


def test_same_score_is_sung_the_same_in_any_process(score, lead):
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        elsewhere = pool.submit(sing, score, voice_source=Espeak()).result()
    assert np.array_equal(elsewhere["vocals"], lead)


def test_singers_do_not_disturb_each_other(score, lead):
    with ThreadPoolExecutor(2) as pool:
        songs = list(pool.map(lambda _: sing(score, voice_source=Espeak()), range(2)))
    assert all(np.array_equal(song["vocals"], lead) for song in songs)


def test_another_seed_is_another_performance(score, lead):
    other = sing(replace(score, seed=score.seed + 1), voice_source=Espeak())["vocals"]
    assert not np.array_equal(other, lead)


def test_lines_sung_apart_add_up_to_the_song(score, lead):
    """So that several processes can share a song, and its head can be heard first."""
    pieces = [
        replace(
            score,
            vocal=replace(score.vocal, notes=tuple(n for n in score.vocal.notes if n.line == line)),
        )
        for line in (0, 1)
    ]
    sung = [sing(piece, voice_source=Espeak())["vocals"] for piece in pieces]
    assert np.array_equal(sung[0] + sung[1], lead)


def test_a_song_without_words_is_not_sung(score_of):
    assert sing(score_of(())) == {}


def test_harmony_is_sung_by_backing_voices_on_both_sides(score_of):
    stems = sing(score_of(LINES[:1], harmony=True))
    assert set(stems) == {"vocals", "backing"}
    assert stems["backing"].shape == stems["vocals"].shape
    assert not np.array_equal(*stems["backing"])


def test_men_sing_too(score_of):
    assert level_db(sing(score_of(LINES[:1], voice="male"))["vocals"]) > -40


@pytest.mark.parametrize("name", ODD)
def test_any_words_are_sung(score_of, name):
    language, text = ODD[name]
    score = score_of([text], language=language)
    sung = checked(sing(score)["vocals"])
    spb = score.seconds_per_beat
    assert all(
        level_db(between(sung, n.start * spb + 0.05, (n.start + n.beats) * spb - 0.1)) > -45
        for n in score.vocal.notes
    )


def test_after_a_cancel_no_line_is_sung(score):
    assert not sing(score, cancelled=lambda: True)["vocals"].any()


def test_progress_and_section_are_told_before_each_line(score):
    shares, sections = [], []
    sing(score, progress=shares.append, singing=sections.append)
    assert shares == [0.0, 0.5]
    assert sections == [0, 0]


def test_the_voice_is_named_for_people():
    assert "espeak-ng" in sources()
