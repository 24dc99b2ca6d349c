"""Replace: a window of a sound is exchanged, and nothing else."""

import numpy as np
import pytest

from studio.audio.ear.listening import hear
from studio.audio.files import read
from studio.audio.samples import RATE
from studio.engine.papers import score_of
from studio.engine.played import perform_alone
from studio.engine.tools.replace import TOOL, ReplaceOptions
from studio.errors import ToolUnfit

WINDOW = {"start_seconds": 8.5, "end_seconds": 11.5}


def exchange(path, out, **options):
    facts = perform_alone(TOOL, [path], ReplaceOptions(**WINDOW | options), out)
    return facts, read(out)[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("replaced")


@pytest.fixture(scope="module")
def known(song, folder):
    return exchange(song.path, folder / "known.wav", lyrics="Carry the moon\nOver the hills again")


@pytest.fixture(scope="module")
def by_ear(stranger, folder):
    return exchange(stranger.path, folder / "by_ear.wav")


@pytest.fixture(params=["known", "by_ear"])
def exchanged(request):
    return request.getfixturevalue(request.param)


def test_outside_the_window_the_sound_is_the_same_to_the_sample(exchanged, song):
    facts, whole = exchanged
    start, end = (round(seconds * RATE) for seconds in facts["window_seconds"])
    assert whole.shape == song.sound.shape
    assert np.array_equal(whole[:, :start], song.sound[:, :start])
    assert np.array_equal(whole[:, end:], song.sound[:, end:])


def test_inside_the_window_it_is_not(exchanged, song):
    facts, whole = exchanged
    start, end = (round(seconds * RATE) for seconds in facts["window_seconds"])
    assert start <= 8.5 * RATE
    assert end >= 11.4 * RATE
    changed = np.abs(whole - song.sound)[:, start + RATE // 4 : end - RATE // 4]
    assert np.sqrt(np.square(changed).mean()) > 0.02


def test_no_click_is_at_either_seam(exchanged):
    facts, whole = exchanged
    steps = np.abs(np.diff(whole, axis=1)).max(axis=0)
    fade = round(0.03 * RATE)
    first, last = (round(seconds * RATE) for seconds in facts["window_seconds"])
    for place, fading in (
        (first, slice(first - 1, first + fade)),
        (last, slice(last - fade, last)),
    ):
        assert steps[fading].max() <= np.quantile(steps[place - RATE : place + RATE], 0.999)


def test_the_beat_goes_through_the_window(exchanged, song):
    _, whole = exchanged
    beats = np.array(hear(whole).beats) / song.score.seconds_per_beat
    inside = beats[(beats > 16) & (beats < 23)]
    assert len(inside) >= 5
    assert np.abs(inside - np.round(inside)).max() * song.score.seconds_per_beat <= 0.025


def test_the_score_of_the_song_has_the_new_words(known, folder, song):
    score = score_of(folder / "known.wav")
    texts = [line.text for line in score.vocal.lines]
    assert "Carry the moon" in texts
    assert score.beats == song.score.beats


def test_a_window_without_a_bar_is_refused_in_a_sentence(stranger, folder):
    with pytest.raises(ToolUnfit, match="before it begins"):
        exchange(stranger.path, folder / "no.wav", end_seconds=8.0)
    with pytest.raises(ToolUnfit, match="No whole bar lies between 70"):
        exchange(stranger.path, folder / "no.wav", start_seconds=70, end_seconds=80)


def test_marks_without_words_ask_for_a_section_without_singing(song, folder):
    exchange(song.path, folder / "wordless.wav", lyrics="[Instrumental]")
    first, last = (WINDOW[edge] / song.score.seconds_per_beat for edge in WINDOW)

    def begin_inside(score):
        return [note for note in score.vocal.notes if first < note.start < last - 0.5]

    assert begin_inside(song.score)
    assert not begin_inside(score_of(folder / "wordless.wav"))


@pytest.mark.parametrize("source", ["song", "stranger"])
@pytest.mark.parametrize("end", [3.0, 60.0])
def test_a_window_may_begin_with_the_song_and_end_with_it(source, end, folder, request):
    came = request.getfixturevalue(source)
    name = folder / f"{source}-{end:g}.wav"
    facts, whole = exchange(came.path, name, start_seconds=0.0, end_seconds=end)
    first, last = facts["window_seconds"]
    assert (first, np.isfinite(whole).all()) == (0.0, True)
    assert np.sqrt(np.square(whole[:, : round(last * RATE)]).mean()) > 0.02
