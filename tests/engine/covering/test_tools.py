"""Laws of the sounds that cover, add-vocals, add-band and mashup make."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from studio.audio.files import read
from studio.audio.levels import loudness, true_peak_db
from studio.audio.samples import RATE
from studio.audio.work import UNWATCHED
from studio.engine.covering.weighing import blend, blend_of_the_band
from studio.engine.papers import score_of
from studio.engine.played import perform_alone, played
from studio.engine.tools import add_band, add_vocals, cover, mashup
from studio.engine.writing.theory import scale
from studio.errors import ToolUnfit
from tests.engine.covering.measures import likeness

WEIGHTS = (0.0, 0.5, 1.0)


def use(tool, sounds, options, out):
    facts = perform_alone(tool, sounds, options, out)
    return facts, read(out)[0]


@pytest.fixture(scope="module")
def covers(recorded, tmp_path_factory):
    """Return covers of a song that is known, and of one that is not, by name and audio weight."""
    out = tmp_path_factory.mktemp("covers") / "cover.wav"
    options = cover.CoverOptions(style="lo-fi", audio_weight=0.5, voice="none")
    made = {}
    for name, blends in (
        ("played", blend_of_the_band),
        ("played-unknown", partial(blend, new_words=False)),
    ):
        sounds = [recorded / f"{name}.wav"]
        plan = cover.write_cover(sounds, options, UNWATCHED)
        stems = played(plan.score)
        for weight in WEIGHTS:
            mixture = blends(weight)
            weighed = replace(plan, carry=replace(plan.carry, blend=mixture))
            facts = cover.join_cover(sounds, options, weighed, stems, out, UNWATCHED)
            made[name, weight] = facts, read(out)[0]
    return made


@pytest.mark.parametrize("name", ["played", "played-unknown"])
def test_the_more_the_original_weighs_the_more_alike_is_the_cover(recorded, covers, name):
    original, _ = read(recorded / f"{name}.wav")
    alike = [likeness(original, covers[name, weight][1]) for weight in WEIGHTS]
    assert alike[0] + 0.05 < alike[1] < alike[2] - 0.01
    assert alike[2] > 0.85


def test_every_cover_is_as_loud_as_a_record(covers):
    for _, sound in covers.values():
        assert loudness(sound, RATE) == pytest.approx(-14.0, abs=0.5)
        assert true_peak_db(sound, RATE) <= -1.0


def test_what_was_heard_and_not_known_says_so(covers):
    assert covers["played", 0.5][0]["exact"]
    assert not covers["played-unknown", 0.5][0]["exact"]
    assert "approximate" in covers["played-unknown", 0.5][0]["notes"][0]


def test_a_cover_carries_its_own_score(recorded, covers, tmp_path):
    out = tmp_path / "cover.wav"
    options = cover.CoverOptions(style="lo-fi", voice="none", tempo_bpm=90.0)
    facts, _ = use(cover.TOOL, [recorded / "played.wav"], options, out)
    assert score_of(out).style == "lo-fi"
    assert facts["tempo_bpm"] == 90.0


def test_another_key_beside_the_original_is_refused_in_a_sentence(recorded, tmp_path):
    options = cover.CoverOptions(audio_weight=0.5, key="C minor")
    with pytest.raises(ToolUnfit, match="audio weight of 0"):
        perform_alone(cover.TOOL, [recorded / "played.wav"], options, tmp_path / "no.wav")
    assert not (tmp_path / "no.wav").exists()


def test_a_voice_over_an_unknown_sound_is_in_its_key_and_on_its_beats(recorded, tmp_path):
    options = add_vocals.AddVocalsOptions(lyrics="[Verse]\nThe river runs below", voice="male")
    sounds = [recorded / "played-unknown.wav"]
    plan = add_vocals.write_vocals(sounds, options, UNWATCHED)
    truth = score_of(recorded / "played.wav")
    half = truth.seconds_per_beat / 2
    heard = [plan.carry.track.seconds[int(n.start)] for n in plan.score.vocal.notes]
    assert np.median([abs(t - round(t / half) * half) for t in heard]) <= 0.025
    assert np.mean([n.pitch % 12 in scale(truth.key) for n in plan.score.vocal.notes]) >= 0.9


def test_a_voice_is_added_to_the_sound_of_the_instrumental(recorded, tmp_path):
    options = add_vocals.AddVocalsOptions(lyrics="[Verse]\nThe river runs below", voice="male")
    facts, sound = use(
        add_vocals.TOOL, [recorded / "played-unknown.wav"], options, tmp_path / "sung.wav"
    )
    original, _ = read(recorded / "played-unknown.wav")
    assert sound.shape == original.shape
    assert likeness(original, sound) > 0.8
    assert facts["sung_lines"] >= 1


def test_nobody_sings_over_a_singer(recorded, tmp_path):
    with pytest.raises(ToolUnfit, match=r"sings in .* already"):
        perform_alone(
            add_vocals.TOOL,
            [recorded / "sung.wav"],
            add_vocals.AddVocalsOptions(),
            tmp_path / "no.wav",
        )


def test_a_band_plays_on_the_beats_of_a_voice_in_its_key(recorded):
    options = add_band.AddBandOptions(style="folk")
    plan = add_band.write_band([recorded / "voice.wav"], options, UNWATCHED)
    truth = score_of(recorded / "sung.wav")
    half = truth.seconds_per_beat / 2
    away = [abs(t - round(t / half) * half) for t in plan.carry.track.seconds]
    assert np.median(away) <= 0.025
    assert len(set(scale(plan.score.key)) & set(scale(truth.key))) >= 6
    assert {"drums", "bass"} <= {part.name for part in plan.score.parts}


def test_a_mashup_of_two_known_songs_is_a_song_of_its_own(recorded, tmp_path):
    out = tmp_path / "mashup.wav"
    sounds = [recorded / "sung.wav", recorded / "played.wav"]
    facts, _ = use(mashup.TOOL, sounds, mashup.MashupOptions(), out)
    made, music = score_of(out), score_of(recorded / "played.wav")
    assert facts["exact"]
    assert made.tempo_bpm == music.tempo_bpm
    assert made.vocal.notes


def test_the_beats_of_two_unknown_songs_fall_together(recorded, tmp_path):
    sounds = [recorded / "sung-unknown.wav", recorded / "played-unknown.wav"]
    plan = mashup.write_mashup(sounds, mashup.MashupOptions(), UNWATCHED)
    voice, music = score_of(recorded / "sung.wav"), score_of(recorded / "played.wav")
    heard, wanted = mashup.points(plan.carry)
    slope = (wanted[-1] - wanted[0]) / (heard[-1] - heard[0])
    beats = np.arange(8, 24) * voice.seconds_per_beat
    moved = (wanted[0] + (beats - heard[0]) * slope) / music.seconds_per_beat
    phase = np.abs(moved - np.round(moved)) * music.seconds_per_beat
    assert np.median(phase) <= 0.02
    assert abs(plan.carry.fit.semitones) <= 3


def test_a_song_without_a_voice_gives_none_to_a_mashup(recorded, tmp_path):
    sounds = [recorded / "played.wav", recorded / "sung.wav"]
    with pytest.raises(ToolUnfit, match="Nobody sings"):
        perform_alone(mashup.TOOL, sounds, mashup.MashupOptions(), tmp_path / "no.wav")
