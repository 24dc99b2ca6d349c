"""Choices: how a vendor's servers differ, as switches that are turned while the emulator runs.

A tool of ours, that no vendor has.
"""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from studio.emulator.door import Operation, read_json


class Choices:
    """Switches by name, each with the ways in which it can stand."""

    def __init__(self, **ways: tuple[str, ...]) -> None:
        """Let each switch stand as the first of its ways says."""
        self._ways = ways
        self._now = {name: ways[name][0] for name in ways}

    def __getitem__(self, name: str) -> str:
        return self._now[name]

    @property
    def operations(self) -> tuple[Operation, ...]:
        """How they are looked at and turned."""
        return (
            Operation("switches", "GET", "/switches", self.tell, fidelity="ours"),
            Operation("turn-switches", "POST", "/switches", self.turn, fidelity="ours"),
        )

    async def tell(self, _: Request) -> Response:
        """Tell how each stands, and how it could."""
        return JSONResponse({"switches": self._now, "ways": self._ways})

    async def turn(self, request: Request) -> Response:
        """Turn some: all that are named, or none."""
        try:
            wished = await read_json(request)
            self._check(wished)
        except ValueError as unfit:
            return JSONResponse({"reason": str(unfit)}, 422)
        self._now.update(wished)
        return await self.tell(request)

    def _check(self, wished: Mapping[str, Any]) -> None:
        for name, way in wished.items():
            if way not in self._ways.get(name, ()):
                known = "; ".join(f"{each}: {', '.join(ways)}" for each, ways in self._ways.items())
                raise ValueError(f"No switch {name!r} stands as {way!r}. There are {known}.")
