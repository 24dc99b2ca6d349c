"""Options that several commands share, so that they read and behave the same everywhere."""

import os
from dataclasses import replace
from pathlib import Path

import click

from studio.settings import Settings

data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The data folder.  [default: STUDIO_DATA, else this person's usual folder]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")


def settings_for(data: Path | None) -> Settings:
    """Read the settings of the environment, with the data folder of the command line first."""
    settings = Settings.from_environment(os.environ)
    return settings if data is None else replace(settings, data=data.expanduser().absolute())
