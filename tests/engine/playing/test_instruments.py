"""Instruments: every name is played, in tune, clean, and alike every time."""

import numpy as np
import pytest

from studio.audio.levels import peak_db
from studio.audio.samples import RATE
from studio.engine.playing import play
from studio.engine.playing.cues import Cue
from studio.engine.playing.instruments import SYNTHS, player_of
from studio.engine.score import Note, Part
from tests.engine.playing.songs import bass_part, beat_part, chord_part, lead_part, song

TUNED = tuple(name for name in SYNTHS if ":drums:" not in name)
DRUMS = (*(name for name in SYNTHS if ":drums:" in name), "gm:drums:0", "gm:drums:25")
# Pianos, organs, guitars, basses, strings, brass, reeds, flutes, leads and pads; the rest of
# General MIDI are bells, drums and noises without one clear pitch.
PROGRAMS = (0, 1, 4, 16, 19, 21, 24, 25, 27, 29, 30, 32, 33, 38, 40, 42, 48, 49, 52, 56, 57, 60)
PROGRAMS += (61, 65, 66, 68, 71, 73, 75, 80, 81, 88, 89)
SAMPLED = tuple(f"gm:{program}" for program in PROGRAMS)


def played(instrument, *cues, seconds=3.0, seed=1):
    rng = np.random.default_rng(seed)
    return player_of(instrument)(cues, round(seconds * RATE), rng)


def held(pitch, velocity=100, seconds=1.5, at=0.0):
    return Cue(round(at * RATE), round(seconds * RATE), pitch, velocity)


def cents_off(sound, pitch):
    """How far the strongest of the first partials is from where it should be."""
    frames = 1 << 18
    middle = sound.mean(axis=0)[: round(1.4 * RATE)]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)), n=frames))
    hertz = 440 * 2 ** ((pitch - 69) / 12)
    best = (0.0, 0.0)
    for partial in (1, 2, 3, 4):
        place = partial * hertz * frames / RATE
        low, high = int(place * 0.97), int(place * 1.03) + 2
        top = low + int(np.argmax(spectrum[low:high]))
        best = max(best, (float(spectrum[top]), 1_200 * np.log2(top / place)))
    return best[1]


@pytest.mark.parametrize("name", TUNED + SAMPLED)
def test_an_instrument_plays_the_pitch_that_is_written(name):
    pitch = 40 if "bass" in name or name in {"gm:32", "gm:33", "gm:38"} else 64
    # Ours are exact; a bank may be tuned as its maker liked.
    assert abs(cents_off(played(name, held(pitch)), pitch)) < (25 if "gm" in name else 8)


@pytest.mark.parametrize("name", TUNED + SAMPLED + DRUMS)
def test_an_instrument_is_heard_and_has_no_direct_current(name):
    sound = played(name, held(40), held(52, at=0.5), held(49, at=1.0))
    assert sound.dtype == np.float32
    assert sound.shape == (2, 3 * RATE)
    assert -30 < peak_db(sound) < 6
    assert np.abs(sound.mean(axis=1)).max() < 0.01


@pytest.mark.parametrize("name", TUNED + DRUMS)
def test_a_note_neither_starts_nor_ends_with_a_click(name):
    # Nothing before the stroke, no step at it, and nothing left hanging at its end.
    sound = played(name, held(45, at=0.5, seconds=0.4), seconds=9.0)
    start = round(0.5 * RATE)
    assert np.abs(sound[:, :start]).max() < 1e-6
    assert np.abs(sound[:, start]).max() < 0.05
    assert np.abs(sound[:, -RATE:]).max() < 1e-7


@pytest.mark.parametrize("name", ["gm:0", "gm:30", "synth:pad:warm", "synth:drums:lofi"])
def test_the_same_chance_plays_the_same_samples(name):
    cues = [held(60, at=0.2 * n, seconds=0.15) for n in range(8)]
    assert (played(name, *cues) == played(name, *cues)).all()
    assert not (played(name, *cues) == played(name, *cues, seed=2)).all()


@pytest.mark.parametrize("name", ["gm:0", "gm:drums:0", "synth:keys:electric", "synth:drums:pop"])
def test_harder_is_louder_and_brighter(name):
    def level_and_brightness(velocity):
        sound = played(name, held(38, velocity))
        power = np.square(np.abs(np.fft.rfft(sound.mean(axis=0))))
        hertz = np.fft.rfftfreq(sound.shape[1], 1 / RATE)
        return peak_db(sound), (power * hertz).sum() / power.sum()

    soft, hard = level_and_brightness(45), level_and_brightness(120)
    assert hard[0] > soft[0] + 6
    assert hard[1] > soft[1]


@pytest.mark.parametrize(
    "name", ["gm:128", "gm:-1", "gm:drums:200", "gm:piano", "synth:drums", "synth:kazoo", "", "gm"]
)
def test_an_unknown_name_is_refused_with_the_names_there_are(name):
    with pytest.raises(ValueError, match=r"Nobody in the band plays .*synth:drums:house"):
        player_of(name)


def test_a_stem_is_as_long_as_the_song_and_its_ring_out():
    score = song(tempo_bpm=93.0)
    frames = round(score.whole_seconds * RATE)
    for part in (beat_part("gm:drums:0"), bass_part(), chord_part(), lead_part()):
        assert play(part, score).shape == (2, frames)


@pytest.mark.parametrize("instrument", [*SYNTHS, "gm:0", "gm:30", "gm:drums:0"])
def test_a_part_without_notes_is_silence(instrument):
    silent = play(Part("lead", instrument, ()), song())
    assert not silent.any()


def test_a_player_is_the_same_whoever_else_plays():
    score, alone = song(), song(chord_part())
    assert (play(chord_part(), score) == play(chord_part(), alone)).all()


def test_feel_moves_a_note_and_nothing_else():
    late = Part("keys", "synth:pluck", (Note(1.0, 1.0, 60, 90, shift=0.01),))
    there = Part("keys", "synth:pluck", (Note(1.0, 1.0, 60, 90),))
    score = song()
    moved, still = play(late, score), play(there, score)
    assert (moved[:, 441:] == still[:, :-441]).all()


def test_an_early_feel_before_the_first_beat_stays_in_the_song():
    early = Part("keys", "gm:0", (Note(0.0, 1.0, 60, 90, shift=-0.01),))
    assert play(early, song()).any()


def test_a_closed_hat_silences_the_open_one():
    for kit in DRUMS:
        open_hat, closed = held(46), held(42, at=0.15)
        late = slice(round(0.35 * RATE), round(0.5 * RATE))
        ringing = np.square(played(kit, open_hat)[:, late]).sum()
        choked = np.square(played(kit, open_hat, closed)[:, late]).sum()
        assert choked < 0.2 * ringing, kit
