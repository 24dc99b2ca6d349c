"""A server: what this very one can do, found out by asking it."""

from collections.abc import Mapping
from typing import Any

from studio.errors import VendorRefused
from studio.providers.acestep.answers import Inventory, Shelved, as_object
from studio.providers.acestep.models import (
    ALL_TASKS,
    PLAIN,
    TURBO_TASKS,
    abilities_with,
    to_model,
)
from studio.providers.acestep.refusals import OK, opened
from studio.providers.base import Probed
from studio.providers.lenient import Anything, as_text
from studio.providers.wire import Wire
from studio.songs import Value

ORDER = "/release_task"
ANY_OF_THEM = "prompt"
OPERATIONS = ("requestBody", "content")
MOST_STEPS = 3
"""How often a schema may point to another."""


class Shelf(Value):
    """A model that lies there."""

    name: str
    tasks: frozenset[str]
    is_loaded: bool = False

    @property
    def is_turbo(self) -> bool:
        """Whether it makes songs in few steps."""
        return "turbo" in self.name.lower()


class Server(Value):
    """What is known of one server."""

    fields: frozenset[str] | None = None
    """What an order may hold; `None` where it does not tell."""
    shelves: tuple[Shelf, ...] = ()
    """Its models, the default first; empty where it does not tell."""
    writes: bool | None = None
    """Whether it has a language model, which writes words; `None` where it does not tell."""


def look_at(wire: Wire) -> Server:
    """Ask a server what it can do; an older one tells less.

    Raises
    ------
    VendorTrouble
        If it does not answer, or not to this key.
    """
    schema = _schema(wire)
    inventory = _inventory(wire)
    return Server(
        fields=_fields(schema),
        shelves=_shelves(inventory),
        writes=_writes(inventory),
    )


def to_probed(server: Server) -> Probed:
    """Say what a server can do as pages read it."""
    writes = server.writes is not False
    if not server.shelves:
        abilities = abilities_with(TURBO_TASKS)
        return Probed(
            abilities=abilities,
            plain={ability: PLAIN[ability] for ability in abilities},
            note="It does not tell which models it has: what every one of them can do is offered.",
        )
    models = {
        shelf.name: to_model(shelf.tasks, writes=writes, note=_note(shelf))
        for shelf in server.shelves
    }
    return Probed(
        abilities=frozenset().union(*(model.abilities for model in models.values())),
        models=models,
        note=" ".join(_sentences(server)),
    )


def _note(shelf: Shelf) -> str:
    return "" if shelf.is_loaded else "Not loaded: the first song takes longer."


def _sentences(server: Server) -> list[str]:
    told = []
    if not any(shelf.tasks >= ALL_TASKS for shelf in server.shelves):
        told.append("Stems and adding to a song need a base model, which is not there.")
    if server.writes is False:
        told.append("It has no language model (--init-llm): write the words yourself.")
    return told


def _schema(wire: Wire) -> dict[str, Any]:
    answer = wire.ask("GET", "openapi.json")
    return as_object(answer.read(Anything).root) if answer.status == OK else {}


def _inventory(wire: Wire) -> Inventory:
    """Read the inventory; an older server has a shorter one elsewhere, or something else there."""
    for path in ("v1/model_inventory", "v1/models"):
        answer = wire.ask("GET", path)
        if answer.status in {404, 405}:
            continue
        try:
            told = as_object(opened(answer))
        except VendorRefused:
            if answer.status != OK:
                raise
            continue
        if "models" in told:
            return Inventory.model_validate(told)
    return _by_health(wire)


def _by_health(wire: Wire) -> Inventory:
    """Read what a server without an inventory says of the model that it has loaded."""
    answer = wire.ask("GET", "health")
    told = as_object(opened(answer)) if answer.status == OK else {}
    loaded = {"name": told.get("loaded_model"), "is_default": True, "is_loaded": True}
    written = {"llm_initialized": told.get("llm_initialized")}
    return Inventory.model_validate({"models": [loaded], **written})


def _writes(inventory: Inventory) -> bool | None:
    if inventory.llm_initialized or inventory.lm_models:
        return True
    return None if inventory.llm_initialized is None else False


def _shelves(inventory: Inventory) -> tuple[Shelf, ...]:
    told = [Shelved.model_validate(item) for item in inventory.models]
    named = [one for one in told if one.name]
    named.sort(key=lambda one: (not _is_default(one, inventory), not one.is_loaded))
    return tuple(
        Shelf(name=one.name, tasks=_tasks(one), is_loaded=bool(one.is_loaded))
        for one in {one.name: one for one in named}.values()
    )


def _is_default(one: Shelved, inventory: Inventory) -> bool:
    return bool(one.is_default) or one.name == inventory.default_model


def _tasks(one: Shelved) -> frozenset[str]:
    """Return what a model does; of one that does not tell, what its name promises."""
    told = ALL_TASKS.intersection(one.supported_task_types)
    return told or (ALL_TASKS if "base" in one.name.lower() else TURBO_TASKS)


def _fields(schema: Mapping[str, Any]) -> frozenset[str] | None:
    """Return the members of an order, where the schema of the server tells all of them."""
    place = as_object(as_object(as_object(schema.get("paths")).get(ORDER)).get("post"))
    for name in OPERATIONS:
        place = as_object(place.get(name))
    names: set[str] = set()
    for kind in place.values():
        names |= _members(as_object(as_object(kind).get("schema")), schema)
    # Many a schema tells of the files alone, or of nothing.
    return frozenset(names) if ANY_OF_THEM in names else None


def _members(shape: Mapping[str, Any], schema: Mapping[str, Any]) -> set[str]:
    for _ in range(MOST_STEPS):
        pointer = as_text(shape.get("$ref"))
        if not pointer.startswith("#/"):
            break
        shape = schema
        for step in pointer[2:].split("/"):
            shape = as_object(shape.get(step))
    return set(as_object(shape.get("properties")))
