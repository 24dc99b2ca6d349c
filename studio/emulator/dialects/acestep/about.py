"""About: what the server tells of itself, and which models it loads."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from studio.emulator.dialects.acestep.answers import fail, wrap
from studio.emulator.dialects.acestep.asking.fields import NEWER
from studio.emulator.dialects.acestep.asking.reading import read_fields
from studio.emulator.dialects.acestep.asking.schema import schema_of
from studio.emulator.dialects.acestep.desk import Desk
from studio.emulator.dialects.acestep.models import LM, chosen, inventory

VERSION = "1.5"
UNLOADED = "Failed to load the model: its weights are not there."


class About:
    """Where one asks about the server."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def health(self, _: Request) -> Response:
        """Tell that it is up."""
        told: dict[str, Any] = {"status": "ok", "service": "ACE-Step API", "version": VERSION}
        if self._desk.choices["build"] == NEWER:
            is_loaded = self._desk.choices["load"] == "works"
            told |= {
                "models_initialized": is_loaded,
                "llm_initialized": self._desk.has_lm,
                "loaded_model": self._desk.loaded[0] if is_loaded else None,
                "loaded_lm_model": LM if self._desk.has_lm else None,
                "gpus": [],
                "device_map": {},
            }
        return wrap(told, self._desk.now)

    async def schema(self, _: Request) -> Response:
        """Tell which routes and fields this build has."""
        return JSONResponse(schema_of(self._desk.choices["build"]))

    async def inventory(self, _: Request) -> Response:
        """Tell which models there are, and what each can do."""
        return wrap(inventory(self._desk.loaded, has_lm=self._desk.has_lm), self._desk.now)

    async def models(self, _: Request) -> Response:
        """Tell the models as another API does, whose router is mounted first."""
        listed = [
            {"id": name, "object": "model", "created": 0, "owned_by": "acestep"}
            for name in self._desk.loaded
        ]
        return JSONResponse({"object": "list", "data": listed})

    async def init(self, request: Request) -> Response:
        """Load a model."""
        asked = await read_fields(request)
        if self._desk.choices["load"] == "fails":
            raise fail(UNLOADED, self._desk.now)
        told = {
            "message": "Model initialization completed",
            "slot": asked.get("slot", 1),
            "loaded_model": chosen(str(asked.get("model", "")), self._desk.loaded),
            "loaded_lm_model": LM if self._desk.has_lm else None,
        }
        return wrap(told, self._desk.now)
