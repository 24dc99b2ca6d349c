"""sunoapi.org far away: what its pages print, and a provider at one that says what a test wants."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from pydantic import TypeAdapter

from studio.providers.materials import Callback, Material, Materials
from studio.providers.sunoapi import SunoAPI
from studio.providers.wire import Wire
from studio.songs import OWN, Attached, Attachment, Song, SongRequest

FOLDER = Path(__file__).parent / "samples" / "sunoapi"
KEY = "secret-key-1234"
HOME = "https://api.example"
UPLOADS = "https://uploads.example"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TASK = "5c79a2b1d3e4f5061728394a5b6cbe8e"
SOUND = "e231f8a4-0c1b-4d55-9a0e-1c2d3e4f5a6b"
OTHER = "bd15c9f2-7e6d-4c3b-8a19-0f1e2d3c4b5a"
MADE = f"{TASK}/{SOUND}"
LINK = "https://tempfile.redpandaai.co/kieai/12345/woodshed/1763726400123-abcdefghijk.mp3"
SECOND_LINK = "https://tempfile.redpandaai.co/kieai/12345/woodshed/second.mp3"
NOWHERE = "https://callback.invalid/"
ANY_REQUEST: TypeAdapter[Any] = TypeAdapter(SongRequest)


@cache
def samples(kind: str) -> dict[str, dict[str, Any]]:
    """Return what the pages print, by name: `answers` or `calls`."""
    return {
        path.stem: json.loads(path.read_text("utf-8"))
        for path in sorted((FOLDER / kind).glob("*.json"))
    }


def asked(**members: Any) -> Any:
    """Return a request of whatever ability."""
    return ANY_REQUEST.validate_python(members)


def song(**members: Any) -> Song:
    """Return a song that somebody brought."""
    usual = {
        "id": "song",
        "title": "Blue Train",
        "style": "slow blues",
        "lyrics": "[Verse]\nOld words",
        "length": 120.0,
        "made_at": NOW,
        "connection": "",
        "kind": OWN,
        "job": "song",
    }
    return Song(**usual | members)


def attachment(kind: Attached, **members: Any) -> Attachment:
    """Return something that was found out about the song."""
    usual = {"id": "a", "song": "song", "kind": kind, "connection": "c", "job": "j"}
    return Attachment(**usual | {"made_at": NOW} | members)


def made(
    remote: str = MADE,
    *,
    model: str | None = None,
    since: datetime = NOW,
    attachments: tuple[Attachment, ...] = (),
    **members: Any,
) -> Material:
    """Return a song that the vendor made."""
    request = asked(ability="create", style="pop", model=model)
    usual = {"connection": "c", "kind": "sunoapi", "remote": remote, "request": request}
    return Material(
        song=song(**usual | members),
        remote=remote,
        there_since=since,
        file=FOLDER / "answers" / "uploaded.json",
        attachments=attachments,
    )


def brought(
    link: str = LINK, *, since: datetime = NOW, more: tuple[Attachment, ...] = (), **members: Any
) -> Material:
    """Return a sound of one's own that was uploaded."""
    upload = attachment(Attached.UPLOAD, remote=link, made_at=since)
    return Material(
        song=song(**members),
        remote=link,
        is_upload=True,
        there_since=since,
        file=FOLDER / "answers" / "uploaded.json",
        attachments=(*more, upload),
    )


def away(**members: Any) -> Material:
    """Return a sound of one's own that the vendor does not have."""
    return Material(song=song(**members), file=FOLDER / "answers" / "uploaded.json")


def split(task: str = "stem-task", *, since: datetime = NOW, name: str = "Vocals") -> Attachment:
    """Return a stem that the vendor took out of the song."""
    return attachment(Attached.STEM, name=name, remote=f"{task}/stem-1", made_at=since)


def materials(*songs: Material, **members: Any) -> Materials:
    """Return what a request works with."""
    return Materials(songs=songs, gathered_at=NOW, **members)


def everything() -> Materials:
    """Return materials with which any request can be sent."""
    upload = attachment(Attached.UPLOAD, remote=LINK)
    known = (upload, split())
    return materials(made(attachments=known), made(attachments=known, id="other"), phrase="phrase")


def callback(url: str = "https://studio.example/callbacks/c/s") -> Callback:
    """Return where the vendor may call back."""
    return Callback(url=url, secret="a-callback-secret")


def vendor(
    status: int,
    body: object,
    *,
    edition: str | None = None,
    headers: dict[str, str] | None = None,
) -> SunoAPI:
    """Return the provider at a vendor that always says the same."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=content, headers=headers)

    return provider(answer, edition)


def sent(
    request: Any, works_with: Materials, *, edition: str | None = None
) -> tuple[str, dict[str, Any]]:
    """Return the path and the body that go out for a request."""
    calls = []

    def answer(call: httpx.Request) -> httpx.Response:
        assert call.headers["Authorization"] == f"Bearer {KEY}"
        assert (call.method, call.url.host) == ("POST", "api.example")
        calls.append((call.url.path.removeprefix("/api/v1/"), json.loads(call.content)))
        return httpx.Response(200, json={"code": 200, "msg": "success", "data": DOES})

    provider(answer, edition).start(request, works_with)
    assert len(calls) == 1
    return calls[0]


DOES = {"taskId": TASK, "personaId": "p", "result": "pop", "alignedWords": []}
"""What makes one answer do for every endpoint."""


def provider(answer: Any, edition: str | None = None) -> SunoAPI:
    """Return the provider at a vendor that answers as `answer` does."""
    wire = Wire(
        HOME,
        KEY,
        who="sunoapi.org",
        transport=httpx.MockTransport(answer),
        branches={"upload": UPLOADS},
    )
    return SunoAPI.edition(edition)(wire)
