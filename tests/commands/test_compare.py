"""`studio compare`: costs first, then the takes of all makers, level with each other."""

import json
from contextlib import nullcontext

import pytest

from studio.commands import compare
from studio.jobs.model import State
from tests.client.conftest import desk, hasty_disk, open_one, practice, rehearsal, street, studio

__all__ = ["desk", "hasty_disk", "open_one", "practice", "rehearsal", "street", "studio"]

BAND = "house band"


@pytest.fixture
def ask(run, rehearsal, practice, monkeypatch):
    """Compare a song with the studio that is rehearsed, where a wait is over in no time."""
    studio = rehearsal.studio
    monkeypatch.setattr(compare, "open_studio", lambda *_, **__: nullcontext(studio))
    monkeypatch.setattr(studio, "wait", lambda job, **_: rehearsal.drive(job))
    wish = ("a song about rain", "--seed", "7", "--to", BAND, "--to", practice)
    return lambda *words, **more: run("compare", *wish, *words, **more)


def read(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_costs_are_told_first_and_nobody_pays_without_a_yes(ask, studio, practice):
    result = ask(stdin="n\n")
    assert result.exit_code == 1
    assert f"{BAND}: takes: 2, free" in result.stderr
    assert "leaves out the seed" in result.stderr
    assert "All of it: about 14 credits" in result.stderr
    assert (studio.jobs(), studio.comparisons()) == ([], ())


def test_takes_of_all_are_told_with_their_files_and_levels(ask, practice):
    result = ask("--yes")
    assert result.exit_code == 0
    assert [take["connection"] for take in read(result)] == [BAND, BAND, practice, practice]
    assert all(take["file"].endswith(".mp3") and take["gain_db"] is None for take in read(result))


def test_blind_takes_have_letters_and_the_choice_tells_who_was_who(ask, run, studio, practice):
    result = ask("--yes", "--blind")
    assert "connection" not in read(result)[0]
    comparison = read(result)[0]["comparison"]
    told = read(run("compare", "--choose", comparison, "c"))
    assert [take["letter"] for take in told if take["chosen"]] == ["C"]
    assert {take["connection"] for take in told} == {BAND, practice}
    [listed] = read(run("compare", "--list", "--json"))[0]
    assert listed["choice"] == studio.comparison(comparison).choice


def test_one_who_fails_is_told_and_the_others_takes_come(ask, rehearsal, practice, monkeypatch):
    def wait(job, **_):
        if rehearsal.studio.job(job).connection == BAND:
            raise compare.JobStopped("The band has lost its sticks.")
        assert rehearsal.drive(job).state is State.DONE

    monkeypatch.setattr(rehearsal.studio, "wait", wait)
    result = ask("--yes")
    assert result.exit_code == 3
    assert f"{BAND}: The band has lost its sticks." in result.stderr
    assert practice in {take["connection"] for take in read(result)}


def test_one_maker_alone_is_no_comparison(run, studio):
    result = run("compare", "rain", "--to", BAND)
    assert result.exit_code == 2
    assert "two makers or more" in result.stderr
