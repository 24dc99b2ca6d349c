"""Sound: loops go round, bars are whole, levels are even, and all that is asked for is heard."""

import numpy as np
import pytest

from studio.audio.files import read
from studio.audio.samples import RATE
from studio.audio.work import UNWATCHED
from studio.emulator.toolbox import check
from studio.emulator.works import Use
from studio.engine.papers import score_of
from studio.engine.played import perform_alone
from studio.engine.sounding.catalogue import MAKERS
from studio.engine.sounding.scene import Scene
from studio.engine.tools.sound import TOOL, SoundOptions, prepare
from studio.engine.writing.chance import stream
from studio.engine.writing.theory import key_name, scale
from studio.errors import ToolUnfit


@pytest.fixture
def made(tmp_path):
    """Make a sound, and return its samples and facts."""

    def make(description, **options):
        out = tmp_path / "sound.wav"
        facts = perform_alone(TOOL, [], SoundOptions(description=description, **options), out)
        return read(out)[0], facts

    return make


def loudest_seam(sound):
    """Return the step from the end to the beginning, against a large step within."""
    steps = np.abs(np.diff(sound, axis=1)).max(axis=0)
    seam = np.abs(sound[:, 0] - sound[:, -1]).max()
    return seam / np.percentile(steps, 99)


@pytest.mark.parametrize("name", MAKERS)
def test_every_noise_goes_round_and_is_not_silent(name):
    frames = 3 * RATE + 7
    sound = MAKERS[name](Scene(frames, loop=True), stream(3, name))
    assert sound.shape == (2, frames)
    assert sound.dtype == np.float32
    assert np.abs(sound).max() > 0.01
    assert loudest_seam(sound) < 2


@pytest.mark.parametrize("name", MAKERS)
def test_every_noise_keeps_within_a_scene_that_ends(name):
    sound = MAKERS[name](Scene(2 * RATE), stream(3, name))
    assert sound.shape == (2, 2 * RATE)
    assert np.isfinite(sound).all()


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("rain with thunder", {"seconds": 4}),
        ("house drums and bass", {"tempo_bpm": 124, "key": "F minor", "seconds": 4}),
        ("warm pad and vinyl crackle", {"tempo_bpm": 120, "seconds": 4}),
    ],
)
def test_a_loop_has_no_seam_and_the_level_of_others(made, words, options):
    sound, facts = made(words, loop=True, **options)
    assert loudest_seam(sound) < 0.6
    assert facts["loudness_lufs"] == pytest.approx(-16, abs=0.5)
    assert facts["true_peak_db"] <= -1
    assert np.abs(sound.mean(axis=1)).max() < 0.001


@pytest.mark.parametrize(("tempo", "bars"), [(90, 4), (240, 8), (7, 2)])
def test_a_loop_has_whole_bars_of_its_tempo(made, tempo, bars):
    sound, facts = made("arpeggio", loop=True, tempo_bpm=tempo)
    assert facts["bars"] == bars
    assert sound.shape[1] == round(bars * 4 * 60 / facts["tempo_bpm"] * RATE)
    assert 40 <= facts["tempo_bpm"] <= 240


def test_a_tempo_that_no_bar_fits_is_said_to_be_counted_otherwise(made):
    _, facts = made("arpeggio", loop=True, tempo_bpm=10)
    assert "10 bpm is counted as 40" in facts["note"]


def test_a_clock_ticks_with_the_band():
    carry = prepare([], SoundOptions(description="clock and piano", loop=True), UNWATCHED).carry
    assert carry.scene.beat_seconds == pytest.approx(60 / carry.facts["tempo_bpm"])
    assert len(list(carry.scene.evenly(0.5))) == 4 * carry.facts["bars"]


def test_drums_fall_on_the_beat_that_was_asked_for(made):
    sound, _ = made("house drums", loop=True, tempo_bpm=120, seconds=4)
    power = np.square(sound.sum(axis=0)).reshape(-1, RATE // 100).sum(axis=1)
    rises = np.maximum(np.diff(np.concatenate([power[-1:], power])), 0).reshape(-1, 50).sum(axis=0)
    assert rises.argmax() in {0, 1, 49}


@pytest.mark.parametrize(("key", "tones"), [("A minor", {9, 0, 4}), ("Eb major", {3, 7, 10})])
def test_the_key_that_was_asked_for_is_heard(made, key, tones):
    sound, facts = made("drone", key=key, loop=True, seconds=6)
    spectrum = np.abs(np.fft.rfft(sound[0]))
    hertz = np.fft.rfftfreq(sound.shape[1], 1 / RATE)
    near = (hertz > 60) & (hertz < 500)
    pitches = np.rint(12 * np.log2(hertz[near] / 440) + 9).astype(int) % 12
    strength = np.bincount(pitches, spectrum[near] ** 2, minlength=12)
    assert facts["key"] == key
    assert {int(strength.argmax())} <= tones


@pytest.mark.parametrize("words", ["warm pad", "synthwave arpeggio", "ambient groove", "rock band"])
@pytest.mark.parametrize("key", ["Eb minor", "B major"])
def test_a_loop_begins_at_home_and_stays_in_its_key(words, key):
    options = SoundOptions(description=words, loop=True, key=key, tempo_bpm=100)
    score = prepare([], options, UNWATCHED).score
    tones = [n.pitch % 12 for p in score.parts if p.name != "drums" for n in p.notes]
    first = next(chord for chord in score.chords if chord.start >= score.beats_per_bar)
    assert (key_name(score.key), first.root) == (key, score.key.tonic)
    assert np.mean([tone in scale(score.key) for tone in tones]) > 0.9


def test_a_loop_of_the_band_brings_its_score_and_noises_do_not(tmp_path):
    for words, has_score in (("drum loop", True), ("drum loop in the rain", False)):
        out = tmp_path / f"{has_score}.wav"
        options = SoundOptions(description=words, loop=True, tempo_bpm=100, seconds=3)
        perform_alone(TOOL, [], options, out)
        score = score_of(out)
        assert (score is not None) == has_score
        assert score is None or {part.name for part in score.parts} == {"drums"}


def test_other_seeds_are_other_sounds_and_the_same_is_the_same(made):
    first, again, other = (made("rain", seconds=2, seed=seed)[0] for seed in (4, 4, 5))
    assert np.array_equal(first, again)
    assert not np.allclose(first, other, atol=0.01)


def test_what_is_no_loop_ends_softly_and_a_blow_begins_at_once(made):
    sound, _ = made("impact", seconds=3)
    power = np.sqrt(np.square(sound).mean(axis=0))
    assert power[-200:].max() < 0.002
    assert power[: RATE // 20].max() > 0.2 * power.max()


@pytest.mark.parametrize(
    ("words", "options", "said"),
    [
        ("the colour of regret", {}, "names no noise"),
        ("rain", {"key": "C minor"}, "no pitch"),
    ],
)
def test_what_cannot_be_heard_is_said(made, words, options, said):
    assert said in made(words, seconds=2, **options)[1]["note"]


def test_what_is_no_key_is_refused_in_a_sentence_before_anything_is_made():
    with pytest.raises(ToolUnfit, match="“H sharp” is no key"):
        check(Use("sound", (), {"description": "drone", "key": "H sharp"}))
