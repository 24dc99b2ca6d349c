import functools
from contextlib import ExitStack

import pytest

from tests.emulator.desk import Street, open_desk


@pytest.fixture(scope="session")
def street():
    with Street().open() as street:
        yield street


@pytest.fixture
def open_one(street, tmp_path):
    """Open an emulator as one wants it: `open_one(pace="looks:2")`; again opens the same books."""
    with ExitStack() as stack:
        one = functools.partial(open_desk, street, tmp_path)
        yield lambda **wishes: stack.enter_context(one(**wishes))


@pytest.fixture
def desk(open_one):
    return open_one()
