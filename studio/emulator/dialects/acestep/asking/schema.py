"""The schema: which routes and fields a build has, as OpenAPI. Clients probe it.

A framework writes it from its code; the server itself reads bodies by hand, and says of them what
stands in its documents.
"""

from collections.abc import Mapping
from typing import Any

from studio.emulator.dialects.acestep.asking.fields import FORK, NEWER, fields_of
from studio.emulator.dialects.acestep.asking.reading import PARTS

ROUTES: tuple[tuple[str, str, frozenset[str] | None], ...] = (
    ("/release_task", "post", None),
    ("/query_result", "post", None),
    ("/v1/audio", "get", None),
    ("/health", "get", None),
    ("/v1/stats", "get", None),
    ("/v1/models", "get", None),
    ("/v1/model_inventory", "get", frozenset({NEWER})),
    ("/v1/init", "post", frozenset({NEWER})),
    ("/format_input", "post", None),
    ("/create_random_sample", "post", None),
    ("/cancel_task", "post", frozenset({FORK})),
)
"""Path, method, and which builds have it; `None` for all."""
RELEASE = "ReleaseTaskRequest"


def schema_of(build: str) -> dict[str, Any]:
    """Return the document of a build."""
    paths = {
        path: {method: _operation(path)}
        for path, method, builds in ROUTES
        if builds is None or build in builds
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "ACE-Step API", "version": "1.5"},
        "paths": paths,
        "components": {"schemas": {RELEASE: _release(build)}},
    }


def _operation(path: str) -> dict[str, Any]:
    answers: dict[str, Any] = {"responses": {"200": {"description": "Successful Response"}}}
    if path != "/release_task":
        return answers
    body = {"schema": {"$ref": f"#/components/schemas/{RELEASE}"}}
    kinds = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data")
    return answers | {"requestBody": {"content": dict.fromkeys(kinds, body)}}


def _release(build: str) -> Mapping[str, Any]:
    fields: dict[str, Any] = {
        field.name: {"type": field.type, "default": field.default} for field in fields_of(build)
    }
    files = {name: {"type": "string", "format": "binary"} for ns in PARTS.values() for name in ns}
    return {"type": "object", "properties": fields | files}
