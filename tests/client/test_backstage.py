"""Backstage: one emulator for one data folder, whoever needs it."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from studio.backstage import Backstage
from studio.disk import read_json
from studio.errors import NotTaken
from studio.settings import Settings

STAND_IN = """
import os, sys
print("warming up", flush=True)
print(f"Listening on http://127.0.0.1:{os.getpid()}", flush=True)
sys.stdin.read()
"""


def is_up(url: str, _: str) -> bool:
    """Tell whether the process that pretends to listen at its own number is there."""
    process = int(url.rpartition(":")[2])
    return psutil.pid_exists(process) and psutil.Process(process).status() != "zombie"


@pytest.fixture
def make(tmp_path):
    made = []

    def make(code: str = STAND_IN) -> Backstage:
        settings = Settings(data=tmp_path / "data")
        stage = Backstage(settings, is_up=is_up, command=(sys.executable, "-c", code))
        made.append(stage)
        return stage

    yield make
    for stage in made:
        stage.close()


def pid(stage: Backstage) -> int:
    return int(stage.address().url.rpartition(":")[2])


def test_it_is_started_once(make):
    stage = make()
    assert stage.address() == stage.address()


def test_others_find_it(make):
    first, second = make(), make()
    assert first.address() == second.address()


def test_who_found_it_leaves_it_running(make):
    first, second = make(), make()
    running = pid(first)
    assert pid(second) == running
    second.close()
    assert is_up(f":{running}", "")


def test_who_started_it_stops_it(make):
    stage = make()
    running = pid(stage)
    stage.close()
    assert not is_up(f":{running}", "")


def test_it_is_started_anew_when_it_is_gone(make):
    first, second = make(), make()
    old = pid(first)
    first.close()
    assert pid(second) != old


def test_it_is_started_anew_when_it_was_killed(make, monkeypatch):
    monkeypatch.setattr("studio.backstage.TRUST_SECONDS", 0.0)
    stage = make()
    old = pid(stage)
    psutil.Process(old).kill()
    stage._process.wait()
    assert pid(stage) != old


def test_the_key_shows_neither_in_the_process_list_nor_to_others(make, tmp_path):
    stage = make()
    told = tmp_path / "data" / "backstage.json"
    key = stage.address().key
    assert key not in " ".join(psutil.Process(pid(stage)).cmdline()) + repr(stage.address())
    assert read_json(told, {})["key"] == key
    assert stat.S_IMODE(told.stat().st_mode) == 0o600


def test_a_damaged_note_is_written_anew(make, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "backstage.json").write_text('["half a')
    assert is_up(make().address().url, "")


@pytest.mark.parametrize("code", ["raise SystemExit(3)", "print('hello')"])
def test_an_emulator_that_does_not_come_up_is_told_with_where_to_look(make, code):
    with pytest.raises(NotTaken, match=r"does not come on stage.*emulator\.log"):
        make(code).address()


def test_it_goes_when_whoever_started_it_is_killed(tmp_path):
    code = (
        "import os, pathlib, sys\n"
        "from studio.backstage import Backstage\n"
        "from studio.settings import Settings\n"
        "settings = Settings(data=pathlib.Path(sys.argv[1]))\n"
        "stage = Backstage(settings, command=(sys.executable, '-c', sys.argv[2]))\n"
        "print(stage.address().url, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), STAND_IN],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    child = int(run.stdout.strip().rpartition(":")[2])
    if psutil.pid_exists(child):
        psutil.Process(child).wait(5)
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == "zombie"
