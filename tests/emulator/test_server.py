"""The emulator as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx
import pytest

from studio.emulator.server import serve

SCRIPT = "from studio.emulator.server import serve; serve(port=0, key='k', parent_watch={watch})"
BEARER = {"Authorization": "Bearer k"}


@contextmanager
def running(scratch, *, watch=False):
    """Run the emulator; yields the process and its address."""
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT.format(watch=watch)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a worker that is killed as it starts may say so
        text=True,
        env=os.environ | {"TMPDIR": str(scratch)},
    ) as process:
        try:
            line = process.stdout.readline()
            assert line.startswith("Listening on http://127.0.0.1:")
            yield process, line.removeprefix("Listening on ").strip()
        finally:
            process.kill()


def wait(process):
    began = time.monotonic()
    code = process.wait(timeout=30)
    return code, time.monotonic() - began


def leave_a_call_open(url):
    fault = {"dialect": "band", "operation": "about", "kind": "silent"}
    httpx.post(f"{url}/faults", json=fault, headers=BEARER).raise_for_status()
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{url}/band/v1", headers=BEARER, timeout=0.1)


def test_it_ends_soon_when_told_to_even_with_work_under_way_and_leaves_nothing(tmp_path):
    with running(tmp_path) as (process, url):
        assert httpx.get(f"{url}/health").json() == {"ok": True}
        order = httpx.post(f"{url}/band/v1/orders", json={"style": "folk"}, headers=BEARER)
        assert order.status_code == 201
        leave_a_call_open(url)
        process.terminate()
        code, seconds = wait(process)
    assert code == 0
    assert seconds < 3
    assert list(tmp_path.glob("woodshed-*")) == []


def test_it_ends_when_its_parent_closes_the_line(tmp_path):
    with running(tmp_path, watch=True) as (process, _):
        process.stdin.close()
        code, seconds = wait(process)
    assert code == 0
    assert seconds < 3


def test_it_does_not_watch_a_parent_unless_asked_and_ends_at_ctrl_c(tmp_path):
    with running(tmp_path) as (process, url):
        process.stdin.close()
        assert httpx.get(f"{url}/health").is_success
        process.send_signal(signal.SIGINT)
        assert wait(process)[0] == 0


def test_a_port_that_is_taken_is_told_at_once():
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(OSError, match="in use"),
    ):
        serve(port=taken.getsockname()[1], key="k")
