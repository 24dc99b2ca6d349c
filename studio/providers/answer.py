"""The answer: what came back from a vendor, before anyone has said what it means."""

import json
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from studio.errors import AnswerUnreadable

SHORTEST_SECRET = 8
"""A shorter key is a toy, and may stand in any answer by chance."""

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, before anyone has said what it means."""

    who: str
    """Who answered, for sentences."""
    status: int
    body: bytes = field(repr=False)
    retry_after: float | None = None
    """Seconds the vendor wishes us to wait."""
    secret: str = field(default="", repr=False)
    """The key it was asked with."""

    def read(self, model: type[Model]) -> Model:
        """Read the body as `model`.

        Raises
        ------
        AnswerUnreadable
            If it is anything else.
        """
        try:
            return model.model_validate_json(self.body)
        except ValidationError as problem:
            first = problem.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"]) or "the whole"
            raise AnswerUnreadable(
                f"{self.who} answered ({self.status}) with something the studio cannot read: "
                f"{where}: {first['msg']}."
            ) from problem

    def members(self) -> dict[str, Any]:
        """Return the members of the body, or none if it is not a JSON object.

        The key is taken out: some vendors repeat it in their errors, and errors are shown.
        """
        body = self.body
        if len(self.secret) >= SHORTEST_SECRET:
            body = body.replace(self.secret.encode(), b"...")
        try:
            told = json.loads(body)
        except (ValueError, RecursionError):
            return {}
        return told if isinstance(told, dict) else {}
