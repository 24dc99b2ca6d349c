"""The AI Music API far away: what it prints, and a provider at one that says what a test wants."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from pydantic import TypeAdapter

from studio.providers.aimusicapi import AIMusicAPI
from studio.providers.materials import Callback, Material, Materials
from studio.providers.wire import Wire
from studio.songs import OWN, Attached, Attachment, Song, SongRequest

FOLDER = Path(__file__).parent / "samples" / "aimusicapi"
KEY = "secret-key-1234"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LINK = "https://studio.example/published/abc.mp3"
ANY_REQUEST: TypeAdapter[Any] = TypeAdapter(SongRequest)


@cache
def samples(kind: str) -> dict[str, dict[str, Any]]:
    """Return what the pages print, by name: `answers` or `requests`."""
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


def material(
    remote: str | None = None,
    *,
    is_upload: bool = False,
    since: datetime | None = None,
    attachments: tuple[Attachment, ...] = (),
    link: str = LINK,
    **members: Any,
) -> Material:
    """Return a song as the provider can get at it: there under an id, or only at a link."""
    return Material(
        song=song(**members),
        remote=remote,
        is_upload=is_upload,
        there_since=since,
        publish=lambda: link,
        attachments=attachments,
    )


def attachment(kind: Attached, **members: Any) -> Attachment:
    """Return something that was found out about the song."""
    usual = {"id": "a", "song": "song", "kind": kind, "connection": "c", "job": "j"}
    return Attachment(**usual | {"made_at": NOW} | members)


def materials(*songs: Material, **members: Any) -> Materials:
    """Return what a request works with."""
    return Materials(songs=songs, gathered_at=NOW, **members)


def vendor(status: int, body: object, *, headers: dict[str, str] | None = None) -> AIMusicAPI:
    """Return the provider at a vendor that always says the same."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=content, headers=headers)

    return _provider(answer)


def sent(request: Any, works_with: Materials) -> tuple[str, dict[str, Any]]:
    """Return the path and the body that go out for a request."""
    calls = []

    def answer(call: httpx.Request) -> httpx.Response:
        assert call.headers["Authorization"] == f"Bearer {KEY}"
        assert call.method == "POST"
        calls.append((call.url.path.removeprefix("/api/v1/"), json.loads(call.content)))
        return httpx.Response(202, json={"task_id": "t", "clip_id": "c", "persona_id": "p"} | EXTRA)

    _provider(answer).start(request, works_with)
    assert len(calls) == 1
    return calls[0]


EXTRA = {
    "results": [{"lyrics": "la"}],
    "upsampled_tags": "pop",
    "avg_bpm": 90,
    "vox_audio_id": "v",
    "wav_url": "https://x.example/a.wav",
}
"""What makes one answer do for every endpoint."""


def callback(url: str = "https://studio.example/callbacks/c/s") -> Callback:
    """Return where the vendor may call back."""
    return Callback(url=url, secret="a-callback-secret")


def _provider(answer: Any) -> AIMusicAPI:
    transport = httpx.MockTransport(answer)
    return AIMusicAPI(Wire("https://api.example", KEY, who="AI Music API", transport=transport))
