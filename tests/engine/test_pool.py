import os
import signal
import subprocess
import sys
import textwrap
from concurrent.futures.process import BrokenProcessPool

import psutil
import pytest

from studio.engine.pool import Pool
from tests.emulator.fakes import nothing


@pytest.fixture
def pool():
    pool = Pool(workers=1, begin=nothing)
    yield pool
    pool.close()


@pytest.mark.enable_socket  # the server that forks workers is reached by a Unix socket
def test_workers_that_died_are_replaced_and_the_rest_works_on(pool):
    first = pool.executor
    worker = first.submit(os.getpid).result()
    os.kill(worker, signal.SIGKILL)
    with pytest.raises(BrokenProcessPool):
        first.submit(os.getpid).result(timeout=30)
    pool.replace(first)
    assert pool.executor.submit(os.getpid).result() != worker


@pytest.mark.enable_socket
def test_only_the_broken_workers_are_replaced(pool):
    broken, good = Pool(workers=1, begin=nothing).executor, pool.executor
    pool.replace(broken)
    assert pool.executor is good


def test_workers_do_not_outlive_a_parent_that_was_killed():
    script = textwrap.dedent("""
        import os, sys
        from studio.engine.pool import Pool
        from tests.emulator.fakes import nothing
        if __name__ == "__main__":
            pool = Pool(workers=1, begin=nothing)
            print(pool.executor.submit(os.getpid).result(), flush=True)
            sys.stdin.read()
    """)
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        worker = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    assert psutil.wait_procs([worker], timeout=30)[1] == []
