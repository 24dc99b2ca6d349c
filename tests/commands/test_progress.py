"""The line that says how far a job is."""

import io
from datetime import UTC, datetime

import pytest

from studio.commands.progress import ProgressLine, describe
from studio.jobs.model import Job, State
from studio.songs import CreateSong

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def job(**facts):
    request = CreateSong(style="pop")
    base = {"id": "j", "key": "k", "connection": "house band", "kind": "house_band"}
    return Job(**{**base, "request": request, "due_at": NOW, "created_at": NOW, **facts})


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({}, "Waiting to be sent"),
        ({"reason": "Aurora is busy."}, "Aurora is busy."),
        ({"state": State.WORKING}, "Being made"),
        (
            {"state": State.WORKING, "doing": "Singing", "progress": 0.426, "left": 5.6},
            "Singing · 43% · about 6 s left",
        ),
        ({"state": State.FETCHING}, "Coming home"),
        ({"state": State.DONE}, ""),
    ],
)
def test_the_line_says_only_what_is_known(facts, line):
    assert describe(job(**facts)) == line


def test_the_line_is_rewritten_in_place_and_left_empty():
    terminal = Terminal()
    line = ProgressLine(terminal)
    line.show(job())
    line.show(job())
    line.clear()
    assert terminal.getvalue() == "\r\x1b[2KWaiting to be sent\r\x1b[2K"


def test_the_line_fits_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "10")
    terminal = Terminal()
    ProgressLine(terminal).show(job(reason="A reason that is longer than that."))
    assert terminal.getvalue() == "\r\x1b[2KA reason "


def test_a_pipe_is_told_only_what_hinders_and_once():
    pipe = io.StringIO()
    line = ProgressLine(pipe)
    line.show(job())
    line.show(job(reason="Aurora is busy."))
    line.show(job(reason="Aurora is busy."))
    line.clear()
    assert pipe.getvalue() == "Aurora is busy.\n"


def test_a_vendor_cannot_command_the_terminal():
    terminal = Terminal()
    ProgressLine(terminal).show(job(reason="one\x1b[31m\ntwo"))
    assert terminal.getvalue() == "\r\x1b[2Kone [31m two"
