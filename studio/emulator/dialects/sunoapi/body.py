"""A body: the fields of a request, read as the vendor reads them.

Names that nobody asks for are ignored, and so are nulls. What has to be there is looked for first
(`need`); the texts about that are recorded, those about fields of a wrong kind are guessed.
"""

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any, Literal

from starlette.requests import Request

from studio.emulator.dialects.sunoapi.speech import Speech
from studio.emulator.door import read_json

OR = "|"
"""Between names of which one will do."""
_NULLS = frozenset(
    {
        "customMode",
        "instrumental",
        "defaultParamFlag",
        "model",
        "continueAt",
        "infillStartS",
        "infillEndS",
        "vocalStartS",
        "vocalEndS",
        "uploadUrlList",
    }
)
"""What is missed as `null`; of anything else one is asked to enter it."""
_BLANKS = frozenset({"fullLyrics"})
_STEPS = 100
"""A weight has two places behind the point."""


class Body:
    """What a caller sent."""

    def __init__(self, sent: Mapping[str, Any], speech: Speech) -> None:
        self.sent = sent
        self.speech = speech

    def has(self, name: str) -> bool:
        """Whether there is anything under a name; what is blank is nothing."""
        value = self.sent.get(name)
        return bool(value.strip()) if isinstance(value, str) else value not in (None, [])

    def need(self, names: Iterable[str]) -> None:
        """Return if all of these are there; in `a|b`, one of the two will do.

        Raises
        ------
        TurnedAway
            For the first that is not.
        """
        for name in names:
            if not any(self.has(each) for each in name.split(OR)):
                raise self.speech.unfit(_missing(name.partition(OR)[0]))

    def text(self, name: str) -> str:
        """Return a text, empty if there is none."""
        value = self.sent.get(name)
        if not isinstance(value, str | None):
            raise self.speech.unfit(f"{name} must be a string")
        return (value or "").strip()

    def flag(self, name: str) -> bool:
        """Return a boolean, false if there is none."""
        value = self.sent.get(name)
        if not isinstance(value, bool | None):
            raise self.speech.unfit(f"{name} must be a boolean")
        return bool(value)

    def number(
        self, name: str, least: float = 0.0, most: float = float("inf"), *, whole: bool = False
    ) -> float | None:
        """Return a number within bounds, `None` if there is none."""
        value = self.sent.get(name)
        if value is None:
            return None
        is_number = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        if not is_number or not isfinite(value) or not least <= value <= most:
            kind = "an integer" if whole else "a number"
            bounds = (
                f"between {least:g} and {most:g}" if isfinite(most) else f"of {least:g} or more"
            )
            raise self.speech.unfit(f"{name} must be {kind} {bounds}")
        return float(value)

    def weight(self, name: str) -> float | None:
        """Return a number from 0 to 1 in steps of a hundredth."""
        value = self.number(name, 0.0, 1.0)
        if value is not None and abs(value * _STEPS - round(value * _STEPS)) > 1e-6:  # noqa: PLR2004 - what floating point adds
            raise self.speech.unfit(f"{name} must be a multiple of 0.01")
        return value

    def choice(self, name: str, *choices: str) -> str:
        """Return one of a few words, empty if there is none."""
        value = self.text(name)
        if value and value not in choices:
            raise self.speech.unfit(f"{name} must be one of {', '.join(choices)}")
        return value

    def gender(self) -> Literal["female", "male"] | None:
        """Return who should sing."""
        match self.choice("vocalGender", "m", "f"):
            case "m":
                return "male"
            case "f":
                return "female"
            case _:
                return None

    def link(self, name: str) -> str:
        """Return an address that has to be there."""
        links = self.links(name)
        if len(links) != 1:
            raise self.speech.unfit(f"{name} must be a valid URL")
        return links[0]

    def links(self, name: str) -> tuple[str, ...]:
        """Return addresses: a list of them, or one."""
        value = self.sent.get(name)
        links = value if isinstance(value, list) else [] if value is None else [value]
        for link in links:
            if not isinstance(link, str) or not link.startswith(("http://", "https://")):
                raise self.speech.unfit(f"{name} must be a valid URL")
        return tuple(links)


async def read_body(request: Request, speech: Speech) -> Body:
    """Read the body of a request.

    Raises
    ------
    TurnedAway
        If it is no JSON object.
    """
    try:
        return Body(await read_json(request), speech)
    except ValueError as unreadable:
        raise speech.unfit("JSON parse error: the request body is not readable") from unreadable


def _missing(name: str) -> str:
    if name in _NULLS:
        return f"{name} cannot be null"
    return f"{name} cannot be blank" if name in _BLANKS else f"Please enter {name}."
