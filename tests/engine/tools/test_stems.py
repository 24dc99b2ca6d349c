"""Stems and vox as a person uses them: on a song of the band, and on any other sound."""

import numpy as np
import pytest

from studio.audio.files import read, write
from studio.audio.levels import rms_db
from studio.audio.samples import RATE
from studio.audio.work import UNWATCHED, Cancelled, Work
from studio.engine.brief import Brief
from studio.engine.mixing import treat
from studio.engine.papers import keep_score
from studio.engine.played import NOBODY
from studio.engine.recording import compose
from studio.engine.tools import stems, vox
from studio.errors import ExtraMissing, ToolUnfit

BRIEF = Brief(
    style="lo-fi",
    lyrics="[Verse]\nsing it low\nday by day\n[Chorus]\nsing it high\nfar away",
    length_seconds=15,
)


@pytest.fixture(scope="module")
def recording():
    return compose(BRIEF, 7)


@pytest.fixture(scope="module")
def folder(recording, tmp_path_factory):
    folder = tmp_path_factory.mktemp("songs")
    write(folder / "song.wav", recording.mix, RATE)
    write(folder / "foreign.wav", recording.mix, RATE)
    keep_score(folder / "song.wav", recording.score)
    return folder


@pytest.fixture(scope="module")
def treated(recording):
    """Return what the band would play again for each test."""
    return {name: treat(name, stem, recording.score) for name, stem in recording.stems.items()}


@pytest.fixture
def use(folder, treated):
    def use(tool, name, out, options, work=UNWATCHED):
        sounds = [folder / name]
        plan = tool.write(sounds, options, work)
        stems = {} if plan.score == NOBODY else treated
        return tool.join(sounds, options, plan, stems, out, work)

    return use


@pytest.fixture
def take_apart(use, tmp_path):
    def take_apart(name, **options):
        out = tmp_path / f"{name} {options}"
        out.mkdir()
        facts = use(stems.TOOL, name, out, stems.StemsOptions(**options))
        files = {s["name"]: out / s["file"] for s in facts["stems"] if s["file"]}
        assert sorted(files.values()) == sorted(out.iterdir())
        return facts, {name: read(path)[0] for name, path in files.items()}

    return take_apart


@pytest.fixture
def sing(use, tmp_path):
    def sing(name, **options):
        out = tmp_path / "vox.wav"
        facts = use(vox.TOOL, name, out, vox.VoxOptions(**options))
        return facts, read(out)[0]

    return sing


def difference_db(sound, other):
    return rms_db(sound - other) - rms_db(other)


def test_stems_of_the_band_sum_to_the_record(take_apart, recording):
    facts, sounds = take_apart("song.wav", kind="each")
    assert facts["exact"]
    assert difference_db(sum(sounds.values()), recording.mix) < -60
    assert facts["difference_db"] < -60


def test_empty_stems_are_named_and_written_only_on_demand(take_apart):
    facts, sounds = take_apart("song.wav", kind="12")
    assert len(facts["stems"]) == 12
    assert {s["name"] for s in facts["stems"] if s["empty"]} == {
        s["name"] for s in facts["stems"]
    } - set(sounds)
    assert "brass" not in sounds


def test_silence_is_written_for_whoever_wants_all_twelve(take_apart):
    facts, sounds = take_apart("song.wav", only="brass", silent=True)
    assert facts["stems"][0]["empty"]
    assert not sounds["brass"].any()


def test_the_singing_and_a_song_without_it_are_the_song(take_apart, recording):
    _, alone = take_apart("song.wav", only="vocals")
    _, karaoke = take_apart("song.wav", without="vocals")
    both = alone["vocals"] + karaoke["without vocals"]
    assert difference_db(both, recording.mix) < -60


def test_a_louder_copy_of_a_song_has_louder_stems(folder, recording, take_apart):
    write(folder / "quiet.wav", recording.mix * np.float32(0.5), RATE)
    keep_score(folder / "quiet.wav", recording.score)
    facts, sounds = take_apart("quiet.wav")
    assert facts["exact"]
    assert difference_db(sum(sounds.values()), recording.mix * np.float32(0.5)) < -60


def test_a_score_that_was_glued_to_another_sound_is_not_believed(folder, recording, take_apart):
    write(folder / "other.wav", recording.mix[:, ::-1].copy(), RATE)
    keep_score(folder / "other.wav", recording.score)
    facts, sounds = take_apart("other.wav")
    assert not facts["exact"]
    assert "another sound" in facts["note"]
    assert set(sounds) == {"vocals", "instrumental"}


def test_any_other_sound_comes_apart_and_says_how_roughly(take_apart, recording):
    facts, sounds = take_apart("foreign.wav", kind="12")
    assert not facts["exact"]
    assert "rule of thumb" in facts["note"]
    assert set(sounds) == {"vocals", "drums", "bass", "other"}
    assert difference_db(sum(sounds.values()), recording.mix) < -60
    within = {s["name"]: s["note"] for s in facts["stems"] if s.get("separated") is False}
    assert len(within) == 9
    assert within["backing vocals"] == "not separated: it is in “vocals”"


def test_what_cannot_be_told_apart_by_ear_is_refused(take_apart):
    with pytest.raises(ToolUnfit, match="“guitar” cannot be told apart"):
        take_apart("foreign.wav", only="guitar")


def test_a_network_that_is_not_here_is_named_and_not_fetched(take_apart, monkeypatch):
    monkeypatch.setattr("studio.audio.separating.demucs.missing", lambda *_: "Demucs is not here.")
    with pytest.raises(ExtraMissing, match="not here"):
        take_apart("foreign.wav", separator="demucs")
    facts, _ = take_apart("foreign.wav", separator="auto")
    assert facts["separator"] == "own"
    assert "Demucs is not here." in facts["note"]


def test_nothing_is_left_behind_when_it_is_stopped(use, tmp_path):
    told = []
    work = Work(lambda share, _doing: told.append(share), lambda: len(told) > 6)
    with pytest.raises(Cancelled):
        use(stems.TOOL, "foreign.wav", tmp_path / "out", stems.StemsOptions(), work)
    assert not list(tmp_path.iterdir())


def test_the_voice_of_the_band_is_cut_out_exactly(sing):
    facts, voice = sing("song.wav", start_seconds=3.0, end_seconds=8.5)
    assert facts["exact"]
    assert voice.shape == (2, round(5.5 * RATE))
    assert facts["lufs"] > -25


def test_without_a_window_the_most_sung_half_minute_is_taken(sing):
    facts, voice = sing("song.wav")
    assert (facts["start_seconds"], facts["end_seconds"]) == (0.0, 15.0)
    assert rms_db(voice) > -30


def test_the_voice_of_any_other_sound_is_rough_and_says_so(sing):
    exact_facts, exact = sing("song.wav", start_seconds=3.0, end_seconds=8.5)
    facts, voice = sing("foreign.wav", start_seconds=3.0, end_seconds=8.5)
    assert not facts["exact"]
    assert "rule of thumb" in facts["note"]
    assert exact_facts["length_seconds"] == facts["length_seconds"]
    assert difference_db(voice, exact) < -2


@pytest.mark.parametrize(
    ("window", "words"),
    [
        ({"start_seconds": 2.0, "end_seconds": 40.0}, "within the song"),
        ({"start_seconds": 20.0}, "within the song"),
        ({"start_seconds": 9.0, "end_seconds": 3.0}, "before its start"),
        ({"start_seconds": 14.2, "end_seconds": 15.0}, "Nobody sings between 14.2 s and 15.0 s"),
    ],
)
@pytest.mark.parametrize("name", ["song.wav", "foreign.wav"])
def test_a_window_without_a_voice_is_refused_in_a_sentence(name, window, words, sing):
    with pytest.raises(ToolUnfit, match=words):
        sing(name, **window)


def test_a_window_is_half_a_minute_at_most():
    options = vox.VoxOptions(start_seconds=10.0, end_seconds=45.0)
    with pytest.raises(ToolUnfit, match=r"35.0 s long. Choose one of at most 30 s"):
        vox.window_of(options, 120.0)
    assert vox.window_of(vox.VoxOptions(end_seconds=45.0), 120.0) == slice(15 * RATE, 45 * RATE)
