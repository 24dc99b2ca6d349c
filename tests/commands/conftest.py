"""The command line in a data folder of its own."""

import pytest
from click.testing import CliRunner

from studio.__main__ import main


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def run(data):
    """Run a command in this process, as a script would: no terminal, output apart from errors."""

    def run(*words, stdin=None, **environ):
        environ = {"STUDIO_DATA": str(data), **environ}
        result = CliRunner().invoke(main, words, input=stdin, env=environ, prog_name="studio")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run
