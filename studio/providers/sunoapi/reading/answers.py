"""Answers as they travel: read leniently, since one field has many names and types here.

A look is answered in camelCase and a call is told in snake_case, so all names are made the second
before anything is read. Unknown members are ignored.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator

from studio.providers.lenient import as_number, as_text
from studio.providers.wire import Answer

WHO = "sunoapi.org"
OK = 200
RUNNING = 201
"""What the look at a recovery says while it lasts."""
TAKEN = frozenset({OK, RUNNING, 202})
DEEPEST = 12
"""How far down names are changed; what the vendor tells is half as deep."""
_HUMP = re.compile(r"(?<=[a-z0-9])([A-Z])")
_MILLISECONDS_SINCE = 100_000_000_000


def named(value: Any, depth: int = DEEPEST) -> Any:
    """Return what was told with all names in snake_case; an empty twin of a name is dropped."""
    if depth == 0:
        return value
    if isinstance(value, list):
        return [named(one, depth - 1) for one in value]
    if not isinstance(value, dict):
        return value
    members: dict[str, Any] = {}
    for name, inner in value.items():
        key = _HUMP.sub(r"_\1", name).lower()
        if inner not in (None, "") or key not in members:
            members[key] = named(inner, depth - 1)
    return members


def told_by(answer: Answer) -> dict[str, Any]:
    """Return the members of an answer, in snake_case."""
    told: dict[str, Any] = named(answer.members())
    return told


def code_of(answer: Answer, told: Mapping[str, Any]) -> int:
    """Return the code: it travels in the body, mostly under a status that calls itself fine."""
    code = as_whole(told.get("code"))
    if code is None or (code == OK and answer.status >= 400):  # noqa: PLR2004 - errors
        return answer.status
    return code


def as_object(value: object) -> dict[str, Any]:
    """Read anything but an object as an empty one."""
    return value if isinstance(value, dict) else {}


def as_whole(value: object) -> int | None:
    """Read a whole number, also where it is written as a text."""
    number = as_number(value)
    return int(number) if number is not None and number == int(number) else None


def as_link(value: object) -> str | None:
    """Read a link to the web; a space in a file's name is sent raw here."""
    text = as_text(value).replace(" ", "%20")
    return text if text.startswith(("http://", "https://")) else None


def as_moment(value: object) -> datetime | None:
    """Read when something was made: milliseconds since 1970, or a date with a time."""
    number = as_number(value)
    try:
        if number is not None:
            seconds = number / 1000 if number > _MILLISECONDS_SINCE else number
            return datetime.fromtimestamp(seconds, UTC)
        moment = datetime.fromisoformat(as_text(value))
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def first_link(*values: object) -> str | None:
    """Return the first that is a link."""
    return next((link for link in map(as_link, values) if link), None)


Link = Annotated[str | None, BeforeValidator(as_link)]
