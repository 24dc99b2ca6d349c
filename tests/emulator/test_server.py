import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx
import pytest

SCRIPT = "from studio.emulator.server import serve; serve(port=0, key='k', parent_watch={watch})"


@contextmanager
def running(*, watch=False):
    """Run the emulator as a process; yields it and its address."""
    command = [sys.executable, "-c", SCRIPT.format(watch=watch)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            line = process.stdout.readline()
            assert line.startswith("Listening on http://127.0.0.1:")
            yield process, line.removeprefix("Listening on ").strip()
        finally:
            process.kill()


def wait(process):
    began = time.monotonic()
    code = process.wait(timeout=5)
    return code, time.monotonic() - began


def test_it_says_where_it_listens_and_is_healthy_at_once():
    with running() as (_, url):
        assert httpx.get(f"{url}/health").json() == {"ok": True}


def test_it_ends_well_and_soon_when_told_to():
    with running() as (process, url):
        httpx.get(f"{url}/health")
        process.terminate()
        code, seconds = wait(process)
    assert code == 0
    assert seconds < 2


def test_it_ends_even_while_a_call_is_open():
    with running() as (process, url):
        bearer = {"Authorization": "Bearer k"}
        fault = {"dialect": "band", "operation": "about", "kind": "silent"}
        httpx.post(f"{url}/faults", json=fault, headers=bearer)
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{url}/band/v1", headers=bearer, timeout=0.1)
        process.terminate()
        assert wait(process)[1] < 2


def test_it_ends_when_its_parent_closes_the_line():
    with running(watch=True) as (process, _):
        process.stdin.close()
        code, seconds = wait(process)
    assert code == 0
    assert seconds < 2


def test_it_does_not_watch_a_parent_unless_asked():
    with running() as (process, url):
        process.stdin.close()
        assert httpx.get(f"{url}/health").is_success
        assert process.poll() is None


def test_its_books_leave_nothing_behind(tmp_path):
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT.format(watch=False)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as process:
        process.stdout.readline()
        assert list(tmp_path.glob("woodshed-*"))
        process.send_signal(signal.SIGTERM)
        process.wait(5)
    assert list(tmp_path.glob("woodshed-*")) == []
