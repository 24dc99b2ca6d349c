"""The Gateway API far away: what is printed of it, and a provider at one that answers as wanted."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from studio.providers.gateway import GatewayAPI
from studio.providers.wire import Wire

FOLDER = Path(__file__).parent / "samples" / "gateway"
KEY = "secret-key-1234"
BASE = "https://api.example/api/v1"


@cache
def samples(kind: str) -> dict[str, dict[str, Any]]:
    """Return what is printed, by name: `answers` or `requests`."""
    return {
        path.stem: json.loads(path.read_text("utf-8"))
        for path in sorted((FOLDER / kind).glob("*.json"))
    }


def gateway(answer: Any) -> GatewayAPI:
    """Return the provider at a vendor that answers as the function `answer` says."""
    wire = Wire(
        BASE,
        KEY,
        who=GatewayAPI.title,
        transport=httpx.MockTransport(answer),
        key_header=GatewayAPI.key_header,
    )
    return GatewayAPI(wire)


def saying(status: int, body: object, *, headers: dict[str, str] | None = None) -> GatewayAPI:
    """Return the provider at a vendor that always says the same."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return gateway(lambda _: httpx.Response(status, content=content, headers=headers))
