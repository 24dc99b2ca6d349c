"""What is asked of the gateway: the documented fields, read as leniently as it reads them."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from starlette.requests import Request

from studio.emulator.dialects.gateway.answers import UNFIT, refuse
from studio.emulator.door import read_json

UPLOADED = "chirp-v3-5-upload"
"""The model for continuing what was uploaded."""
MODELS = (
    "chirp-v4",
    "chirp-auk",
    "chirp-v3-5",
    "chirp-v3-0",
    "chirp-v2-xxl-alpha",
    UPLOADED,
)
"""The first is the usual one."""

B = TypeVar("B", bound="Body")


def _unless(empty: Any) -> BeforeValidator:
    """Read null and "" as if nothing had been said."""
    return BeforeValidator(lambda value: empty if value is None or value == "" else value)


Text = Annotated[str, _unless("")]
Seconds = Annotated[float | None, Field(ge=0, allow_inf_nan=False), _unless(None)]
Flag = Annotated[bool, _unless(empty=False)]
Mv = Annotated[str, _unless(MODELS[0])]


class Body(BaseModel):
    """A body; whatever else stands in it is ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Music(Body):
    """Custom mode, and continuing."""

    title: Text = ""
    tags: Text = ""
    prompt: Text = ""
    negative_tags: Text = ""
    mv: Mv = MODELS[0]
    make_instrumental: Flag = False
    """Not documented; some callers send it."""
    continue_at: Seconds = None
    continue_clip_id: Text = ""

    @property
    def is_idea(self) -> bool:
        """Whether the prompt is what the song is about, and not words to be sung: guessed."""
        prompt = self.prompt.strip()
        return "\n" not in prompt and "[" not in prompt


class Described(Body):
    """A song from a description."""

    gpt_description_prompt: Text = ""
    make_instrumental: Flag = False
    mv: Mv = MODELS[0]
    prompt: Text = ""


class OfClip(Body):
    """Anything that is asked about one clip."""

    clip_id: Text = ""


class Lyrics(Body):
    """Words about something."""

    prompt: Text = ""


async def read(request: Request, kind: type[B]) -> B:
    """Read the body of a request.

    Raises
    ------
    TurnedAway
        If it is no JSON object, or a field is of a wrong type: guessed.
    """
    try:
        return kind.model_validate(await read_json(request))
    except ValidationError as unfit:
        first = unfit.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise refuse(UNFIT, f"{where}: {first['msg']}") from unfit
    except ValueError as unreadable:
        raise refuse(UNFIT, str(unreadable)) from unreadable
