"""From the command to songs on disk, with real processes and the real band."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from studio.audio.files import probe
from studio.client import open_studio
from studio.errors import JobStopped
from studio.settings import Settings

STUDIO = [sys.executable, "-m", "studio"]
SHORT = ("--style", "pop, upbeat", "--length", "15", "--seed", "7")


@contextmanager
def started(*words, data, stdin=subprocess.DEVNULL):
    """Run a command beside us; it is gone when the block ends."""
    process = subprocess.Popen(
        [*STUDIO, *words],
        env={**os.environ, "STUDIO_DATA": str(data)},
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One song of the house band, asked for as a script would; shared, since it takes a while."""
    folder = tmp_path_factory.mktemp("made")
    done = subprocess.run(
        [*STUDIO, "create", *SHORT, "--title", "A/B", "--wait", "--out", "out", "--data", "data"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done, folder


def test_two_takes_come_home_with_status_0_and_nothing_to_complain_of(made):
    done, _ = made
    assert (done.returncode, done.stderr) == (0, "")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["take"], line["seed"]) for line in lines] == [(1, 7), (2, 8)]


def test_files_are_the_sound_that_was_asked_for(made):
    done, folder = made
    for line in map(json.loads, done.stdout.splitlines()):
        # The last chord may ring out for up to three seconds.
        assert Path(line["file"]).parent == folder / "out"
        assert probe(Path(line["file"])).length_seconds == pytest.approx(16.5, abs=1.5)
        assert probe(Path(line["wav"])).rate == 44_100


def test_copies_carry_the_title_and_do_not_meet(made):
    _, folder = made
    names = sorted(path.name for path in (folder / "out").iterdir())
    assert names == ["A B 2.mp3", "A B 2.wav", "A B.mp3", "A B.wav"]


def test_the_gallery_and_the_jobs_know_of_it(made, run):
    done, folder = made
    data = ("--data", str(folder / "data"))
    ids = {json.loads(line)["id"] for line in done.stdout.splitlines()}
    found = json.loads(run("songs", "--search", "pop", "--json", *data).stdout)
    [job] = json.loads(run("jobs", "--json", *data).stdout)
    assert {song["id"] for song in found} == ids == set(job["songs"])
    assert job["state"] == "DONE"


def test_without_waiting_the_job_is_put_down_and_told(run):
    told = run("create", *SHORT, "--lyrics", "-", stdin="[Verse]\n夜の歌\n")
    job = json.loads(told.stdout)
    assert (told.exit_code, job["state"]) == (0, "QUEUED")
    assert job["request"]["lyrics"] == "[Verse]\n夜の歌"
    assert [one["id"] for one in json.loads(run("jobs", "--json").stdout)] == [job["id"]]


def test_a_studio_that_is_open_already_goes_on_with_what_a_command_put_down(ask_vendor, data, run):
    ask_vendor()
    settings = Settings(data=data, environ={})
    with open_studio(settings), open_studio(settings, work=False) as onlooker:
        told = run("create", "--style", "pop", "--to", "vendor")
        with pytest.raises(JobStopped, match="credits are not enough"):
            onlooker.wait(json.loads(told.stdout)["id"], timeout=30)


def test_lyrics_may_come_from_a_file_with_a_byte_order_mark(run, tmp_path):
    (tmp_path / "words.txt").write_bytes("Hello".encode("utf-8-sig"))
    job = json.loads(run("create", "--lyrics", str(tmp_path / "words.txt")).stdout)
    assert job["request"]["lyrics"] == "Hello"


def test_a_dead_address_is_told_at_once_and_nothing_is_put_down(run, monkeypatch):
    monkeypatch.setattr("studio.commands.create.ASK_AGAIN_SECONDS", 0)
    url = ("--url", "http://127.0.0.1:9/aimusicapi")
    run("connect", "dead", "--kind", "aimusicapi", *url, "--key-env", "K", K="k")
    told = run("create", "--style", "pop", "--to", "dead", "--wait")
    assert told.exit_code == 1
    assert told.stderr == "AI Music API cannot be reached. Nothing was sent.\n"
    assert run("jobs", "--json").stdout == "[]\n"


@pytest.fixture(scope="module")
def counter(tmp_path_factory):
    """The counter of a vendor at whom nothing is left to spend; its address."""
    words = ("emulator", "--port", "0", "--key", "k", "--credits", "0")
    with started(*words, data=tmp_path_factory.mktemp("counter")) as emulator:
        yield emulator.stdout.readline().removeprefix("Listening on ").strip()
        emulator.terminate()
        emulator.wait(20)


@pytest.fixture
def ask_vendor(counter, run):
    """Ask that vendor for a song, and wait for it."""
    url = ("--url", f"{counter}/aimusicapi", "--poll-seconds", "0.1")
    run("connect", "vendor", "--kind", "aimusicapi", *url, "--key-env", "K", K="k")
    return lambda: run("create", "--style", "pop", "--to", "vendor", "--wait")


def test_a_refusal_ends_it_at_once_with_the_vendors_reason(ask_vendor, run):
    told = ask_vendor()
    assert (told.exit_code, told.stdout) == (3, "")
    assert "remaining credits are not enough" in told.stderr
    assert json.loads(run("jobs", "--json").stdout)[0]["state"] == "FAILED"


def test_a_doubt_ends_it_at_once_since_a_person_decides(ask_vendor, counter, run):
    fault = {"dialect": "aimusicapi", "operation": "create", "kind": "closed"}
    headers = {"Authorization": "Bearer k", "Content-Type": "application/json"}
    switch = Request(f"{counter}/faults", json.dumps(fault).encode(), headers)
    urlopen(switch, timeout=10).close()
    told = ask_vendor()
    assert (told.exit_code, told.stdout) == (4, "")
    assert "It may or may not have been taken." in told.stderr
    assert json.loads(run("jobs", "--json").stdout)[0]["state"] == "UNSURE"


def test_whoever_ends_the_command_kindly_reads_that_the_job_is_safe(data, run):
    with started("create", *SHORT, "--wait", data=data) as command:
        job = first_job(run, command)
        command.terminate()
        _, err = command.communicate(timeout=20)
    assert command.returncode == 130
    assert err.startswith(f"Job {job['id']} is safe: the next studio")


def test_a_job_outlives_its_command_and_the_next_studio_goes_on_with_it(data, run):
    with started("create", *SHORT, "--wait", data=data) as command:
        job = first_job(run, command)
        command.kill()
        command.wait(20)
    [left] = json.loads(run("jobs", "--json").stdout)
    assert (left["id"], left["state"]) == (job["id"], "WORKING")
    with open_studio(Settings(data=data, environ={})) as studio:
        assert len(studio.wait(job["id"], timeout=120)) == 2


def first_job(run, command):
    """Look until the command has put its job down."""
    while command.poll() is None:
        jobs = json.loads(run("jobs", "--json").stdout)
        if jobs and jobs[0]["state"] == "WORKING":
            return jobs[0]
    raise AssertionError(command.communicate())
