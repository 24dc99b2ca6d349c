"""Answers: the five envelopes in which sonic says that something went well.

Which call has which is documented, and is no order of anybody's making.
"""

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from studio.emulator.dialects.aimusicapi.errors import NOT_READY

SUCCESS = "success"


def submitted(task_id: str) -> Response:
    """Answer that work was taken: without the `code` that the schema promises."""
    return JSONResponse({"message": SUCCESS, "task_id": task_id})


def data(content: Any) -> Response:
    """Answer with what was asked for."""
    return JSONResponse({"code": 200, "data": content, "message": SUCCESS})


def data_without_code(content: Any) -> Response:
    """Answer as `wav` does."""
    return JSONResponse({"message": SUCCESS, "data": content})


def flat(**content: Any) -> Response:
    """Answer with what was asked for beside the code."""
    return JSONResponse({"code": 200, **content, "message": SUCCESS})


def bare(content: Mapping[str, Any]) -> Response:
    """Answer with nothing around it."""
    return JSONResponse(content)


def not_ready() -> Response:
    """Answer that it is too early."""
    return JSONResponse({"code": 202, "type": "not_ready", "error": NOT_READY}, 202)
