"""Sample: a loop out of a sound is heard again in a new song."""

import numpy as np
import pytest
from scipy.fft import irfft, next_fast_len, rfft

from studio.audio.ear.listening import hear
from studio.audio.files import read
from studio.audio.levels import loudness
from studio.audio.samples import RATE
from studio.engine.continuing.ground import ground_heard
from studio.engine.continuing.sampling import window_in
from studio.engine.played import perform_alone
from studio.engine.tools.sample import TOOL, SampleOptions
from studio.engine.writing.style import load_style
from studio.errors import ToolUnfit

OPTIONS = {"start_seconds": 8.2, "end_seconds": 12.1, "length_seconds": 24, "instrumental": True}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sampled")


@pytest.fixture(scope="module", params=["song", "stranger"])
def sampled(request, folder):
    sound = request.getfixturevalue(request.param)
    out = folder / f"{request.param}.wav"
    facts = perform_alone(TOOL, [sound.path], SampleOptions(style="house", **OPTIONS), out)
    return facts, read(out)[0], sound


def likeness(whole, window):
    """Return the highest normalised correlation of `window` with any place of `whole`."""
    size = next_fast_len(whole.size + window.size, real=True)
    shared = irfft(rfft(whole, size) * np.conj(rfft(window, size)), size)
    shared = shared[: whole.size - window.size]
    power = np.cumsum(np.square(whole, dtype=np.float64))
    power = power[window.size :] - power[: -window.size]
    return float((shared / np.sqrt(power * np.vdot(window, window) + 1e-6)).max())


def test_the_window_is_recognised_in_the_song(sampled):
    facts, whole, sound = sampled
    start = round(facts["window_seconds"][0] * RATE)
    window = sound.sound.mean(axis=0)[start : start + 3 * RATE]
    mono = whole.mean(axis=0)
    assert likeness(mono, window) > 0.4
    assert likeness(mono, window) > 2.5 * likeness(mono, window[::-1].copy())


def test_the_window_is_cut_at_bar_lines(sampled):
    facts, _, sound = sampled
    bar = 4 * sound.score.seconds_per_beat
    for seconds in facts["window_seconds"]:
        assert abs(seconds / bar - round(seconds / bar)) * bar <= 0.02


def test_the_song_is_in_the_time_of_its_loop_and_as_loud_as_a_record(sampled):
    facts, whole, sound = sampled
    heard = hear(whole)
    assert heard.tempo_bpm == pytest.approx(sound.score.tempo_bpm, rel=0.01)
    assert loudness(whole, RATE) == pytest.approx(-14.0, abs=0.5)
    assert facts["length_seconds"] == pytest.approx(24, abs=1)


def test_a_loop_is_counted_at_the_speed_that_a_style_likes(heard):
    ground = ground_heard(heard)
    assert window_in(ground, (0, 4), 0.0, load_style("house")).doubling == 1
    assert window_in(ground, (0, 4), 0.0, load_style("ambient")).doubling == 0.5
    assert window_in(ground, (0, 3), 0.0, load_style("ambient")).doubling == 1


def test_a_loop_that_is_tuned_high_is_brought_down_and_so_becomes_slower(heard):
    window = window_in(ground_heard(heard), (0, 4), 50.0, load_style("house"))
    assert window.tempo_bpm == pytest.approx(120 / 2 ** (50 / 1200), abs=0.01)
    assert [len(bar) for bar in window.loop.bars] == [1, 1, 1, 1]


@pytest.mark.parametrize(("start", "end"), [(5, 4), (0, 40)])
def test_a_window_of_no_length_or_too_much_is_refused(song, folder, start, end):
    options = SampleOptions(start_seconds=start, end_seconds=end)
    with pytest.raises(ToolUnfit, match="Take up to 30 s"):
        perform_alone(TOOL, [song.path], options, folder / "no.wav")
