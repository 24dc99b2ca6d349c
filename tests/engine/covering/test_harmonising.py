"""Laws of chords under a voice that came alone."""

import numpy as np

from studio.engine.covering.harmonising import TonedNote, harmonise_tune
from studio.engine.score import Key
from studio.engine.writing.theory import chord_tones, scale

STYLES = ("pop", "rock", "folk", "country", "waltz", "ballad")


def tune(song):
    return [TonedNote(note.start, note.beats, note.pitch) for note in song.vocal.notes]


def harmonised(song):
    bars = round(song.beats / song.beats_per_bar)
    return harmonise_tune(tune(song), bars=bars, beats_per_bar=song.beats_per_bar)


def test_the_scales_of_most_tunes_of_the_band_are_found_and_no_others_are_far_away(songs):
    found = [
        len(set(scale(harmonised(song).key)) & set(scale(song.key)))
        for song in (songs(style, seed=2) for style in STYLES)
    ]
    assert sum(shared == 7 for shared in found) >= len(found) - 1
    assert min(found) >= 6


def test_chords_carry_tunes_about_as_well_as_those_they_were_written_for(songs):
    written = [songs(style, seed=2) for style in STYLES]
    ours = np.mean([carried(tune(song), harmonised(song).chords) for song in written])
    theirs = np.mean([carried(tune(song), song.chords) for song in written])
    assert ours >= theirs - 0.1


def carried(notes, chords):
    """Return the share of the time in which a tune is on a tone of its chord."""
    over = [(n, c) for n in notes for c in chords if c.start <= n.start < c.start + c.beats]
    inside = sum(n.beats for n, c in over if n.pitch % 12 in chord_tones(c))
    return inside / sum(n.beats for n, _ in over)


def test_a_song_begins_and_ends_at_home_and_fills_every_bar():
    notes = [TonedNote(float(i), 1.0, p) for i, p in enumerate((60, 64, 67, 72, 71, 67, 64, 60))]
    found = harmonise_tune(notes, bars=2, beats_per_bar=4, key=Key(0, "major"))
    assert found.chords[0].root == 0
    assert [chord.start for chord in found.chords] == [0.0, 4.0]
