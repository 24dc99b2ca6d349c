"""The switchboard: faults over HTTP, a tool of ours that no vendor has."""

from collections.abc import Iterable

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from studio.emulator.combinations import check
from studio.emulator.door import Dialect, has_key
from studio.emulator.faults import Fault, Faults


class Switchboard:
    """Shows the faults that are on, adds one, or clears them all."""

    def __init__(self, faults: Faults, dialects: Iterable[Dialect], *, key: str) -> None:
        self._faults = faults
        self._dialects = {dialect.name: dialect for dialect in dialects}
        self._key = key

    async def answer(self, request: Request) -> Response:
        """Serve GET, POST and DELETE."""
        if not has_key(request, self._key):
            return JSONResponse({"reason": "This needs the emulator's key."}, 401)
        try:
            if request.method == "POST":
                self._faults.add(self._read(await request.body()))
        except ValueError as unfit:
            return JSONResponse({"reason": str(unfit)}, 422)
        if request.method == "DELETE":
            self._faults.clear()
        return JSONResponse({"faults": [fault.model_dump() for fault in self._faults]})

    def _read(self, body: bytes) -> Fault:
        try:
            fault = Fault.model_validate_json(body)
        except ValidationError as unfit:
            first = unfit.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"]) or "the whole"
            raise ValueError(
                f"This switch does not fit: {where} is {first['input']!r}. {first['msg']}."
            ) from unfit
        dialect = self._dialects.get(fault.dialect)
        if dialect is None:
            raise ValueError(f"No dialect {fault.dialect!r}. Use one of {sorted(self._dialects)}.")
        check(fault, dialect)
        return fault
