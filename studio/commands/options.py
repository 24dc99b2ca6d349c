"""Options that several commands share, so that they read and behave the same everywhere."""

import os
from dataclasses import replace
from pathlib import Path

import click

from studio.errors import StudioProblem
from studio.settings import Settings

data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The data folder.  [default: STUDIO_DATA, else this person's usual folder]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")


def settings_for(data: Path | None) -> Settings:
    """Read the settings of the environment, with the data folder of the command line first.

    Raises
    ------
    StudioProblem
        If there cannot be such a folder.
    """
    settings = Settings.from_environment(os.environ)
    if data is not None:
        settings = replace(settings, data=data.expanduser().absolute())
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise StudioProblem(
            f"The data folder cannot be {settings.data}: {problem.strerror}. "
            "Choose another with --data or STUDIO_DATA."
        ) from problem
    return settings
