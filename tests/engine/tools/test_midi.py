"""MIDI files: of a song of the band and of sound that nobody has the score of."""

import io

import mido
import numpy as np
import pretty_midi
import pytest

from studio.audio.files import write_wav
from studio.audio.hearing import Heard, HeardKey, HeardNote, HeardSection
from studio.audio.samples import RATE
from studio.audio.transcribing.tempo_map import map_tempo
from studio.audio.work import UNWATCHED
from studio.engine.brief import Brief
from studio.engine.papers import keep_score
from studio.engine.singing import count_syllables
from studio.engine.tools.midi import TOOL, MidiOptions
from studio.engine.writing import arrange
from studio.engine.writing.heard_midi import heard_to_midi
from studio.errors import ToolUnfit

WORDS = "[Verse]\nMorning on the river\nNothing left to say\n"


def heard(beats, *, downbeats=(0,), beats_per_bar=4):
    return Heard(
        length_seconds=beats[-1] + 1 if beats else 2.0,
        tempo_bpm=120.0,
        slowest_bpm=100.0,
        fastest_bpm=140.0,
        beats=tuple(beats),
        downbeats=downbeats,
        beats_per_bar=beats_per_bar,
        beat_confidence=1.0,
        key=HeardKey(9, "minor"),
        key_confidence=1.0,
        tuning_cents=0.0,
        chords=(),
        sections=(HeardSection(0.0, 2.0, "A", 1.0),),
        loudness_lufs=-14.0,
        true_peak_db=-1.0,
    )


def drifting(count=32, first=0.37):
    """Beats that run 3 % faster and slower."""
    steps = 0.5 * (1 + 0.03 * np.sin(np.arange(count - 1) / 4))
    return (first + np.concatenate([[0], np.cumsum(steps)])).tolist()


def read(data):
    return pretty_midi.PrettyMIDI(io.BytesIO(data))


def farthest(wanted, found):
    return max(np.abs(np.asarray(found) - one).min() for one in wanted)


@pytest.mark.parametrize(
    ("beats", "downbeats"),
    [
        (drifting(), (0, 4, 8, 12, 16, 20, 24, 28)),
        (drifting(first=1.3), (2, 6, 10, 14, 18, 22, 26, 30)),
        (np.arange(0, 16, 0.5).tolist(), (3, 7, 11, 15, 19, 23, 27, 31)),
    ],
)
def test_bar_lines_fall_on_the_downbeats_that_were_heard(beats, downbeats):
    last = [HeardNote(beats[-1], 0.5, 60, 90)]
    data = heard_to_midi({"melody": last}, heard(beats, downbeats=downbeats), title="x")
    song = read(data)
    assert farthest([beats[at] for at in downbeats], song.get_downbeats()) < 0.02
    assert farthest(beats, song.get_beats()) < 0.02


def test_notes_sound_when_they_were_heard_whatever_the_tempo_does():
    notes = [HeardNote(at, 0.2, 60, 90) for at in (0.05, 1.234, 7.7, 15.5)]
    song = read(heard_to_midi({"melody": notes}, heard(drifting()), title="x"))
    starts = [note.start for note in song.instruments[0].notes]
    assert starts == pytest.approx([0.05, 1.234, 7.7, 15.5], abs=0.003)


def test_an_even_pulse_is_one_tempo():
    beats = [0.5 * number + 0.004 * (-1) ** number for number in range(40)]
    assert len(map_tempo(heard(beats)).tempi()) <= 3


def test_quantised_notes_lie_on_sixteenths_of_the_heard_beat():
    notes = [HeardNote(at, 0.21, 60, 90) for at in (0.03, 0.61, 1.41)]
    beats = np.arange(0, 8, 0.5).tolist()
    data = heard_to_midi({"melody": notes}, heard(beats), title="x", quantise=True)
    starts = np.array([note.start for note in read(data).instruments[0].notes])
    assert starts / 0.125 == pytest.approx(np.rint(starts / 0.125), abs=0.01)


def test_without_a_beat_the_notes_still_have_their_seconds():
    notes = [HeardNote(1.5, 0.2, 72, 80)]
    song = read(heard_to_midi({"melody": notes}, heard([]), title="日本"))
    assert song.instruments[0].notes[0].start == pytest.approx(1.5, abs=0.003)


@pytest.fixture(scope="module")
def of_the_band(tmp_path_factory):
    path = tmp_path_factory.mktemp("band") / "song.wav"
    brief = Brief(style="pop", lyrics=WORDS, length_seconds=20)
    score = arrange(brief, 3, syllables=count_syllables)
    # Only the score is asked for: the sound may be silence, as long as it has its length.
    write_wav(path, np.zeros((2, round(score.whole_seconds * RATE)), np.float32), RATE)
    keep_score(path, score)
    return path, score


def test_a_song_of_the_band_is_written_from_its_score(of_the_band, tmp_path):
    path, score = of_the_band
    facts = TOOL.run([path], MidiOptions(), tmp_path / "song.mid", UNWATCHED)
    song = pretty_midi.PrettyMIDI(str(tmp_path / "song.mid"))
    assert facts["exact"]
    assert {i.name for i in song.instruments} == {p.name for p in score.parts} | {"vocals"}
    assert song.get_tempo_changes()[1] == pytest.approx([score.tempo_bpm], abs=0.01)
    assert "".join(word.text for word in song.lyrics).split() == WORDS.split()[1:]


def test_one_voice_of_the_band_comes_alone(of_the_band, tmp_path):
    path, score = of_the_band
    facts = TOOL.run([path], MidiOptions(voices="bass"), tmp_path / "bass.mid", UNWATCHED)
    notes = next(part.notes for part in score.parts if part.name == "bass")
    assert facts["notes"] == {"bass": len(notes)}
    assert [t.name for t in mido.MidiFile(tmp_path / "bass.mid").tracks[1:]] == ["bass"]


def band_like():
    """A beat, a bass and a tune of 10 s at 120 BPM, `float32 (2, frames)`."""
    times = np.arange(round(0.5 * RATE)) / RATE
    rng = np.random.default_rng(0)
    fall = np.exp(-6 * times)
    sound = []
    for beat in range(20):
        bass, tune = (440 * 2 ** ((p - 69) / 12) for p in (36 + 7 * (beat // 4 % 2), 72 + beat % 5))
        one = 0.3 * fall * sum(np.sin(2 * np.pi * bass * k * times) / k for k in (1, 2, 3))
        one += 0.2 * fall * sum(np.sin(2 * np.pi * tune * k * times) / k for k in (1, 2, 3))
        one += 0.3 * np.exp(-40 * times) * np.sin(2 * np.pi * 60 * times) * (beat % 2 == 0)
        sound.append(one + 0.2 * np.exp(-60 * times) * rng.standard_normal(times.size))
    mono = np.concatenate(sound)
    return np.stack([mono, mono]).astype(np.float32) * 0.7


def test_any_other_sound_is_heard_in_voices_and_said_to_be_approximate(tmp_path):
    write_wav(tmp_path / "any.wav", band_like(), RATE)
    facts = TOOL.run([tmp_path / "any.wav"], MidiOptions(), tmp_path / "any.mid", UNWATCHED)
    song = pretty_midi.PrettyMIDI(str(tmp_path / "any.mid"))
    assert not facts["exact"]
    assert "heard, not read" in facts["note"]
    assert [i.name for i in song.instruments] == ["melody", "bass", "chords", "drums"]
    assert 2 * facts["tempo_bpm"] == pytest.approx(240, rel=0.02) or facts["tempo_bpm"] == 0
    assert facts["notes"]["drums"] >= 10


def test_noise_makes_an_empty_file_and_a_sentence(tmp_path):
    sound = np.random.default_rng(0).standard_normal((2, 3 * RATE)).astype(np.float32)
    write_wav(tmp_path / "rest.wav", sound * np.float32(0.2), RATE)
    out = tmp_path / "rest.mid"
    facts = TOOL.run([tmp_path / "rest.wav"], MidiOptions(voices="mix"), out, UNWATCHED)
    assert facts["notes"] == {"mix": 0}
    assert "No notes were heard" in facts["note"]
    assert mido.MidiFile(out).tracks


def test_one_voice_alone_needs_its_name(tmp_path):
    with pytest.raises(ToolUnfit, match="choose melody"):
        TOOL.run([tmp_path / "x.wav"], MidiOptions(alone=True), tmp_path / "x.mid", UNWATCHED)
