"""Values: what every word of the studio is made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Seconds = Annotated[float, Field(ge=0)]
Weight = Annotated[float, Field(ge=0, le=1)]

SHORTEST_SECONDS = 15.0
LONGEST_SECONDS = 240.0


class Value(BaseModel):
    """A thing that is what it holds: frozen, and strict about what it may hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")
