"""Session: early sound, true progress, whole files, the same bytes as in one process."""

import json
import multiprocessing
import shutil
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import soundfile

from studio.audio.files import probe, read, write_wav
from studio.audio.levels import loudness
from studio.audio.samples import RATE
from studio.engine import session, stages
from studio.engine.brief import Brief
from studio.engine.papers import score_of
from studio.engine.recording import compose
from studio.engine.session import Cancelled, record
from studio.errors import BriefUnplayable
from tests.engine.playing.songs import song

BRIEF = Brief(style="pop", lyrics="[Verse]\nsing it low\nday by day", length_seconds=15)


def never():
    return False


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A song from two real processes, and what was reported while it was made."""
    folder = tmp_path_factory.mktemp("take")
    news = []
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, context, initializer=session.warm) as pool:
        found = record(BRIEF, 5, folder, executor=pool, report=news.append, cancelled=never)
    return found, news, folder


def test_all_files_of_a_song_lie_in_its_folder_and_nothing_else(recorded):
    found, _, folder = recorded
    names = {"early.mp3", "song.mp3", "song.wav", "cover.png", "score.json"}
    assert {path.name for path in folder.iterdir()} == names
    assert {found.sound.name, found.wav.name, found.cover.name, found.score_file.name} < names


def test_several_processes_record_the_same_samples_as_one(recorded, tmp_path):
    found, _, _ = recorded
    write_wav(tmp_path / "alone.wav", compose(BRIEF, 5).mix, RATE)
    assert np.array_equal(read(found.wav)[0], read(tmp_path / "alone.wav")[0])


def test_both_sounds_carry_the_score(recorded, tmp_path):
    found, _, _ = recorded
    for sound in (found.sound, found.wav):
        shutil.copy(sound, tmp_path / sound.name)
        assert score_of(tmp_path / sound.name) == found.score


def test_the_files_are_what_they_are_called(recorded):
    found, _, folder = recorded
    length = 15.0
    assert probe(found.sound).format.startswith("MP")
    assert probe(found.sound).length_seconds == pytest.approx(length, abs=0.2)
    assert probe(folder / "early.mp3").length_seconds < length
    assert soundfile.info(found.wav).subtype == "PCM_16"
    assert found.cover.read_bytes().startswith(b"\x89PNG")


def test_the_score_can_be_read_back(recorded):
    found, _, _ = recorded
    notes = json.loads(found.score_file.read_text("utf-8"))
    assert notes["title"] == found.score.title
    assert len(notes["parts"]) == len(found.score.parts)


def test_reports_begin_with_writing_and_end_at_one(recorded):
    _, news, _ = recorded
    assert (news[0].doing, news[0].progress) == ("writing the tune", 0.0)
    assert news[-1].progress == pytest.approx(1.0)
    assert all(after.progress >= before.progress for before, after in pairwise(news))


def test_the_first_bars_are_there_well_before_the_song(recorded):
    _, news, folder = recorded
    first = next(report for report in news if report.early)
    assert first.early == folder / "early.mp3"
    assert first.progress < 0.7


def test_the_first_bars_are_about_as_loud_as_they_will_be(recorded):
    found, _, folder = recorded
    early, rate = read(folder / "early.mp3")
    bars = round(found.score.head(session.EARLY_SECONDS).length_seconds * rate)
    whole, _ = read(found.wav)
    assert loudness(early[:, :bars], rate) == pytest.approx(
        loudness(whole[:, :bars], rate), abs=2.0
    )


def test_players_and_singers_are_heard_of(recorded):
    _, news, _ = recorded
    doings = " | ".join(report.doing for report in news)
    assert "playing" in doings
    assert "singing" in doings
    assert "mastering" in doings


def test_cancelling_ends_at_once_and_leaves_no_sound_behind(tmp_path):
    asked = []

    def soon():
        asked.append(1)
        return len(asked) > 3

    with ThreadPoolExecutor(2) as pool, pytest.raises(Cancelled):
        record(BRIEF, 5, tmp_path, executor=pool, report=lambda _: None, cancelled=soon)
    assert not (tmp_path / "desk").exists()
    assert not (tmp_path / "song.mp3").exists()


def test_a_brief_that_cannot_be_played_is_refused_in_its_own_words(tmp_path, monkeypatch):
    def refuse(_desk, _brief, _seed):
        raise BriefUnplayable("Nothing can be made of this.")

    monkeypatch.setattr(stages, "write", refuse)
    with ThreadPoolExecutor(2) as pool, pytest.raises(BriefUnplayable, match="Nothing can be"):
        record(BRIEF, 5, tmp_path, executor=pool, report=lambda _: None, cancelled=never)
    assert list(tmp_path.iterdir()) == []


def test_an_instrumental_is_recorded_by_threads_too(tmp_path):
    brief = Brief(style="house", instrumental=True, length_seconds=15)
    with ThreadPoolExecutor(2) as pool:
        found = record(brief, 1, tmp_path, executor=pool, report=lambda _: None, cancelled=never)
    sound, rate = soundfile.read(found.wav)
    assert rate == RATE
    assert np.abs(sound).max() > 0.3


def test_two_sessions_share_one_pool(tmp_path):
    brief = Brief(style="house", instrumental=True, length_seconds=15)
    with ThreadPoolExecutor(2) as pool:
        takes = []
        for seed in (1, 2):
            folder = tmp_path / str(seed)
            folder.mkdir()
            arguments = {"executor": pool, "report": lambda _: None, "cancelled": never}
            take = threading.Thread(
                target=lambda f=folder, s=seed, a=arguments: record(brief, s, f, **a)
            )
            take.start()
            takes.append(take)
        for take in takes:
            take.join()
    assert (tmp_path / "1" / "song.wav").read_bytes() != (tmp_path / "2" / "song.wav").read_bytes()


def test_a_section_is_called_as_musicians_call_it():
    score = song()
    assert stages.in_words(score, 0) == "the verse"
    first, second = score.sections[0], replace(score.sections[0], name="Verse 2")
    twice = replace(score, sections=(first, second))
    assert [stages.in_words(twice, n) for n in (0, 1)] == ["the first verse", "the second verse"]
