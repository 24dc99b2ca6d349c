"""The toolbox: tools of sound used for orders, and what is told of their results."""

from dataclasses import replace

import pytest

from studio.emulator import toolbox
from studio.emulator.works import Use
from studio.engine.papers import keep_score, score_of
from studio.errors import ToolUnfit
from tests.emulator.fakes import SCORE
from tests.emulator.threads import Threads
from tests.emulator.tones import tone_file

SECONDS = 1.5


@pytest.fixture(scope="module")
def workers():
    workers = Threads()
    yield workers
    workers.close()


@pytest.fixture
def use(workers, tmp_path):
    """Use a tool; what it makes lies in `folder`."""

    def use(wish, *sounds, seed=1):
        folder = tmp_path / "1"
        folder.mkdir()
        reports = []
        made = toolbox.use(
            wish,
            seed,
            sounds,
            folder,
            workers=workers,
            report=reports.append,
            cancelled=lambda: False,
        )
        return made, folder, reports

    return use


@pytest.fixture
def song(tmp_path):
    """A tone that carries the score of a song as long as it is."""
    path = tone_file(tmp_path)
    beats = SECONDS * SCORE.tempo_bpm / 60
    keep_score(path, replace(SCORE, beats=beats, ring_out_seconds=0.0))
    return path


def test_a_tool_that_makes_a_sound_ends_as_a_song(use, tmp_path):
    made, folder, _ = use(Use("normalise", ("x",), title="Loud"), tone_file(tmp_path))
    assert made.files == {"sound": "song.mp3", "wav": "song.wav", "cover": "cover.png"}
    assert {path.name for path in folder.iterdir()} == set(made.files.values())
    assert (made.title, made.length_seconds) == ("Loud", SECONDS)


def test_progress_never_falls_until_the_cover_is_painted(use, tmp_path):
    _, _, reports = use(Use("normalise", ("x",)), tone_file(tmp_path))
    shares = [report.progress for report in reports]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)


def test_other_formats_keep_the_score_of_a_song(use, song):
    made, folder, _ = use(Use("convert", ("x",), ending="mp3"), song)
    assert made.files == {"mp3": "song.mp3"}
    assert score_of(folder / "song.mp3") == score_of(song)


def test_what_changes_a_sound_does_not_keep_its_score(use, song):
    _, folder, _ = use(Use("trim", ("x",), {"end_seconds": 1.4}, title="Short"), song)
    assert score_of(folder / "song.wav") is None


def test_a_tool_that_knows_a_seed_gets_that_of_the_take(use):
    made, _, _ = use(Use("make-lyrics", options={"about": "rain"}), seed=1)
    assert made.facts["versions"] != ()
    with pytest.raises(ToolUnfit, match="seed"):
        toolbox.check(Use("make-lyrics", options={"about": "rain", "seed": -1}))


@pytest.mark.parametrize(
    ("wish", "part"),
    [
        (Use("extend", ("x",), {"length_seconds": 1}), "length_seconds"),
        (Use("convert", ("x",), {"colour": "red"}), "colour"),
        (Use("replace", ("x",), {"start_seconds": 1}), "end_seconds"),
    ],
)
def test_options_that_do_not_fit_are_refused_in_a_sentence(wish, part):
    with pytest.raises(ToolUnfit, match=f"cannot be asked of “{wish.tool}”: {part}"):
        toolbox.check(wish)


def test_options_that_are_told_later_are_not_missed_before(workers):
    toolbox.check(Use("replace", ("#1",), told={"end_seconds": "#1.seam_seconds"}))
