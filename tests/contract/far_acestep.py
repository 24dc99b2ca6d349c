"""A server of ACE-Step far away: what is printed of it, and a provider at one that plays along."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from studio.providers.acestep import ACEStep
from studio.providers.wire import Wire

FOLDER = Path(__file__).parent / "samples" / "acestep"
KEY = "secret-key-1234"
BASE = "http://gpu.example:8001"
TASK = "550e8400-e29b-41d4-a716-446655440000"
BUSY = {"total": 3, "queued": 1, "running": 1, "succeeded": 1, "failed": 0}

Told = tuple[int, object]


@cache
def samples(kind: str) -> dict[str, dict[str, Any]]:
    """Return what is printed, by name: `answers` or `requests`."""
    return {
        path.stem: json.loads(path.read_text("utf-8"))
        for path in sorted((FOLDER / kind).glob("*.json"))
    }


def inside(data: object, **more: object) -> dict[str, object]:
    """Return an envelope."""
    return {"data": data, "code": 200, "error": None, "timestamp": 1, "extra": None} | more


def stats(seconds: float = 10.0, **jobs: int) -> Told:
    """Return the counters of a server."""
    return 200, inside({"jobs": BUSY | jobs, "queue_size": 1, "avg_job_seconds": seconds})


def told(*entries: dict[str, object], status: int = 0, task: str = TASK, **more: object) -> Told:
    """Return what is told of a task."""
    return 200, inside([{"task_id": task, "status": status, "result": json.dumps(entries), **more}])


class Far:
    """A provider at a server that answers by path; `calls` are what it was asked."""

    def __init__(self, key: str = KEY, **answers: Told) -> None:
        usual: dict[str, Told] = {
            "openapi.json": (200, {"paths": {"/release_task": {"post": {}}}}),
            "v1/model_inventory": (200, samples("answers")["inventory"]["body"]),
            "v1/stats": stats(),
            "release_task": (200, samples("answers")["released"]["body"]),
        }
        self.answers = usual | {name.replace("__", "/"): one for name, one in answers.items()}
        self.orders: list[Told] = []
        """Answers to one order after the other, if they differ."""
        self.calls: list[httpx.Request] = []
        transport = httpx.MockTransport(self._answer)
        self.provider = ACEStep(Wire(BASE, key, who=ACEStep.title, transport=transport))

    @property
    def paths(self) -> list[str]:
        """Paths in the order in which they were asked for."""
        return [call.url.path.lstrip("/") for call in self.calls]

    @property
    def order(self) -> httpx.Request:
        """The order that was sent, of which there was one."""
        [sent] = [call for call in self.calls if call.url.path == "/release_task"]
        return sent

    def _answer(self, call: httpx.Request) -> httpx.Response:
        call.read()
        self.calls.append(call)
        if self.orders and call.url.path == "/release_task":
            self.answers["release_task"] = self.orders.pop(0)
        status, body = self.answers.get(call.url.path.lstrip("/"), (404, {"detail": "Not Found"}))
        if isinstance(body, Exception):
            raise body
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return httpx.Response(status, content=content)


def form_of(call: httpx.Request) -> tuple[dict[str, str], dict[str, bytes]]:
    """Return the fields and the files of a form."""
    boundary = call.headers["content-type"].partition("boundary=")[2].encode()
    fields, files = {}, {}
    for part in call.content.split(b"--" + boundary)[1:-1]:
        head, _, value = part.strip(b"\r\n").partition(b"\r\n\r\n")
        name = head.partition(b'name="')[2].partition(b'"')[0].decode()
        if b'filename="' in head:
            files[name] = value
        else:
            fields[name] = value.decode()
    return fields, files
