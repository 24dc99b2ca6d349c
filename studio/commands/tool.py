"""`studio tool NAME FILE...`: a tool used on sound files, with the options that it declares."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import click
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from studio.audio.tool import Options
from studio.audio.work import Cancelled
from studio.commands.listing import to_json
from studio.commands.progress import ReportLine
from studio.engine import workshop
from studio.engine.workers import gather_workers
from studio.errors import NotFound

PROCESSES = 2
PRELOAD = ("studio.engine.workshop",)
SOUND = ".wav"
UNITS = {"_seconds": "SECONDS", "_db": "DB", "_bpm": "BPM", "_hz": "HZ"}
_SCALARS: Mapping[type, Any] = {float: float, int: int, str: str, bool: bool, Path: Path}


class Tools(click.Group):
    """The tools, each with options of its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the tools."""
        del ctx
        return list(workshop.names())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command of one tool."""
        del ctx
        try:
            return command_for(cmd_name)
        except NotFound:
            return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list without importing the tools."""
        del ctx
        with formatter.section("Tools"):
            formatter.write_dl(list(workshop.names().items()))


@click.group(cls=Tools)
def command() -> None:
    """Change or measure sound files; tell of the result in JSON.

    On a song of the house band a tool works from its score and is exact; on any other sound it
    measures, and says how sure it is.
    """


def command_for(name: str) -> click.Command:
    """Make the command of tool `name`.

    Raises
    ------
    NotFound
        If there is no such tool.
    """
    tool = workshop.find(name)
    least, most = tool.sounds
    sounds = click.Argument(
        ["sounds"],
        nargs=-1 if least != most else most,
        required=least > 0,
        metavar="FILE" if most == 1 else "FILE...",
        type=click.Path(path_type=Path),
    )
    parameters: list[click.Parameter] = [sounds] if most else []
    parameters += [_option(field, info) for field, info in tool.options.model_fields.items()]
    if tool.makes or tool.many:
        parameters.append(_out_option(tool.makes, many=tool.many))

    def act(**values: Any) -> None:
        _use(name, values)

    return click.Command(name, params=parameters, callback=act, help=workshop.names()[name])


def _out_option(ending: str, *, many: bool) -> click.Option:
    said = "Folder for the files." if many else "Where to write the result"
    if not many:
        said += "; the ending says the format." if ending == SOUND else f", usually {ending}."
    return click.Option(
        ["--out"],
        required=True,
        metavar="DIR" if many else "PATH",
        type=click.Path(path_type=Path),
        help=said,
    )


def _option(field: str, info: FieldInfo) -> click.Option:
    kind, many = _kind_of(info.annotation)
    spelled, unit = option_of(field)
    default = info.get_default(call_default_factory=True)
    declared = f"{spelled}/--no-{spelled[2:]}" if kind is bool else spelled
    return click.Option(
        [declared, field],
        type=kind,
        metavar=unit,
        multiple=many,
        required=info.is_required(),
        default=None if info.is_required() else default,
        show_default=default not in (None, "", (), False) and not info.is_required(),
        help=info.description,
    )


def option_of(field: str) -> tuple[str, str | None]:
    """Return how a field is spelled as an option, and its unit, which a person reads apart."""
    for ending, unit in UNITS.items():
        if field.endswith(ending):
            return f"--{field.removesuffix(ending).replace('_', '-')}", unit
    return f"--{field.replace('_', '-')}", None


def _kind_of(annotation: Any) -> tuple[Any, bool]:
    """Return what the command line reads a field as, and whether it may come several times."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return _kind_of(next(kind for kind in inner if kind is not NoneType))
    if origin is tuple:
        return _kind_of(inner[0])[0], True
    if origin is Literal:
        return click.Choice([str(value) for value in inner]), False
    return _SCALARS.get(annotation, str), False


def _use(name: str, values: dict[str, Any]) -> None:
    sounds, out = values.pop("sounds", ()), values.pop("out", None)
    sounds = sounds if isinstance(sounds, tuple) else (sounds,)
    options = read_options(workshop.find(name).options, values)
    errand = workshop.Errand(name, sounds, options, out and out.absolute())
    line = ReportLine(sys.stderr)
    workers = gather_workers(os.environ, PROCESSES, nothing, preload=PRELOAD)
    try:
        facts = workshop.use(errand, workers=workers, report=line.show)
    except Cancelled:
        raise click.Abort from None
    finally:
        line.clear()
        workers.close()
    print(to_json({"tool": name, **({"out": str(errand.out)} if out else {}), **facts}))


def nothing() -> None:
    """Begin a worker without loading anything: tools load what they need."""


def read_options(options: type[Options], values: Mapping[str, Any]) -> Options:
    """Read what was typed as the options of a tool.

    Raises
    ------
    UsageError
        If a value is out of its range.
    """
    try:
        return options.model_validate(dict(values))
    except ValidationError as problem:
        first = problem.errors()[0]
        said = first["msg"].removeprefix("Value error, ").rstrip(".")
        if not first["loc"]:
            raise click.UsageError(f"{said}.") from problem
        option, _ = option_of(str(first["loc"][0]))
        raise click.UsageError(f"{option} {first['input']}: {said}.") from problem
