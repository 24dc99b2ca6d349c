"""Laws of the beat in a voice that came alone."""

import numpy as np
import pytest

from studio.audio.hearing import HeardNote
from studio.engine.covering.accompanying import ground_under
from studio.engine.covering.pulse import sung_pulse
from studio.errors import ToolUnfit


def sung(song, *, late=0.0, drift=0.0, trembling=0.012):
    """Return the notes of a song as they would be heard of a voice."""
    rng = np.random.default_rng(1)
    notes = []
    for note in song.vocal.notes:
        at = note.start * song.seconds_per_beat
        at += late + drift * 3.0 * (1 - np.cos(at / 3.0)) + rng.normal(0, trembling)
        notes.append(HeardNote(float(at), note.beats * song.seconds_per_beat, note.pitch, 80))
    return sorted(notes, key=lambda note: note.start_seconds)


@pytest.mark.parametrize("tempo", [88.0, 104.0, 121.0])
def test_the_tempo_of_a_voice_is_found(songs, tempo):
    pulse = sung_pulse(sung(songs("pop", tempo_bpm=tempo), late=0.4))
    song = songs("pop", tempo_bpm=tempo)
    assert pulse.tempo_bpm == pytest.approx(song.tempo_bpm, rel=0.01)
    assert pulse.confidence > 0.5


def test_beats_fall_on_beats_or_halves_within_20_ms(songs):
    song = songs("folk")
    half = song.seconds_per_beat / 2
    beats = np.array(sung_pulse(sung(song, late=0.4)).beats) - 0.4
    assert np.median(np.abs(beats - np.round(beats / half) * half)) <= 0.02


def test_a_voice_that_drifts_is_followed(songs):
    song = songs("pop", tempo_bpm=104.0)
    pulse = sung_pulse(sung(song, drift=0.02))
    gaps = np.diff(pulse.beats) / song.seconds_per_beat
    assert gaps.std() > 0.004
    assert gaps.mean() == pytest.approx(1.0, abs=0.03)


def test_speech_has_no_pulse_and_its_band_counts_for_itself():
    rng = np.random.default_rng(3)
    times = np.cumsum(rng.uniform(0.08, 0.6, 60))
    notes = [HeardNote(float(t), 0.1, int(rng.integers(50, 70)), 80) for t in times]
    assert sung_pulse(notes).confidence < 0.4
    found = ground_under(notes)
    assert not found.ground.has_pulse
    assert found.beat_confidence < 0.4


def test_the_band_has_bars_and_chords_from_before_the_first_note_to_after_the_last(songs):
    notes = sung(songs("pop"), late=0.3)
    ground = ground_under(notes).ground
    assert ground.beat_seconds[0] <= notes[0].start_seconds
    assert ground.beat_seconds[-1] >= notes[-1].start_seconds + notes[-1].seconds - 0.05
    assert sum(chord.beats for chord in ground.chords) == ground.beats
    assert sum(section.beats for section in ground.sections) == ground.beats


def test_a_voice_that_hardly_sings_is_refused_in_a_sentence():
    with pytest.raises(ToolUnfit, match="too few to play along with"):
        ground_under([HeardNote(0.0, 1.0, 60, 80)])
