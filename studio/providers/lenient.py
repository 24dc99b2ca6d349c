"""Lenient types: for members of an answer whose type a vendor wavers about.

What is not as it should be is read as empty or unknown, never as a fault of the whole answer: one
odd number must not cost somebody a song that is paid for.
"""

from typing import Annotated, Any

from pydantic import BeforeValidator, RootModel

_LARGEST = 10**18
"""More digits are no id, and Python would refuse to write millions of them."""


def as_text(value: object) -> str:
    """Read a text without blanks around it, a whole number as one, and all else as empty."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < _LARGEST else ""
    return value.strip() if isinstance(value, str) else ""


def as_number(value: object) -> float | None:
    """Read `179`, `104.88`, `"104.88"`, and all else, negative ones too, as unknown."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if 0 <= number < float("inf") else None


def as_link(value: object) -> str | None:
    """Read a link to the web; what is none, is none."""
    text = as_text(value)
    return text if text.startswith(("http://", "https://")) else None


def as_objects(value: object) -> list[dict[str, Any]]:
    """Read a list of objects, or one object as a list of it; what is none is left out."""
    listed = value if isinstance(value, list) else [value]
    return [item for item in listed if isinstance(item, dict)]


Text = Annotated[str, BeforeValidator(as_text)]
Number = Annotated[float | None, BeforeValidator(as_number)]
Link = Annotated[str | None, BeforeValidator(as_link)]
Objects = Annotated[list[dict[str, Any]], BeforeValidator(as_objects)]


class Anything(RootModel[Any]):
    """A body of whatever shape, as long as it is JSON."""
