"""Callbacks over HTTP: what is told twice, or of nothing we know, is well received and ignored."""

import logging

import pytest
import uvicorn

from studio import server
from studio.errors import AnswerUnreadable, NotTaken
from studio.routes import strangers
from tests.client.aurora import Aurora
from tests.server.test_strangers import PUBLIC, door_of, outside, signed, working

__all__ = ["outside", "working"]


@pytest.fixture
def tell(outside, client):
    """Call the studio as the vendor does."""

    def tell(body):
        headers = {**PUBLIC, **signed(outside)}
        return client.ask("POST", door_of(outside), headers=headers, content=body)

    return tell


def test_what_is_told_twice_is_received_and_read_once(outside, tell, working):
    assert [tell(b"n1").status_code for _ in range(3)] == [200] * 3
    jobs = outside.studio._room.jobs
    jobs.save(jobs.get(working.id).model_copy(update={"news": None}), was=working.state, heard=True)
    assert jobs.get(working.id).news is None


def test_what_is_told_of_work_that_nobody_knows_is_received_and_forgotten(outside, tell):
    assert tell(b"n1").status_code == 200
    assert outside.studio.jobs() == []


def test_a_call_that_nobody_can_read_is_not_asked_for_again(outside, tell, working, monkeypatch):
    def hear(*_):
        raise AnswerUnreadable("This says nothing.")

    monkeypatch.setattr(Aurora, "hear", hear)
    assert tell(b"\xff{").status_code == 200
    assert outside.studio.job(working.id).news is None


def test_a_call_that_cannot_be_heard_now_is_asked_for_again(outside, tell, working, monkeypatch):
    def hear(*_):
        raise NotTaken("The emulator does not start.")

    monkeypatch.setattr(Aurora, "hear", hear)
    assert tell(b"n1").status_code == 503


def test_a_call_may_be_so_long_and_no_longer(tell, monkeypatch):
    monkeypatch.setattr(strangers, "LARGEST_CALL_BYTES", 10)
    assert [tell(bytes(size)).status_code for size in (10, 11)] == [200, 413]


def test_the_addresses_that_are_called_are_in_no_log_of_the_server(tmp_path, monkeypatch):
    """The secret is a part of the address."""
    made = []
    config = uvicorn.Config
    monkeypatch.setattr(uvicorn, "Config", lambda *a, **o: made.append(config(*a, **o)) or made[0])
    monkeypatch.setattr(uvicorn.Server, "run", lambda _, sockets: sockets[0].close())
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path))
    monkeypatch.setattr(server, "configure", lambda *_: None)
    server.serve(port=0, data=tmp_path, open_browser=False)
    assert made[0].access_log is False
    assert not logging.getLogger("uvicorn.access").handlers
