"""`studio tool NAME FILE...`: a tool used on sound files, with the options that it declares."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from studio.audio.work import Cancelled
from studio.commands.fields import option, read_fields
from studio.commands.listing import to_json
from studio.commands.progress import ReportLine
from studio.engine import workshop
from studio.engine.workers import gather_workers
from studio.errors import NotFound

PROCESSES = 2
PRELOAD = ("studio.engine.workshop",)
SOUND = ".wav"


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
    parameters += [option(field, info) for field, info in tool.options.model_fields.items()]
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


def _use(name: str, values: dict[str, Any]) -> None:
    sounds, out = values.pop("sounds", ()), values.pop("out", None)
    sounds = sounds if isinstance(sounds, tuple) else (sounds,)
    options = read_fields(workshop.find(name).options, values)
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
