"""The command line: `studio`, or `python -m studio`.

A command is a file in `studio/commands/` with a `command`, and a line here. The line is repeated
from the file so that `studio --help` need not import what the commands stand on.
"""

from importlib import import_module
from importlib.metadata import version
from typing import IO, Any

import click

from studio.errors import ConnectionUnknown, RequestUnfit, StudioProblem

COMMANDS = {
    "serve": "Open the studio in the browser; what `studio` alone does.",
    "create": "Make a song, and tell of it in JSON.",
    "ask": "Ask a provider for anything that it can do; tell of it in JSON.",
    "compare": "Have one song made by several connections, and tell of every take in JSON.",
    "bring": "Bring a sound of your own into the gallery, and tell of it in JSON.",
    "songs": "List the songs of the gallery, newest first.",
    "attachments": "List what was found out about SONG (its id): stems, notes, tempo, timed words.",
    "personas": "List the personas that can be asked to sing, newest first.",
    "jobs": "List the jobs, newest first.",
    "ledger": "List what each connection has cost, and what came back.",
    "connect": "Add connection NAME, or change it: a provider at an address with a key.",
    "connections": "List the connections.",
    "doctor": "Look whether everything that makes songs is there and answers.",
    "tool": "Change or measure sound files; tell of the result in JSON.",
    "emulator": "Run the counters of the vendors on this machine, alone.",
}
DEFAULT = "serve"


class Commands(click.Group):
    """The commands of `COMMANDS`, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the list."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"studio.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list without importing anything."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read `studio` and `studio --port 8600` as `studio serve` with the same options."""
        own = {name for parameter in self.get_params(ctx) for name in parameter.opts}
        if not args or (args[0].startswith("-") and args[0] not in own):
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what goes wrong is told in one sentence, without a traceback."""
        try:
            return super().invoke(ctx)
        except click.UsageError as problem:
            path = (problem.ctx or ctx).command_path
            raise AskedWrongly(f"{problem.format_message()} See: {path} --help") from problem
        except (ConnectionUnknown, RequestUnfit) as problem:
            raise AskedWrongly(str(problem)) from problem
        except StudioProblem as problem:
            raise Told(str(problem)) from problem


class Told(click.ClickException):
    """A sentence for the person at the terminal."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence and nothing else."""
        click.echo(self.message, file=file, err=True)


class AskedWrongly(Told):
    """The same, about what was asked for."""

    exit_code = 2


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("studio"), "-V", "--version", prog_name="Woodshed")
def main() -> None:
    """Woodshed: a web studio for AI songs, with a house band that needs no key.

    Songs, jobs and connections live in the data folder: --data DIR of each command, else
    STUDIO_DATA, else this person's usual folder for such things.
    """


if __name__ == "__main__":
    main(prog_name="studio")
