"""The cluster: workers on other machines, for whoever sets `STUDIO_CLUSTER`; the extra `cluster`.

Dask's scheduler hands the work out. Workers run the same version of the studio and see the data
folder under the same path, because sound passes between them as files.
"""

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from importlib import import_module
from typing import Any

from studio.audio.extras import need


class Cluster:
    """Like `pool.Pool`, but of a Dask cluster, which replaces lost workers by itself."""

    def __init__(self, address: str, begin: Callable[[], None]) -> None:
        """Connect to nothing yet.

        Parameters
        ----------
        address
            Of the scheduler, such as `tcp://10.0.0.5:8786`.
        begin
            What each worker does before its first work; a function that pickles.

        Raises
        ------
        ExtraMissing
            If Dask is not installed.
        """
        need("cluster")
        self._address = address
        self._begin = begin
        self._lock = threading.Lock()
        self._client: Any = None
        self._executor: Executor | None = None

    @property
    def executor(self) -> Executor:
        """The workers of the cluster.

        Raises
        ------
        OSError
            If no scheduler answers.
        """
        with self._lock:
            if self._executor is None:
                # Large, and an extra.
                distributed: Any = import_module("distributed")
                self._client = distributed.Client(self._address, set_as_default=False)
                # Songs are pure, but their files are not: nothing may be taken from a cache.
                self._executor = self._client.get_executor(pure=False)
            return self._executor

    def warm(self) -> None:
        """Let every worker load what the first order would wait for."""
        # A cluster that is not there yet is told of by the first order, in the job's own words.
        with contextlib.suppress(OSError):
            _ = self.executor
            self._client.run(self._begin, wait=False)

    def replace(self, broken: Executor) -> None:
        """Connect anew, unless another thread did so already."""
        with self._lock:
            if self._executor is broken:
                self._leave()

    def close(self) -> None:
        """Leave the cluster; it goes on without us."""
        with self._lock:
            self._leave()

    def _leave(self) -> None:
        client, self._client, self._executor = self._client, None, None
        if client is not None:
            client.close(timeout=1)
