"""Stems of the band: whatever is taken out of a record, nothing of it is lost."""

from dataclasses import replace

import numpy as np
import pytest

from studio.audio.levels import rms_db
from studio.audio.samples import RATE
from studio.engine.dividing.stems import alone, put_together
from studio.engine.mastering import master
from studio.engine.mixing import VINYL, summed
from studio.engine.played import played
from studio.engine.score import Note, Part, Room
from tests.engine.playing.songs import bass_part, beat_part, chord_part, lead_part, song

SCORE = song(
    beat_part(), bass_part(), chord_part(), lead_part(), room=Room(reverb_seconds=1.2, vinyl=0.7)
)


@pytest.fixture(scope="module")
def stems():
    # Drums that are far too loud, so that the mastering has peaks to round.
    return {
        name: stem * np.float32(5.0 if name == "drums" else 1.0)
        for name, stem in played(SCORE).items()
    }


@pytest.fixture(scope="module")
def console(stems):
    return put_together(stems, SCORE)


@pytest.fixture(scope="module")
def each(console):
    return {name: alone(console, [name]) for name in console.stems}


def difference_db(sound, other):
    return rms_db(sound - other) - rms_db(other)


def test_the_record_is_the_one_that_the_band_makes(console, stems):
    assert difference_db(console.record, master(summed(stems.items(), SCORE))) < -100


def test_all_stems_sum_to_the_record(console, each):
    assert set(each) == {*(part.name for part in SCORE.parts), VINYL}
    assert difference_db(sum(each.values()), console.record) < -100


def test_stems_taken_together_are_the_sum_of_each(console, each):
    both = alone(console, ["keys", "bass"])
    assert difference_db(both, each["keys"] + each["bass"]) < -80


def test_a_stretch_of_a_stem_is_cut_out_of_the_whole(console, each):
    within = slice(3 * RATE + 17, 5 * RATE)
    assert difference_db(alone(console, ["lead"], within=within), each["lead"][:, within]) < -80


@pytest.mark.parametrize(("send", "rings"), [(0.6, True), (0.0, False)])
def test_the_room_rings_with_whoever_plays_in_it(send, rings):
    chirp = Part("lead", "synth:pluck", (Note(0.0, 0.5, 84, 100),), reverb=send)
    score = song(beat_part(), chirp, room=Room(reverb_seconds=2.5))
    heard = alone(put_together(played(score), score), ["lead"])
    after = heard[:, 2 * RATE : 3 * RATE]
    assert (rms_db(after) > -75) == rings


def test_rounded_peaks_are_the_business_of_whoever_made_them(console, each):
    clean = alone(replace(console, left=np.zeros_like(console.left)), ["keys"])
    drums = alone(replace(console, left=np.zeros_like(console.left)), ["drums"])
    assert rms_db(console.left) > -60
    assert difference_db(each["keys"], clean) < -45
    assert difference_db(each["drums"], drums) > difference_db(each["keys"], clean) + 10


def test_nobody_alone_is_silence(console):
    assert not alone(console, []).any()
