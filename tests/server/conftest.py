"""Our addresses behind our guards, spoken to without a network, on a fresh data folder."""

import asyncio
from collections.abc import AsyncIterable, Mapping
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import ASGIApp

from studio.routes import routes
from studio.server import middleware
from tests.pages.conftest import house, sound

__all__ = ["client", "house", "sound"]


class Client:
    """Asks an application for one thing at a time."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return self.ask("GET", address, headers=dict(headers or {}))

    def ask(self, method: str, address: str, **what: Any) -> httpx.Response:
        return asyncio.run(self.asked(method, address, **what))

    async def asked(
        self,
        method: str,
        address: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | AsyncIterable[bytes] = b"",
        base: str = "http://127.0.0.1:8501",
    ) -> httpx.Response:
        wire = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=wire, base_url=base) as client:
            return await client.request(method, address, headers=headers, content=content)


@pytest.fixture
def client(house) -> Client:
    return Client(Starlette(routes=routes(), middleware=middleware()))
