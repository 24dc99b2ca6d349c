"""Mixing: the mix is the sum of its stems, everything in its place and at its level."""

from dataclasses import replace

import numpy as np
import pytest

from studio.audio.levels import SILENCE_DB, loudness, rms_db
from studio.audio.samples import RATE
from studio.engine.mixing import ROOM, VINYL, mix, separate, treat
from studio.engine.playing import play
from studio.engine.riding import lifting
from studio.engine.score import Line, Room, Section, SungNote, Vocal
from tests.engine.playing.songs import bass_part, beat_part, chord_part, lead_part, song

FRAMES = 10 * RATE


@pytest.fixture(scope="module")
def score():
    return song()


@pytest.fixture(scope="module")
def stems(score):
    return {part.name: play(part, score) for part in score.parts}


def tone(hertz=440.0, level=0.1, channels=2):
    wave = level * np.sin(2 * np.pi * hertz * np.arange(FRAMES) / RATE)
    return np.repeat(wave[None].astype(np.float32), channels, axis=0)


def sung(score, first_beat=4.0, beats=4.0):
    line = Line("la", ("la",), (1,), 0)
    note = SungNote(first_beat, beats, 60, 90, 0, 0, 0)
    return replace(score, vocal=Vocal("female", "en", (line,), (note,)))


def side_to_middle_db(sound):
    return rms_db((sound[:1] - sound[1:]) / 2) - rms_db((sound[:1] + sound[1:]) / 2)


def test_the_mix_is_the_sum_of_its_stems(stems, score):
    parts = separate(stems, score)
    assert set(parts) == {*stems, ROOM}
    whole = mix(stems, score)
    assert np.abs(sum(parts.values()) - whole).max() < 1e-5 * np.abs(whole).max()


def test_vinyl_is_a_stem_too_and_as_loud_as_it_is_old(stems, score):
    dust = [
        rms_db(separate(stems, replace(score, room=Room(vinyl=vinyl)))[VINYL])
        for vinyl in (0.2, 0.8)
    ]
    assert dust[1] - dust[0] == pytest.approx(12, abs=2)


@pytest.mark.parametrize("level", [0.001, 0.9])
def test_a_stem_is_as_loud_as_its_role_whatever_its_instrument(score, level):
    quiet = treat("keys", tone(level=level), score)
    assert loudness(quiet, RATE) == pytest.approx(-25.0, abs=1.5)


def test_the_gain_of_a_part_is_added(score):
    louder = replace(score, parts=(replace(chord_part(), gain_db=6.0),))
    change = rms_db(treat("keys", tone(), louder)) - rms_db(treat("keys", tone(), score))
    assert change == pytest.approx(6, abs=0.01)


def test_a_pan_to_the_left_is_heard_on_the_left(score):
    panned = replace(score, parts=(replace(chord_part(), pan=-0.8),))
    left, right = treat("keys", tone(), panned)
    assert rms_db(left[None]) > rms_db(right[None]) + 5


def test_the_bass_is_in_the_middle(stems, score):
    left, right = treat("bass", stems["bass"], score)
    assert np.abs(left - right).max() < 1e-6


def test_what_is_mono_becomes_wide_and_is_the_same_in_mono(score):
    rng = np.random.default_rng(0)
    noise = np.repeat(rng.standard_normal((1, FRAMES)).astype(np.float32), 2, axis=0)
    narrow = replace(score, room=Room(width=0.0))
    wide = treat("keys", noise, score)
    assert side_to_middle_db(wide) > -12
    assert np.allclose(wide.sum(axis=0), treat("keys", noise, narrow).sum(axis=0), atol=1e-4)


def test_the_kick_pushes_the_others_down_where_the_style_wants_it(score):
    pumping = replace(score, room=Room(duck_db=8.0))
    beat = RATE
    plain, ducked = (
        np.abs(treat("pad", tone(), s)[0, beat + 200 : beat + 1_200]).max()
        for s in (score, pumping)
    )
    assert 20 * np.log10(ducked / plain) == pytest.approx(-8, abs=1.0)


def test_the_band_steps_back_while_someone_sings(score):
    singing = sung(score)
    gain = treat("pad", tone(), singing)[0] / np.where(
        np.abs(before := treat("pad", tone(), sung(score, 15.0, 0.5))[0]) > 1e-3, before, np.nan
    )
    during, after = (
        np.nanmedian(gain[5 * RATE // 2 : 7 * RATE // 2]),
        np.nanmedian(gain[-5 * RATE : -4 * RATE]),
    )
    assert 20 * np.log10(during / after) == pytest.approx(-2.2, abs=0.3)


def test_the_voice_is_in_front_of_every_other_stem(score, stems):
    voiced = sung(score, 0.0, 16.0)
    parts = separate({**stems, "vocals": tone(330.0)}, voiced)
    levels = {name: loudness(stem, RATE) for name, stem in parts.items()}
    assert max(levels, key=levels.__getitem__) == "vocals"
    assert levels["vocals"] - max(levels["keys"], levels["lead"]) > 4


def test_a_chorus_is_louder_than_a_verse(score):
    halves = (Section("verse", "Verse", 0, 8, 0.3), Section("chorus", "Chorus", 8, 8, 1.0))
    sound = treat("pad", tone(), replace(score, sections=halves))
    verse, chorus = (rms_db(sound[:, at * RATE : (at + 2) * RATE]) for at in (1, 5))
    assert chorus - verse == pytest.approx(2.1, abs=0.3)


@pytest.mark.parametrize("louder_db", [0.0, 1.5, 6.0])
def test_a_chorus_is_lifted_until_it_stands_out(score, louder_db):
    halves = (Section("verse", "Verse", 0, 8, 0.6), Section("chorus", "Chorus", 8, 8, 0.6))
    sound = tone()
    sound[:, 4 * RATE :] *= 10 ** (louder_db / 20)
    lift = 20 * np.log10(
        lifting(sound, np.ones(sound.shape[1], np.float32), replace(score, sections=halves))
    )
    assert lift[RATE] == pytest.approx(0.0, abs=0.01)
    assert lift[6 * RATE] == pytest.approx(min(2.0, max(0.0, 2.6 - louder_db)), abs=0.1)


def test_a_song_of_verses_alone_is_not_lifted(score):
    assert (lifting(tone(), np.ones(tone().shape[1], np.float32), score) == 1.0).all()


def test_lo_fi_has_no_top_end_but_the_voice_keeps_an_octave_more(score):
    dusty = replace(score, room=Room(lowpass_hz=4_000.0))
    noise = np.random.default_rng(0).standard_normal((2, FRAMES)).astype(np.float32)

    def top(name):
        power = np.square(np.abs(np.fft.rfft(treat(name, noise, dusty)[0])))
        hertz = np.fft.rfftfreq(FRAMES, 1 / RATE)
        return np.sqrt(
            power[(hertz > 7_000) & (hertz < 8_000)].mean() / power[hertz < 2_000].mean()
        )

    assert top("keys") < 0.4
    assert top("vocals") > 2 * top("keys")


def test_every_stem_has_faded_when_it_ends(stems, score):
    for stem in separate(stems, replace(score, room=Room(vinyl=1.0))).values():
        assert np.abs(stem[:, -200:]).max() < 0.01


def test_a_mono_voice_is_taken(score):
    assert treat("vocals", tone(channels=1), sung(score)).shape == (2, FRAMES)


def test_silence_stays_silence(score):
    silence = {name: np.zeros((2, FRAMES), np.float32) for name in ("drums", "vocals", "keys")}
    assert loudness(mix(silence, score), RATE) == SILENCE_DB


def test_a_band_of_one_without_drums_is_mixed():
    alone = song(chord_part())
    assert mix({"keys": play(alone.parts[0], alone)}, alone).any()


def test_any_names_are_mixed_twice_alike(score):
    odd = song(beat_part(), bass_part(), chord_part("kazoo 2"), lead_part())
    stems = {part.name: play(part, odd) for part in odd.parts}
    assert (mix(stems, odd) == mix(stems, odd)).all()
