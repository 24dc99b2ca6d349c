"""A real process with a real band, killed in the middle: the songs come all the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio.client import open_studio
from studio.jobs.model import State
from studio.settings import Settings

ROOT = Path(__file__).parents[2]
SCRIPT = """
import pathlib, sys
from studio.client import open_studio
from studio.settings import Settings
from studio.songs import CreateSong

def tell(job):
    print(job.id, job.state, bool(job.progress), flush=True)

with open_studio(Settings(data=pathlib.Path(sys.argv[1]))) as studio:
    request = CreateSong(style="folk", length=15, seed=3, instrumental=True)
    studio.wait(studio.submit(request).id, on_progress=tell)
"""


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_studio_killed_in_the_middle_of_a_song_finishes_it_after_the_restart(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as process:
        told = (line.split() for line in process.stdout)
        job_id = next(job for job, state, moved in told if state == "WORKING" and moved == "True")
        process.kill()
    with open_studio(Settings(data=tmp_path)) as studio:
        songs = studio.wait(job_id, timeout=150)
        assert [(song.take, song.seed, song.is_home) for song in songs] == [
            (1, 3, True),
            (2, 4, True),
        ]
        assert studio.job(job_id).state is State.DONE
        assert studio.songs().total == 2
