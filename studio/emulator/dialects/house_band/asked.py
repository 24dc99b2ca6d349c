"""What is asked of the band: a request in the studio's words, and the sounds that it works on."""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, TypeAdapter

from studio.emulator.house import House
from studio.engine.persona import Persona
from studio.engine.score import Score
from studio.errors import BriefUnplayable, ToolUnfit
from studio.songs import LONGEST_SECONDS, SHORTEST_SECONDS, Ability, CreateSong, SongRequest, Value

_REQUESTS: TypeAdapter[SongRequest] = TypeAdapter(SongRequest)


class Material(Value):
    """A sound as the caller tells of it, in the order of the request's sources."""

    link: str = ""
    """Where it can be fetched."""
    remote: str = ""
    """What the band called it, if the band made it."""
    title: str = ""
    style: str = ""
    lyrics: str = ""


class Letter(BaseModel):
    """A body: `materials`, and beside them the members of the request itself."""

    model_config = ConfigDict(extra="allow")
    materials: tuple[Material, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A sound that the house holds now."""

    sound: str
    """Its id there."""
    material: Material
    score: Score | None = None
    """What the band knows of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with all that it takes."""

    request: SongRequest
    """Its persona is the band's own id of it."""
    materials: tuple[Material, ...] = ()
    sources: tuple[Source, ...] = ()
    """Empty until they were brought."""
    persona: Persona | None = None

    @property
    def source(self) -> Source:
        """The first sound."""
        return self.sources[0]


def read_asked(body: bytes, house: House) -> Asked:
    """Read a body: the request's own members, and `materials`.

    Raises
    ------
    ValidationError
        If it is no request of the studio.
    BriefUnplayable, ToolUnfit
        If it asks for a length or a persona that the band does not have.
    """
    letter = Letter.model_validate_json(body)
    request = _REQUESTS.validate_python({"ability": Ability.CREATE, **(letter.model_extra or {})})
    _check_length(request)
    return Asked(request, letter.materials, persona=_persona(request, house))


def bring(asked: Asked, house: House) -> tuple[Source, ...]:
    """Bring every sound of a request into the house; blocks.

    Raises
    ------
    SoundUnreadable, ExtraMissing, ToolUnfit
        In a sentence.
    """
    wanted = len(asked.request.sources)
    if len(asked.materials) < wanted:
        raise ToolUnfit("The band did not get the sound that it is to work on. Send it again.")
    return tuple(_source(material, house) for material in asked.materials[:wanted])


def _source(material: Material, house: House) -> Source:
    sound = house.sounds.bring(material.link, name=material.title)
    return Source(sound.id, material, house.band.musicians.recall(sound.path))


def _check_length(request: SongRequest) -> None:
    length = request.length if isinstance(request, CreateSong) else None
    if length is not None and not SHORTEST_SECONDS <= length <= LONGEST_SECONDS:
        raise BriefUnplayable(
            f"The band plays songs of {SHORTEST_SECONDS:.0f} to {LONGEST_SECONDS:.0f} seconds, "
            f"not of {length:.0f}. Choose a length in between, or none."
        )


def _persona(request: SongRequest, house: House) -> Persona | None:
    named = getattr(request, "persona", None)
    if named is None:
        return None
    persona = house.personas.find(named)
    if persona is None:
        raise ToolUnfit(
            "The band does not know this persona any more. Make it again from the song it was "
            "taken from."
        )
    return persona
