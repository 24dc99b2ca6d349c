"""Files: what lies behind links, streamed to disk. The other half of a wire.

A link leads wherever a vendor says, so each is looked at before it is followed, again at every hop.
"""

import time
from collections.abc import Mapping
from pathlib import Path

import httpx

from studio.errors import (
    AddressRefused,
    AnswerUnreadable,
    Doubtful,
    RemoteUnknown,
    SoundUnreadable,
    Unreachable,
)
from studio.providers.wire.pinned import NEVER_ARRIVED, ssl_context

TIMEOUT = httpx.Timeout(connect=5.0, read=60.0, write=30.0, pool=10.0)
LARGEST_FILE = 500_000_000
LONGEST_DOWNLOAD_SECONDS = 900.0
MOST_HOPS = 5
"""How often a file may be said to lie elsewhere."""
GONE = {403, 404, 410}


class Files:
    """Fetches files of one vendor.

    Parameters
    ----------
    who
        Whose they are, for sentences.
    transport
        How links are followed, and which are.
    """

    def __init__(self, who: str, transport: httpx.BaseTransport) -> None:
        self._who = who
        self.client = httpx.Client(
            transport=transport,
            timeout=TIMEOUT,
            verify=ssl_context(),
            max_redirects=MOST_HOPS,
            # A packed file could be a thousand times as large as it seems.
            headers={"Accept-Encoding": "identity"},
        )

    def close(self) -> None:
        """Hang up."""
        self.client.close()

    def address(self, link: str) -> httpx.URL:
        """Return a link as an address on the web.

        Raises
        ------
        AnswerUnreadable
            If it is none.
        """
        try:
            url = httpx.URL(link)
        except httpx.InvalidURL:
            url = httpx.URL()
        if url.scheme not in {"http", "https"} or not url.host:
            raise AnswerUnreadable(f"{self._who} names a file that is not on the web: {link!r}.")
        return url

    def fetch(
        self, url: httpx.URL, into: Path, *, at_most: int | None, shown: Mapping[str, str] | None
    ) -> None:
        """Stream a file to `into`; with `shown` as headers, and then without following it away.

        Raises
        ------
        RemoteUnknown, Unreachable, Doubtful, AnswerUnreadable, SoundUnreadable
            If it cannot be fetched now, in one way or another.
        """
        try:
            with self.client.stream(
                "GET", url, headers=shown, follow_redirects=shown is None
            ) as response:
                self._check(response)
                self._write(response, into, at_most)
        except AddressRefused as problem:
            raise AnswerUnreadable(str(problem)) from problem
        except NEVER_ARRIVED as problem:
            raise Unreachable(f"The file at {self._who} cannot be reached.") from problem
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            raise Doubtful(
                f"The download from {self._who} broke off ({kind(problem)})."
            ) from problem

    def _check(self, response: httpx.Response) -> None:
        if response.status_code in GONE:
            raise RemoteUnknown(
                f"{self._who} does not give out this file any more ({response.status_code})."
            )
        if response.status_code != httpx.codes.OK:
            raise Doubtful(f"{self._who} does not give out this file now ({response.status_code}).")

    def _write(self, response: httpx.Response, into: Path, at_most: int | None) -> None:
        end = time.monotonic() + LONGEST_DOWNLOAD_SECONDS
        size = 0
        with into.open("wb") as file:
            for part in response.iter_bytes():
                file.write(part if at_most is None else part[: at_most - size])
                size += len(part)
                if at_most is not None and size >= at_most:
                    return
                if size > LARGEST_FILE:
                    raise SoundUnreadable(
                        f"The file at {self._who} is larger than {LARGEST_FILE // 10**6} MB."
                    )
                if time.monotonic() > end:
                    raise Doubtful(f"The download from {self._who} takes too long.")


def kind(problem: Exception) -> str:
    """Say in short how a line broke."""
    return "it fell silent" if isinstance(problem, httpx.TimeoutException) else "the line went dead"
