"""Laws of chords under a voice that came alone."""

import pytest

from studio.engine.harmonising import TonedNote, harmonise_tune
from studio.engine.score import Key
from studio.engine.writing.theory import chord_tones, scale

STYLES = ("pop", "rock", "folk", "country", "waltz", "ballad")


def tune(song):
    return [TonedNote(note.start, note.beats, note.pitch) for note in song.vocal.notes]


def harmonised(song):
    bars = round(song.beats / song.beats_per_bar)
    return harmonise_tune(tune(song), bars=bars, beats_per_bar=song.beats_per_bar)


@pytest.mark.parametrize("style", STYLES)
def test_the_scale_of_a_tune_of_the_band_is_found(songs, style):
    song = songs(style, seed=2)
    assert set(scale(harmonised(song).key)) == set(scale(song.key))


@pytest.mark.parametrize("style", STYLES)
def test_chords_carry_the_tune_about_as_well_as_those_it_was_written_for(songs, style):
    song = songs(style, seed=2)

    def carried(chords):
        over = [
            (n, c) for n in tune(song) for c in chords if c.start <= n.start < c.start + c.beats
        ]
        inside = sum(n.beats for n, c in over if n.pitch % 12 in chord_tones(c))
        return inside / sum(n.beats for n, _ in over)

    assert carried(harmonised(song).chords) >= carried(song.chords) - 0.12


def test_a_song_begins_and_ends_at_home_and_fills_every_bar():
    notes = [TonedNote(float(i), 1.0, p) for i, p in enumerate((60, 64, 67, 72, 71, 67, 64, 60))]
    found = harmonise_tune(notes, bars=2, beats_per_bar=4, key=Key(0, "major"))
    assert found.chords[0].root == 0
    assert [chord.start for chord in found.chords] == [0.0, 4.0]
