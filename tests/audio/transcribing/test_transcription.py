"""What is heard of tones whose notes are known."""

from itertools import pairwise

import numpy as np
import pytest

from studio.audio import extras
from studio.audio.hearing import HeardNote
from studio.audio.samples import RATE
from studio.audio.transcribing.pitch import track_pitch
from studio.audio.transcribing.transcription import transcribe, transcribe_drums
from studio.audio.transcribing.voices import transcribe_alone
from studio.audio.work import Cancelled, Work
from studio.errors import ExtraMissing

TUNE = (60, 62, 64, 65, 67, 67, 64, 60)
BEAT = 0.4


def tone(pitch, seconds, *, cents=0.0, overtones=6):
    """A plucked tone with overtones that fall, `[frames]`."""
    times = np.arange(round(seconds * RATE)) / RATE
    hertz = 440 * 2 ** ((pitch - 69 + cents / 100) / 12)
    sound = sum(np.sin(2 * np.pi * hertz * k * times) / k**1.5 for k in range(1, overtones + 1))
    sound *= np.exp(-2 * times) * np.minimum(1, times / 0.005)
    return sound * np.minimum(1, (seconds - times) / 0.01)


def sequence(pitches, *, beat=BEAT, cents=0.0):
    return np.concatenate([tone(pitch, beat, cents=cents) for pitch in pitches])


def stereo(mono, level=0.3):
    return np.stack([mono, mono]).astype(np.float32) * np.float32(level)


def speech_like(seconds=4.0):
    """A buzz that glides all the time, as a speaking voice does."""
    times = np.arange(round(seconds * RATE)) / RATE
    hertz = 140 * 2 ** (0.6 * np.sin(2 * np.pi * 2.3 * times) * np.sin(2 * np.pi * 0.7 * times))
    phase = 2 * np.pi * np.cumsum(hertz) / RATE
    return sum(np.sin(k * phase) / k for k in range(1, 12)) * (np.sin(2 * np.pi * times) > -0.5)


def starts(notes):
    return [note.start_seconds for note in notes]


def pitches(notes):
    return [note.pitch for note in notes]


def test_pitch_is_right_to_a_twentieth_of_a_semitone_however_it_is_tuned():
    for cents in (0, 30):
        heard = track_pitch(sequence([57], beat=1.0, cents=cents).astype(np.float32))
        middle = heard.hertz[20:80]
        off = 1200 * np.log2(middle / 220) - cents
        assert np.abs(off).max() < 5
    assert np.diff(heard.seconds) == pytest.approx(heard.seconds[1])


def test_a_tune_comes_back_note_by_note_within_30_ms():
    notes = transcribe(stereo(sequence(TUNE)), "melody")
    assert pitches(notes) == list(TUNE)
    assert starts(notes) == pytest.approx(np.arange(len(TUNE)) * BEAT, abs=0.03)


def test_a_tune_that_is_tuned_off_or_noisy_is_the_same_tune():
    noise = np.random.default_rng(1).standard_normal(round(len(TUNE) * BEAT * RATE))
    rough = sequence(TUNE, cents=30) + 0.02 * noise
    assert pitches(transcribe(stereo(rough), "melody")) == list(TUNE)


def test_a_bass_has_no_ghosts_an_octave_higher():
    line = (28, 35, 33, 40, 28, 31)
    notes = transcribe(stereo(sequence(line)), "bass")
    assert pitches(notes) == list(line)


@pytest.mark.parametrize("method", ["own", "basic-pitch"])
def test_chords_are_heard_note_by_note(method):
    if method == "basic-pitch" and not extras.has("midi"):
        pytest.skip("without the extra there is only our own method")
    chords = [(60, 64, 67), (57, 60, 64), (53, 57, 60)]
    sound = np.concatenate([sum(tone(pitch, 1.0) for pitch in chord) for chord in chords])
    notes = transcribe(stereo(sound, 0.1), "chords", method=method)
    true = {(pitch, beat) for beat, chord in enumerate(chords) for pitch in chord}
    heard = {(note.pitch, round(note.start_seconds)) for note in notes}
    assert len(true & heard) >= 7
    assert len(heard - true) <= 4


def test_kick_and_hat_are_told_apart():
    times = np.arange(round(0.25 * RATE)) / RATE
    rng = np.random.default_rng(0)
    kick = np.sin(2 * np.pi * 55 * times) * np.exp(-18 * times)
    hat = np.diff(rng.standard_normal(len(times) + 1)) * np.exp(-60 * times) * 0.3
    notes = transcribe_drums(stereo(np.concatenate([kick, hat] * 6)))
    kicks = [note for note in notes if note.pitch == 36]
    hats = [note for note in notes if note.pitch == 42]
    assert starts(kicks) == pytest.approx(np.arange(6) * 0.5, abs=0.03)
    assert {round(note.start_seconds / 0.25) for note in hats} >= {1, 3, 5, 7, 9, 11}


@pytest.mark.parametrize("kind", ["melody", "bass", "chords", "any"])
def test_nothing_is_heard_in_silence_noise_and_next_to_no_sound(kind):
    noise = np.random.default_rng(0).standard_normal(3 * RATE)
    for sound in (np.zeros(2 * RATE), 0.3 * noise, np.zeros(0), np.ones(40)):
        assert transcribe(stereo(sound), kind) == ()
    assert transcribe_drums(stereo(np.zeros(RATE))) == ()


def test_who_only_speaks_makes_no_notes():
    assert transcribe_alone(stereo(speech_like()), "mix") == ()
    assert transcribe_alone(stereo(sequence(TUNE)), "melody") != ()


def test_one_voice_sings_one_note_at_a_time():
    both = sequence(TUNE) + 0.7 * sequence([pitch - 9 for pitch in TUNE])
    notes = transcribe(stereo(both), "melody")
    assert notes
    assert all(
        one.start_seconds + one.seconds <= other.start_seconds + 1e-6
        for one, other in pairwise(notes)
    )


def test_louder_notes_have_higher_velocities():
    sound = np.concatenate([0.1 * tone(60, 0.5), tone(62, 0.5)])
    soft, loud = transcribe(stereo(sound), "melody")
    assert isinstance(soft, HeardNote)
    assert 1 <= soft.velocity < loud.velocity <= 127


def test_it_stops_when_nobody_wants_it_any_more():
    asked = []
    work = Work(cancelled=lambda: len(asked) > 1, tell=lambda *news: asked.append(news))
    with pytest.raises(Cancelled):
        transcribe(stereo(sequence(TUNE)), "melody", work=work)


def test_without_the_extra_the_network_is_missed_in_a_sentence(monkeypatch):
    monkeypatch.setattr(extras, "_is_there", lambda *_: False)
    with pytest.raises(ExtraMissing, match="pip install"):
        transcribe(stereo(sequence(TUNE)), "any", method="basic-pitch")
    assert transcribe(stereo(sequence(TUNE)), "any")
