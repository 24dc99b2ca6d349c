"""Every vendor, every operation, every fault: told from the lists of all three."""

from contextlib import ExitStack

import pytest

from studio.providers import PROVIDERS
from tests.contract.laws import FAULTS, hindrances, hurry, staged, troubles, undone

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def stages(tmp_path_factory):
    """Open each vendor's stage once, whichever test comes first."""
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        hurry(patch)
        opened = {}

        def stage(kind):
            if kind not in opened:
                folder = tmp_path_factory.mktemp("stage") / kind
                opened[kind] = stack.enter_context(staged(kind, folder))
            return opened[kind]

        yield stage


@pytest.mark.parametrize("kind", PROVIDERS)
def test_everything_that_is_offered_is_done(stages, kind):
    assert undone(stages(kind)) == []


@pytest.mark.parametrize("kind", PROVIDERS)
def test_whatever_happens_on_the_way_is_overcome(stages, kind):
    assert hindrances(stages(kind)) == []


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", PROVIDERS)
def test_whatever_happens_to_an_order_ends_as_it_should_and_is_bought_once(stages, kind, fault):
    assert troubles(stages(kind), fault) == []
