"""Laws of the tool that keeps a voice."""

from dataclasses import replace

import numpy as np
import pytest

from studio.audio.files import write
from studio.audio.samples import RATE
from studio.audio.work import UNWATCHED
from studio.engine.brief import Brief
from studio.engine.papers import to_json as score_to_json
from studio.engine.persona import from_json
from studio.engine.singing import count_syllables, sing
from studio.engine.tools.persona import TOOL, PersonaOptions
from studio.engine.writing import arrange
from studio.errors import ToolUnfit


@pytest.fixture(scope="module")
def score():
    brief = Brief(style="folk, male voice", description="the sea", length_seconds=20)
    return arrange(brief, 3, syllables=count_syllables)


@pytest.fixture(scope="module")
def voice(score):
    return sing(score)["vocals"]


@pytest.fixture(scope="module")
def song(score, voice, tmp_path_factory):
    """Return a song of the band; only its voice sounds, for a tool that trusts the score."""
    path = tmp_path_factory.mktemp("song") / "song.wav"
    write(path, voice, RATE)
    path.with_name("score.json").write_text(score_to_json(score), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def kept(song, tmp_path_factory):
    out = tmp_path_factory.mktemp("kept") / "persona.json"
    facts = TOOL.run([song], PersonaOptions(name="Sailor"), out, UNWATCHED)
    return facts, from_json(out.read_text(encoding="utf-8"))


def test_the_voice_of_a_song_is_kept_with_its_name(kept):
    facts, persona = kept
    assert (persona.name, persona.voice, facts["exact"]) == ("Sailor", "male", True)
    assert facts["formants"] == persona.formants


def test_the_range_is_that_of_the_score(kept, score):
    pitches = [note.pitch for note in score.vocal.notes]
    assert min(pitches) <= kept[1].low <= kept[1].median <= kept[1].high <= max(pitches)


def test_a_song_sung_by_a_persona_gives_that_persona_back(kept, score, song, tmp_path):
    sung = replace(score, vocal=replace(score.vocal, persona=kept[1]))
    other = tmp_path / "song.wav"
    other.write_bytes(song.read_bytes())
    (tmp_path / "score.json").write_text(score_to_json(sung), encoding="utf-8")
    TOOL.run([other], PersonaOptions(), tmp_path / "persona.json", UNWATCHED)
    assert from_json((tmp_path / "persona.json").read_text(encoding="utf-8")) == kept[1]


def test_a_voice_alone_is_measured_as_the_score_tells_it(kept, voice, tmp_path):
    write(tmp_path / "alone.wav", voice, RATE)
    out = tmp_path / "persona.json"
    facts = TOOL.run([tmp_path / "alone.wav"], PersonaOptions(alone=True), out, UNWATCHED)
    assert not facts["exact"]
    assert facts["formants"] == pytest.approx(kept[1].formants, abs=0.03)
    assert facts["name"] == "alone"


@pytest.fixture(scope="module")
def tones(tmp_path_factory):
    """Return a chord of plain tones that fades in and out: music without a voice."""
    times = np.arange(5 * RATE) / RATE
    chord = sum(np.sin(2 * np.pi * hertz * times) for hertz in (220.0, 277.2, 329.6))
    path = tmp_path_factory.mktemp("tones") / "tones.wav"
    left = (0.2 * chord * np.hanning(times.size)).astype(np.float32)
    noise = np.random.default_rng(1).normal(0, 0.05, times.size).astype(np.float32)
    write(path, np.stack((left + noise, -left + noise)), RATE)
    return path


def test_a_window_with_too_little_singing_is_told_with_what_was_found(song, tones, tmp_path):
    out = tmp_path / "persona.json"
    for path, options in (
        (song, PersonaOptions(start_seconds=0.0, end_seconds=0.5)),
        (tones, PersonaOptions()),
    ):
        with pytest.raises(ToolUnfit, match=r"Only \d\.\d s of singing"):
            TOOL.run([path], options, out, UNWATCHED)
    assert not out.exists()


def test_what_is_no_voice_is_told_so_and_not_written_down(tmp_path):
    times = np.arange(round(15 * RATE)) / RATE
    plucks = np.exp(-4 * (times % 0.5))
    riff = sum(np.sin(2 * np.pi * hertz * times) for hertz in (220.0, 330.0, 440.0)) * plucks
    path, out = tmp_path / "riff.wav", tmp_path / "persona.json"
    write(path, np.stack((riff, riff)).astype(np.float32) / 5, RATE)
    with pytest.raises(ToolUnfit, match="too unlike a voice"):
        TOOL.run([path], PersonaOptions(alone=True), out, UNWATCHED)
    assert not out.exists()


def test_a_window_outside_the_sound_is_told_in_a_sentence(song, tmp_path):
    with pytest.raises(ToolUnfit, match="nothing is left"):
        TOOL.run([song], PersonaOptions(start_seconds=500.0), tmp_path / "persona.json", UNWATCHED)


def test_in_an_instrumental_nobody_sings(score, song, tmp_path):
    silent = tmp_path / "song.wav"
    silent.write_bytes(song.read_bytes())
    (tmp_path / "score.json").write_text(
        score_to_json(replace(score, vocal=None)), encoding="utf-8"
    )
    with pytest.raises(ToolUnfit, match="instrumental"):
        TOOL.run([silent], PersonaOptions(), tmp_path / "persona.json", UNWATCHED)


def test_a_voice_in_front_of_a_band_is_measured_from_what_was_taken_out(kept, voice, tmp_path):
    """The band is a bass and a noise on both sides, 9 dB below the voice."""
    rng = np.random.default_rng(2)
    times = np.arange(voice.shape[1]) / RATE
    band = 0.6 * np.sin(2 * np.pi * 82.4 * times) + rng.normal(0, 0.3, voice.shape)
    level = np.sqrt(np.square(voice).mean() / np.square(band).mean()) * 10 ** (-9 / 20)
    write(tmp_path / "record.wav", (voice + level * band).astype(np.float32), RATE)
    out = tmp_path / "persona.json"
    facts = TOOL.run([tmp_path / "record.wav"], PersonaOptions(), out, UNWATCHED)
    assert "rule of thumb" in facts["note"]
    assert facts["formants"] == pytest.approx(kept[1].formants, rel=0.1)
    assert facts["voice"] == kept[1].voice
