"""Meeting: a provider sends a request to the emulated vendor, and looks until it is over."""

import contextlib
from datetime import UTC, datetime

from studio.errors import VendorTrouble
from studio.providers.base import Finished, Refused, Started
from studio.providers.materials import Material, Materials
from studio.providers.wire import Wire
from tests.contract.far_away import song
from tests.emulator.desk import KEY


@contextlib.contextmanager
def meeting(desk, vendor):
    """Give a provider at the counter of its vendor."""
    with contextlib.closing(
        Wire(f"{desk.url}/{vendor.kind}", KEY, who=vendor.title, key_header=vendor.key_header)
    ) as wire:
        yield vendor(wire)


def told(desk, vendor, request, materials=None):
    """Send a request and return what it ends in."""
    materials = materials or Materials()
    with meeting(desk, vendor) as provider:
        answer = provider.start(request, materials)
        if not isinstance(answer, Started):
            return answer
        return desk.until(
            lambda: _looked(provider, answer.remote, request),
            lambda looked: isinstance(looked, Finished | Refused),
        )


def _looked(provider, remote, request):
    """Look how far it is; trouble in looking only means to look again, as the worker does."""
    try:
        return provider.check(remote, request)
    except VendorTrouble as trouble:
        return trouble


def done(desk, vendor, request, materials=None):
    """Send a request that ends well."""
    answer = told(desk, vendor, request, materials)
    assert isinstance(answer, Finished), answer
    return answer


def fetched(desk, vendor, link, into):
    """Return what lies behind a link, brought home by the provider."""
    with meeting(desk, vendor) as provider:
        provider.fetch(link, into)
    return into.read_bytes()


def given(remote=None, *, is_upload=False, file=None, length=1.0):
    """Return a song that a request works on."""
    now = datetime.now(UTC)
    material = Material(
        song=song(length=length),
        remote=remote,
        is_upload=is_upload,
        there_since=now if remote else None,
        file=file,
    )
    return Materials(songs=(material,), gathered_at=now)
