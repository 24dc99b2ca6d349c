"""Workers: who does the heavy work, the processes of this machine or those of a cluster."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from typing import Protocol

from studio.engine.cluster import Cluster
from studio.engine.pool import Pool

CLUSTER = "STUDIO_CLUSTER"
"""Setting: the address of a Dask scheduler; without it, processes of this machine work."""


class Workers(Protocol):
    """An executor that is made anew when it breaks."""

    @property
    def executor(self) -> Executor:
        """The workers of the moment."""

    def warm(self) -> None:
        """Start them now, so that the first order does not wait for them."""

    def replace(self, broken: Executor) -> None:
        """Let new workers take the place of `broken`."""

    def close(self) -> None:
        """Let the workers go."""


def gather_workers(
    environ: Mapping[str, str],
    count: int,
    begin: Callable[[], None],
    *,
    preload: Sequence[str] = (),
) -> Workers:
    """Return `count` processes of this machine, or the cluster that the environment names.

    `begin` and `preload` are those of `Pool`.

    Raises
    ------
    ExtraMissing
        If a cluster is named, and what speaks to it is not installed.
    """
    address = environ.get(CLUSTER, "").strip()
    if address:
        return Cluster(address, begin)
    return Pool(count, begin, preload=preload)
