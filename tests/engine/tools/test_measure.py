import json

import numpy as np
import pytest

from bench.plucks import plucked
from studio.audio.files import write_wav
from studio.audio.samples import RATE
from studio.audio.work import UNWATCHED
from studio.engine.brief import Brief
from studio.engine.papers import keep_score
from studio.engine.recording import compose
from studio.engine.tools.measure import TOOL, MeasureOptions
from studio.errors import SoundUnreadable

ASKED = {"length_seconds", "tempo_bpm", "slowest_bpm", "fastest_bpm", "beats", "bars", "key"}
ASKED |= {"key_confidence", "chords", "sections", "loudness_lufs", "true_peak_db", "exact", "from"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("measured")


@pytest.fixture(scope="module")
def song(folder):
    """A song of the band that carries its score."""
    brief = Brief(style="pop", instrumental=True, length_seconds=20.0, tempo_bpm=104.0)
    recording = compose(brief, 11)
    path = folder / "song.wav"
    write_wav(path, recording.mix, RATE)
    keep_score(path, recording.score)
    return path, recording.score


@pytest.fixture(scope="module")
def strings(folder):
    """A sound that nobody has a score of."""
    path = folder / "strings.wav"
    song = plucked(84, ["A:min", "F:maj", "C:maj", "E:maj", "A:min"], bars=9)
    write_wav(path, song.samples, RATE)
    return path


def measured(path, **options):
    return TOOL.run([path], MeasureOptions(**options), path.with_suffix(".none"), UNWATCHED)


@pytest.fixture(scope="module")
def of_song(song):
    return measured(song[0])


@pytest.fixture(scope="module")
def of_strings(strings):
    return measured(strings)


def test_everything_that_may_be_asked_is_answered(of_song, of_strings):
    assert set(of_song) >= ASKED
    assert set(of_strings) >= ASKED


def test_answers_can_be_written_as_json(of_song, of_strings):
    assert json.loads(json.dumps(of_song)) == of_song
    assert json.loads(json.dumps(of_strings)) == of_strings


def test_a_song_of_the_band_is_told_from_its_score(song, of_song):
    score = song[1]

    assert (of_song["exact"], of_song["from"]) == (True, "score")
    assert of_song["tempo_bpm"] == pytest.approx(score.tempo_bpm, abs=0.01)
    assert [section["name"] for section in of_song["sections"]] == [s.name for s in score.sections]


def test_listening_agrees_with_the_score(of_song):
    assert of_song["measured"]["agreement"]["beats"] > 0.9
    assert of_song["measured"]["agreement"]["chords"] > 0.6


def test_any_other_sound_is_told_from_what_is_heard(of_strings):
    assert (of_strings["exact"], of_strings["from"]) == (False, "sound")
    assert of_strings["tempo_bpm"] == pytest.approx(84, rel=0.01)
    assert of_strings["key"] == "A minor"


def test_bars_are_beats(of_strings):
    assert set(of_strings["bars"]) <= set(of_strings["beats"])


def test_chords_have_the_names_that_musicians_use(of_strings):
    names = [chord["name"] for chord in of_strings["chords"]]

    assert {"Am", "F", "C", "E"} <= set(names)


def test_a_score_that_fits_something_else_is_not_believed(folder, song):
    score = song[1]
    path = folder / "mislabelled.wav"
    strings = plucked(88, ["F#:maj", "C#:maj"], bars=12, broken=True).samples
    frames = round(score.whole_seconds * RATE)
    write_wav(path, np.pad(strings, ((0, 0), (0, frames)))[:, :frames], RATE)
    keep_score(path, score)

    facts = measured(path)

    assert facts["from"] == "sound"
    assert "something else" in facts["note"]


@pytest.mark.parametrize(("octave", "factor"), [("half", 0.5), ("double", 2.0)])
def test_a_person_may_count_half_or_twice_as_fast(strings, of_strings, octave, factor):
    counted = measured(strings, octave=octave)

    assert counted["tempo_bpm"] == pytest.approx(factor * of_strings["tempo_bpm"], rel=0.01)
    assert len(counted["beats"]) == pytest.approx(factor * len(of_strings["beats"]), abs=1)


def test_a_sound_without_a_beat_says_so(folder):
    path = folder / "noise.wav"
    noise = np.random.default_rng(0).normal(0, 0.1, (1, 8 * RATE)).astype(np.float32)
    write_wav(path, noise, RATE)

    facts = measured(path)

    assert (facts["tempo_bpm"], facts["beats"]) == (None, [])
    assert "no beat" in facts["note"]


def test_what_is_no_sound_is_named_in_a_sentence(folder):
    path = folder / "words.mp3"
    path.write_text("I am not a song.")

    with pytest.raises(SoundUnreadable, match=r"words\.mp3"):
        measured(path)


def test_nothing_is_written(strings, of_strings):
    assert not strings.with_suffix(".none").exists()
