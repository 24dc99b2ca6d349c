"""The workshop: a result is whole or not there, work can be stopped, a lost worker is replaced."""

import multiprocessing
import os
import signal
import threading
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor

import numpy as np
import pytest

from studio.audio.files import read, write
from studio.audio.samples import RATE
from studio.audio.tool import Options, Tool
from studio.audio.work import Cancelled
from studio.engine import workshop
from studio.engine.brief import Brief
from studio.engine.played import Plan, PlayedTool, perform_alone
from studio.engine.pool import Pool
from studio.engine.singing import count_syllables
from studio.engine.workshop import Errand, use
from studio.engine.writing import arrange
from studio.errors import NotFound, ToolUnfit
from tests.emulator.fakes import nothing


class Threads:
    """Workers that live in this process."""

    def __init__(self):
        self.executor = ThreadPoolExecutor(2)
        self.replaced = 0

    def replace(self, broken):
        assert broken is self.executor
        self.executor = ThreadPoolExecutor(2)
        self.replaced += 1


@pytest.fixture
def sound(tmp_path):
    path = tmp_path / "hum.wav"
    tone = 0.2 * np.sin(np.arange(3 * RATE) * 0.05)
    write(path, np.array([tone, tone], np.float32), RATE)
    return path


@pytest.fixture
def tool(monkeypatch):
    """Let the only tool be one that does as it is told."""

    def make(run, **changes):
        made = Tool(Options, run, **changes)
        monkeypatch.setattr(workshop, "find", lambda _name: made)
        return made

    return make


def errand(sound, out):
    return Errand("a tool", (sound,), Options(), out)


def left_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_result_lies_where_it_was_wanted_and_nothing_else_does(tool, sound, tmp_path):
    tool(lambda sounds, _o, out, _w: {"bytes": out.write_bytes(sounds[0].read_bytes())})
    facts = use(errand(sound, tmp_path / "out.wav"), workers=Threads())
    assert facts == {"bytes": sound.stat().st_size}
    assert left_in(tmp_path) == ["hum.wav", "out.wav"]


def test_many_results_lie_in_one_folder_beside_what_was_there(tool, sound, tmp_path):
    def two(_sounds, _options, out, _work):
        for name in ("a", "b"):
            (out / name).touch()
        return {}

    tool(two, many=True)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old").touch()
    use(errand(sound, tmp_path / "out"), workers=Threads())
    assert left_in(tmp_path / "out") == ["a", "b", "old"]


def test_a_tool_that_fails_half_way_leaves_nothing_behind(tool, sound, tmp_path):
    def fail(_sounds, _options, out, _work):
        out.write_bytes(b"half")
        raise ToolUnfit("This cannot be done. Do another thing.")

    tool(fail)
    with pytest.raises(ToolUnfit, match="cannot be done"):
        use(errand(sound, tmp_path / "out.wav"), workers=Threads())
    assert left_in(tmp_path) == ["hum.wav"]


def test_what_lay_there_before_stays_when_a_tool_fails(tool, sound, tmp_path):
    def fail(*_):
        raise ToolUnfit("No.")

    tool(fail)
    (tmp_path / "out.wav").write_text("precious")
    with pytest.raises(ToolUnfit):
        use(errand(sound, tmp_path / "out.wav"), workers=Threads())
    assert (tmp_path / "out.wav").read_text() == "precious"


def test_work_that_is_cancelled_stops_and_leaves_nothing(tool, sound, tmp_path):
    began, stopped = threading.Event(), threading.Event()

    def long(_sounds, _options, out, work):
        out.write_bytes(b"half")
        began.set()
        try:
            while True:
                work.at(0.5)
        except Cancelled:
            stopped.set()
            raise

    tool(long)
    with pytest.raises(Cancelled):
        use(errand(sound, tmp_path / "out.wav"), workers=Threads(), cancelled=began.is_set)
    assert stopped.wait(10)
    assert left_in(tmp_path) == ["hum.wav"]


def test_progress_rises_to_the_end(tool, sound, tmp_path):
    news = []

    def slow(_sounds, _options, out, work):
        for share in range(10):
            work.at(share / 10, "kneading")
        out.touch()
        return {}

    tool(slow)
    use(errand(sound, tmp_path / "out.wav"), workers=Threads(), report=news.append)
    shares = [report.progress for report in news]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_worker_that_breaks_is_replaced_and_the_work_repeated(tool, sound, tmp_path):
    times = []

    def break_once(_sounds, _options, out, _work):
        times.append(1)
        if len(times) == 1:
            raise BrokenExecutor
        out.touch()
        return {"times": len(times)}

    tool(break_once)
    workers = Threads()
    assert use(errand(sound, tmp_path / "out.wav"), workers=workers) == {"times": 2}
    assert workers.replaced == 1


def test_work_is_repeated_no_more_than_once(tool, sound, tmp_path):
    def break_always(*_):
        raise BrokenExecutor

    tool(break_always)
    workers = Threads()
    with pytest.raises(ToolUnfit, match=r"broke down twice on hum\.wav"):
        use(errand(sound, tmp_path / "out.wav"), workers=workers)
    assert workers.replaced == 2


def test_a_tool_that_needs_no_sound_breaks_down_in_a_sentence_too(tool, tmp_path):
    def break_always(*_):
        raise BrokenExecutor

    tool(break_always, sounds=(0, 0))
    with pytest.raises(ToolUnfit, match="broke down twice, perhaps"):
        use(Errand("a tool", (), Options(), tmp_path / "out.wav"), workers=Threads())


@pytest.mark.enable_socket  # the server that forks workers is reached by a Unix socket
def test_a_process_that_is_killed_at_work_is_replaced(sound, tmp_path):
    pool = Pool(workers=1, begin=nothing)
    killed = []

    def kill_first(_news):
        if not killed:
            killed.extend(worker.pid for worker in multiprocessing.active_children())
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    options = workshop.find("trim").options.model_validate({"start_seconds": 1.0})
    wanted = Errand("trim", (sound,), options, tmp_path / "out.wav")
    try:
        use(wanted, workers=pool, report=kill_first)
    finally:
        pool.close()
    assert killed
    assert read(tmp_path / "out.wav")[0].shape == (2, 2 * RATE)


@pytest.mark.parametrize(("count", "said"), [(0, "takes 1 sounds, and got 0"), (2, "got 2")])
def test_the_wrong_number_of_sounds_is_said(tool, sound, tmp_path, count, said):
    tool(lambda *_: {})
    wanted = Errand("a tool", (sound,) * count, Options(), tmp_path / "out.wav")
    with pytest.raises(ToolUnfit, match=said):
        use(wanted, workers=Threads())


def test_a_tool_that_nobody_knows_is_said_with_those_that_are_there():
    with pytest.raises(NotFound, match=r"There is no tool “polish”.*stems"):
        workshop.find("polish")


@pytest.mark.parametrize("name", workshop.names())
def test_every_tool_that_is_listed_is_there_and_says_what_its_options_mean(name):
    tool = workshop.find(name)
    unsaid = [f for f, info in tool.options.model_fields.items() if not info.description]
    assert unsaid == []
    assert workshop.names()[name].endswith(".")


@pytest.mark.enable_socket
def test_what_the_band_plays_in_processes_is_what_it_plays_alone(sound, tmp_path, monkeypatch):
    """A tool that adds up what was played: the same samples, whoever played them."""
    score = arrange(
        Brief(style="folk", lyrics="[Verse]\nla la", length_seconds=15),
        1,
        syllables=count_syllables,
    )

    def add_up(_sounds, _options, _plan, stems, out, _work):
        np.save(out, sum(stems.values()))
        return {"stems": list(stems)}

    tool = PlayedTool(Options, lambda *_: Plan(score), add_up, makes=".npy")
    monkeypatch.setattr(workshop, "find", lambda _name: tool)
    together = use(errand(sound, tmp_path / "together.npy"), workers=Threads())
    alone = perform_alone(tool, (sound,), Options(), tmp_path / "alone.npy")
    assert together == alone
    assert np.allclose(np.load(tmp_path / "together.npy"), np.load(tmp_path / "alone.npy"))
