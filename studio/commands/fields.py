"""Fields: options of the command line, made from the fields of a frozen model."""

import ast
import inspect
from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import click
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from studio.songs import Value, Window

UNITS = {"window": "START END", "_seconds": "SECONDS", "_db": "DB", "_bpm": "BPM", "_hz": "HZ"}
_SCALARS: Mapping[type, Any] = {
    float: float,
    int: int,
    str: str,
    bool: bool,
    Path: Path,
    Window: click.Tuple([float, float]),
}

Model = TypeVar("Model", bound=Value)


def option(field: str, info: FieldInfo, said: str | None = None) -> click.Option:
    """Make the option of a field; `said` is its help where the field has none."""
    kind, many = _kind_of(info.annotation)
    spelled, unit = option_of(field)
    # Without a default there must be none at all: `None` would be one, and the option not required.
    default = info.get_default(call_default_factory=True)
    usual = {} if info.is_required() else {"default": default}
    declared = f"{spelled}/--no-{spelled[2:]}" if kind is bool else spelled
    return click.Option(
        [declared, field],
        type=kind,
        metavar=unit,
        multiple=many,
        required=info.is_required(),
        show_default=default not in (None, "", (), False) and not info.is_required(),
        help=info.description or said,
        **usual,
    )


def option_of(field: str) -> tuple[str, str | None]:
    """Return how a field is spelled as an option, and its unit, which a person reads apart."""
    for ending, unit in UNITS.items():
        if field.endswith(ending):
            name = field.removesuffix(ending) or field
            return f"--{name.replace('_', '-')}", unit
    return f"--{field.replace('_', '-')}", None


def _kind_of(annotation: Any) -> tuple[Any, bool]:
    """Return what the command line reads a field as, and whether it may come several times."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind_of(inner[0])
    if origin in (Union, UnionType):
        return _kind_of(next(kind for kind in inner if kind is not NoneType))
    if origin is tuple:
        return _kind_of(inner[0])[0], True
    if origin is Literal:
        return click.Choice([str(value) for value in inner]), False
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return click.Choice([one.value for one in annotation]), False
    return _SCALARS.get(annotation, str), False


def read_fields(model: type[Model], values: Mapping[str, Any]) -> Model:
    """Read what was typed as the fields of `model`.

    Raises
    ------
    UsageError
        If a value is out of its range.
    """
    try:
        return model.model_validate(dict(values))
    except ValidationError as problem:
        first = problem.errors()[0]
        said = first["msg"].removeprefix("Value error, ").rstrip(".")
        if not first["loc"]:
            raise click.UsageError(f"{said}.") from problem
        option, _ = option_of(str(first["loc"][0]))
        raise click.UsageError(f"{option} {first['input']}: {said}.") from problem


def sayings_of(model: type[BaseModel]) -> dict[str, str]:
    """Return the first line under each field of a model, as it stands in its source."""
    said: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if issubclass(kind, Value):
            said |= _sayings_in(kind)
    return said


def _sayings_in(kind: type) -> dict[str, str]:
    [tree] = ast.parse(dedent(inspect.getsource(kind))).body
    lines = getattr(tree, "body", [])
    return {
        field.target.id: text.value.value.split("\n")[0].replace("`", "")
        for field, text in pairwise(lines)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
