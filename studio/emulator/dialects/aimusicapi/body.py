"""A body: the fields of a request, read as the vendor reads them.

Each reader returns what stands under a name, or refuses it in the vendor's words. Names that nobody
asks for are ignored, and so are nulls. The texts about fields of a wrong type are guessed.
"""

from collections.abc import Mapping
from math import isfinite
from typing import Any, Literal

from starlette.requests import Request

from studio.emulator.dialects.aimusicapi.errors import unfit
from studio.emulator.door import read_json

LONGEST_LINK = 2048
_BRANDS = ("sonic", "chirp")


class Body:
    """What a caller sent."""

    def __init__(self, sent: Mapping[str, Any]) -> None:
        self._sent = sent

    @property
    def sent(self) -> Mapping[str, Any]:
        """All of it, as it came."""
        return self._sent

    def has(self, name: str) -> bool:
        """Whether there is anything under a name."""
        return self._sent.get(name) is not None

    def text(self, name: str) -> str:
        """Return a text, empty if there is none."""
        value = self._sent.get(name)
        if not isinstance(value, str | None):
            raise unfit(f"The '{name}' field should be string.")
        return value or ""

    def needed(self, name: str) -> str:
        """Return a text that has to be there."""
        value = self.text(name).strip()
        if not value:
            raise unfit(f"The '{name}' field is required.")
        return value

    def flag(self, name: str) -> bool:
        """Return a boolean, false if there is none."""
        value = self._sent.get(name)
        if not isinstance(value, bool | None):
            raise unfit(f"The '{name}' field should be boolean.")
        return bool(value)

    def needed_flag(self, name: str) -> bool:
        """Return a boolean that has to be there."""
        if not self.has(name):
            raise unfit(f"The '{name}' field should be boolean.")
        return self.flag(name)

    def weight(self, name: str) -> float | None:
        """Return a number from 0 to 1."""
        match self._sent.get(name):
            case None:
                return None
            case bool():
                pass
            case int() | float() as weight if 0 <= weight <= 1:
                return weight
        raise unfit(f"The '{name}' field should be a number between 0 and 1.")

    def seconds(self, name: str) -> float | None:
        """Return a number of seconds, 0 or more."""
        match self._sent.get(name):
            case None:
                return None
            case bool():
                pass
            case int() | float() as seconds if isfinite(seconds) and seconds >= 0:
                return float(seconds)
        raise unfit(f"The '{name}' field should be a number of seconds.")

    def window(self, start: str, end: str) -> tuple[float | None, float | None]:
        """Return the seconds at which a window begins and ends, each if it is said."""
        begins, ends = self.seconds(start), self.seconds(end)
        if ends is not None and ends <= (begins or 0.0):
            raise unfit(f"The '{end}' field should be greater than '{start}'.")
        return begins, ends

    def choice(self, name: str, *choices: str) -> str | None:
        """Return one of a few words, or `None` if there is none."""
        value = self._sent.get(name)
        if value is None or value == "":
            return None
        if value not in choices:
            told = ", ".join(f"'{choice}'" for choice in choices[:-1])
            raise unfit(f"The '{name}' field should be {told} or '{choices[-1]}'.")
        return str(value)

    def link(self, name: str) -> str:
        """Return an address that has to be there."""
        link = self.needed(name)
        if not link.startswith(("http://", "https://")) or len(link) > LONGEST_LINK:
            raise unfit(f"The '{name}' field should be a valid URL.")
        return link

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, empty if there is none."""
        values = self._sent.get(name)
        if values is None:
            return ()
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise unfit(f"The '{name}' field should be an array of strings.")
        return tuple(values)

    def model(self) -> str:
        """Return the name of a model without its brand, empty if it has none of ours."""
        brand, _, model = str(self._sent.get("mv")).partition("-")
        return model if brand in _BRANDS else ""

    def gender(self) -> Literal["f", "m"] | None:
        """Return who should sing."""
        match self.choice("vocal_gender", "f", "m"):
            case "f":
                return "f"
            case "m":
                return "m"
            case _:
                return None


async def read_body(request: Request) -> Body:
    """Read the body of a request.

    Raises
    ------
    TurnedAway
        If it is no JSON object.
    """
    try:
        return Body(await read_json(request))
    except ValueError as unreadable:
        raise unfit(str(unreadable)) from unreadable
