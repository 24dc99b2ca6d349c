"""SoundFont: our player beside FluidSynth, on the same notes and the same bank."""

import shutil
import subprocess

import mido
import numpy as np
import pytest
import soundfile

from studio.audio.samples import RATE
from studio.engine.playing.bank import the_bank
from studio.engine.playing.cues import Cue
from studio.engine.playing.soundfont import play_preset

fluidsynth = shutil.which("fluidsynth")
NOTES = [(0.5 * n, 0.4, 48 + 7 * n % 29, 60 + 11 * n % 60) for n in range(20)]
BEATS = [(0.5 * n, 0.4, (36, 38, 42, 46, 49, 45)[n % 6], 70 + 9 * n % 50) for n in range(18)]


def theirs(folder, program, notes, channel):
    file = mido.MidiFile(ticks_per_beat=480)
    messages = [(0.0, mido.Message("program_change", channel=channel, program=program))]
    for start, length, pitch, velocity in notes:
        words = {"channel": channel, "note": pitch}
        messages.append((start, mido.Message("note_on", velocity=velocity, **words)))
        messages.append((start + length, mido.Message("note_off", **words)))
    track, last = mido.MidiTrack(), 0
    for start, message in sorted(messages, key=lambda pair: pair[0]):
        tick = round(start * 960)
        track.append(message.copy(time=tick - last))
        last = tick
    file.tracks.append(track)
    file.save(folder / "notes.mid")
    command = [fluidsynth, "-ni", "-R", "0", "-C", "0", "-g", "1", "-r", str(RATE)]
    command += ["-F", folder / "out.wav", the_bank().path, folder / "notes.mid"]
    subprocess.run(command, check=True, capture_output=True)
    return soundfile.read(folder / "out.wav", dtype="float32")[0].T


def bands(sound):
    """Power in decibels of 24 bands in each 46 ms."""
    periods = sound.mean(axis=0)
    periods = periods[: len(periods) // 2_048 * 2_048].reshape(-1, 2_048) * np.hanning(2_048)
    power = np.square(np.abs(np.fft.rfft(periods)))
    edges = np.unique((np.geomspace(60, 16_000, 25) * 2_048 / RATE).astype(int))
    return np.add.reduceat(power, edges, axis=1)[:, :-1]


def distance_db(one, other):
    """Log-spectral distance where there is sound, after levelling."""
    one, other = bands(one), bands(other)
    frames = min(len(one), len(other))
    loud = one[:frames].sum(axis=1) > one.sum(axis=1).max() * 1e-4
    one, other = one[:frames][loud], other[:frames][loud]
    decibels = [10 * np.log10(part / part.sum() + 1e-7) for part in (one, other)]
    return float(np.sqrt(np.square(decibels[0] - decibels[1]).mean()))


@pytest.mark.skipif(fluidsynth is None, reason="FluidSynth is not on PATH")
@pytest.mark.parametrize("program", [0, 4, 16, 25, 26, 33, 40, 56, 65, 73])
def test_a_program_sounds_like_fluidsynth(tmp_path, program):
    expected = theirs(tmp_path, program, NOTES, 0)
    cues = [Cue(round(s * RATE), round(n * RATE), p, v) for s, n, p, v in NOTES]
    found = play_preset(the_bank(), program, cues, expected.shape[1], np.random.default_rng(0))
    assert distance_db(expected, found) < 4.0


@pytest.mark.skipif(fluidsynth is None, reason="FluidSynth is not on PATH")
def test_the_drums_sound_like_fluidsynth(tmp_path):
    expected = theirs(tmp_path, 0, BEATS, 9)
    cues = [Cue(round(s * RATE), round(n * RATE), p, v) for s, n, p, v in BEATS]
    rng = np.random.default_rng(0)
    found = play_preset(the_bank(), 0, cues, expected.shape[1], rng, drums=True)
    assert distance_db(expected, found) < 4.0


def test_a_held_note_goes_round_its_loop_and_stops_when_let_go():
    bank, rng = the_bank(), np.random.default_rng(0)
    sound = play_preset(bank, 16, [Cue(0, 8 * RATE, 60, 100)], 11 * RATE, rng)
    level = np.sqrt(np.square(sound).reshape(2, 11, RATE).mean(axis=(0, 2)))
    assert level[7] > 0.5 * level[1]
    assert level[10] < 0.001 * level[1]


def test_a_program_that_the_bank_lacks_is_played_by_a_neighbour():
    bank, rng = the_bank(), np.random.default_rng(0)
    sound = play_preset(bank, 99, [Cue(0, RATE, 38, 100)], RATE, rng, drums=True)
    assert sound.any()
