"""A tool as `studio tool` uses it: on files, with the options of a person."""

from importlib import import_module

import pytest

from studio.audio.work import UNWATCHED


@pytest.fixture
def use(tmp_path):
    """Use a tool on files of this test's folder, and return its facts."""

    def use(name, sounds, out, *, work=UNWATCHED, **options):
        tool = import_module(f"studio.audio.tools.{name}").TOOL
        paths = [tmp_path / sound for sound in sounds]
        return tool.run(paths, tool.options(**options), tmp_path / out, work)

    return use
