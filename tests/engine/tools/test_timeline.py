"""When words are sung: from the score, found in a voice, or laid over it."""

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from studio.audio import extras
from studio.audio.ear.spectrum import HEARING_RATE, heard_mono, magnitudes
from studio.audio.files import write_wav
from studio.audio.samples import RATE
from studio.audio.transcribing.alignment import align_words, spell
from studio.audio.transcribing.phrases import find_phrases, lay_lines, spread
from studio.audio.work import UNWATCHED
from studio.engine.brief import Brief
from studio.engine.papers import keep_score
from studio.engine.singing import count_syllables, sing
from studio.engine.timeline import timeline_of
from studio.engine.tools.timeline import TOOL, TimelineOptions
from studio.engine.writing import arrange
from studio.errors import ExtraMissing, ToolUnfit

WORDS = "[Verse]\nMorning on the river\nNothing left to say\n[Chorus]\nHold on to the summer\n"


@pytest.fixture(scope="module")
def sung(tmp_path_factory):
    """A voice of 15 s, and its score."""
    brief = Brief(style="pop", lyrics=WORDS, length_seconds=18, tempo_bpm=120)
    score = arrange(brief, 5, syllables=count_syllables)
    score = replace(score, vocal=replace(score.vocal, harmony=()))
    path = tmp_path_factory.mktemp("sung") / "voice.wav"
    voice = sing(score)["vocals"]
    write_wav(path, voice, RATE)
    return path, score, voice


@pytest.fixture(scope="module")
def of_the_band(sung, tmp_path_factory):
    path = tmp_path_factory.mktemp("band") / "song.wav"
    write_wav(path, sung[2], RATE)
    keep_score(path, sung[1])
    return path


def told(path, options, out):
    facts = TOOL.run([path], options, out, UNWATCHED)
    return facts, out.read_text(encoding="utf-8")


def word_starts(lines):
    return np.array([word["start_seconds"] for line in lines for word in line["words"]])


def vowel_onset(loud, step, expected):
    """Return when the voice has come up, near where a vowel is expected."""
    middle = round(expected / step)
    around = loud[max(0, middle - 16) : middle + 17]
    lowest = int(around[:17].argmin())
    up = lowest + int(np.argmax(around[lowest:] >= around[lowest:].max() - 6))
    return (up + max(0, middle - 16)) * step


def test_words_of_the_band_begin_within_20_ms_of_their_vowels(sung):
    _, score, voice = sung
    bands = [
        np.square(block[:, 5:70]).sum(axis=1) for block in magnitudes(heard_mono(voice), 512, 110)
    ]
    loud = 10 * np.log10(np.concatenate(bands) + 1e-8)
    starts = [word.start_seconds for line in timeline_of(score) for word in line.words]
    off = [vowel_onset(loud, 110 / HEARING_RATE, start) - start for start in starts]
    assert np.median(np.abs(off)) <= 0.02


def test_a_song_of_the_band_is_exact_to_the_syllable(of_the_band, sung, tmp_path):
    facts, text = told(of_the_band, TimelineOptions(), tmp_path / "song.json")
    lines = json.loads(text)
    assert facts["exact"]
    assert [line["line"] for line in lines][:2] == ["Morning on the river", "Nothing left to say"]
    assert lines[0]["section"].startswith("Verse")
    assert len(lines[0]["words"][0]["syllables"]) == 2
    first = sung[1].vocal.notes[0]
    assert lines[0]["start_seconds"] == pytest.approx(
        first.start * sung[1].seconds_per_beat, abs=1e-3
    )


@pytest.mark.parametrize(
    ("ending", "start"), [(".lrc", "[ti:"), (".srt", "1\n00:"), (".vtt", "WEBVTT\n\n00:")]
)
def test_players_read_it_by_its_ending(of_the_band, tmp_path, ending, start):
    _, text = told(of_the_band, TimelineOptions(), tmp_path / f"song{ending}")
    assert text.startswith(start)
    assert "river" in text


def test_english_words_are_found_in_a_voice(sung, tmp_path):
    path, score, _ = sung
    lyrics = "\n".join(line.line for line in timeline_of(score))
    options = TimelineOptions(lyrics=lyrics, alone=True)
    facts, text = told(path, options, tmp_path / "voice.json")
    true = [word.start_seconds for line in timeline_of(score) for word in line.words]
    assert (facts["exact"], facts["by"]) == (False, "words")
    assert np.median(np.abs(word_starts(json.loads(text)) - true)) <= 0.02


def test_lines_are_laid_over_a_voice_in_any_language(sung, tmp_path):
    path, score, _ = sung
    lines = timeline_of(score)
    options = TimelineOptions(lyrics="\n".join("河水流过清晨" for _ in lines), alone=True)
    facts, text = told(path, options, tmp_path / "voice.json")
    starts = [line["start_seconds"] for line in json.loads(text)]
    assert facts["by"] == "lines"
    assert {line["by"] for line in json.loads(text)} == {"lines"}
    assert len(json.loads(text)[0]["words"]) == 6
    assert np.median(np.abs(np.array(starts) - [line.start_seconds for line in lines])) < 0.5


def test_words_that_no_dictionary_has_are_spelled_out(sung):
    assert spell("shpleck") == "SH P L EH K"
    _, score, voice = sung
    said = [word.word for line in timeline_of(score) for word in line.words]
    said[1] = "zzyphlon"
    assert len(align_words(heard_mono(voice), said)) == len(said)


def test_lines_begin_with_phrases_if_there_are_enough_of_them():
    phrases = ((1.0, 2.0), (2.5, 3.0), (5.0, 7.0))
    assert lay_lines(phrases, [3, 4]) == ((1.0, 3.0), (5.0, 7.0))
    assert [start for start, _ in lay_lines(phrases[:1], [1, 1])] == [1.0, 1.5]
    words = spread((1.0, 3.0), phrases, [1, 1, 1])
    assert all(one[1] <= other[0] + 0.51 for one, other in pairwise(words))


def test_a_voice_that_rests_has_no_phrases():
    assert find_phrases(np.zeros(2 * HEARING_RATE, np.float32)) == ()


def test_who_gives_no_words_or_no_voice_is_told_so(sung, tmp_path):
    path = sung[0]
    with pytest.raises(ToolUnfit, match="Give them as lyrics"):
        TOOL.run([path], TimelineOptions(), tmp_path / "x.json", UNWATCHED)
    with pytest.raises(ToolUnfit, match=r"not as “\.txt”"):
        TOOL.run([path], TimelineOptions(lyrics="la"), tmp_path / "x.txt", UNWATCHED)
    noise = np.random.default_rng(0).standard_normal((2, 2 * RATE)).astype(np.float32)
    write_wav(tmp_path / "noise.wav", noise * np.float32(0.1), RATE)
    options = TimelineOptions(lyrics="啦啦", alone=True)
    with pytest.raises(ToolUnfit, match="No voice was heard"):
        TOOL.run([tmp_path / "noise.wav"], options, tmp_path / "x.json", UNWATCHED)
    assert not list(tmp_path.glob("x.*"))


def test_lyrics_come_from_a_file_or_a_sentence(sung, tmp_path):
    strange = tmp_path / "lyrics.txt"
    strange.write_bytes(b"\xff\xfe\x00")
    for file in (strange, tmp_path / "none.txt"):
        options = TimelineOptions(lyrics_file=file, alone=True)
        with pytest.raises(ToolUnfit, match=file.name):
            TOOL.run([sung[0]], options, tmp_path / "x.json", UNWATCHED)


def test_without_the_extra_words_become_lines_or_a_sentence(sung, tmp_path, monkeypatch):
    monkeypatch.setattr(extras, "_is_there", lambda *_: False)
    options = TimelineOptions(lyrics="Morning on the river", alone=True)
    facts, _ = told(sung[0], options, tmp_path / "voice.lrc")
    assert facts["by"] == "lines"
    with pytest.raises(ExtraMissing, match="pip install"):
        TOOL.run(
            [sung[0]], options.model_copy(update={"by": "words"}), tmp_path / "x.json", UNWATCHED
        )
