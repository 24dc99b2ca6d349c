"""Links: sound fetched from wherever a caller says, as a vendor's machines would.

This machine is no exception: that is how a person's own files reach the emulator. Proxies are not
asked, for the same reason.
"""

import http.client
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    UnknownHandler,
)

from studio.errors import SoundUnreadable

LARGEST_BYTES = 500_000_000
LONGEST_SECONDS = 120.0
SILENT_SECONDS = 20.0
_AT_ONCE = 1 << 18
_HANDLERS = (
    HTTPHandler,
    HTTPSHandler,
    HTTPRedirectHandler,
    HTTPErrorProcessor,
    HTTPDefaultErrorHandler,
    UnknownHandler,
)
"""What is not here, such as files of this machine, is not fetched, not even by a redirect."""


def fetch(
    link: str,
    into: Path,
    *,
    largest_bytes: int = LARGEST_BYTES,
    longest_seconds: float = LONGEST_SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Stream what lies behind an `http` or `https` link to the file `into`; blocks.

    At most ten redirects are followed.

    Raises
    ------
    SoundUnreadable
        If it is no link, nothing answers, or it is too large or too slow.
    """
    end = clock() + longest_seconds
    try:
        with closing(_open(link)) as answer, into.open("wb") as file:
            while block := answer.read1(_AT_ONCE):
                file.write(block)
                if file.tell() > largest_bytes:
                    raise SoundUnreadable(
                        f"What lies behind the link is larger than {largest_bytes / 1e6:.0f} MB. "
                        "Give a link to a smaller file."
                    )
                if clock() > end:
                    raise SoundUnreadable(
                        f"It takes longer than {longest_seconds:.0f} s to fetch what lies behind "
                        "the link. Try again, or bring the file itself."
                    )
    except HTTPError as refused:
        refused.close()
        raise _unreachable(f"{refused.code} {refused.reason}") from refused
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise _unreachable(str(getattr(problem, "reason", None) or problem)) from problem


def _open(link: str) -> Any:
    if urlsplit(link).scheme.lower() not in {"http", "https"}:
        raise SoundUnreadable("This is no link to a sound: it begins with neither http nor https.")
    caller = OpenerDirector()
    for handler in _HANDLERS:
        caller.add_handler(handler())
    return caller.open(link, timeout=SILENT_SECONDS)


def _unreachable(why: str) -> SoundUnreadable:
    return SoundUnreadable(
        f"Nothing can be fetched from this link ({why}). See whether it opens in a browser, then "
        "try again."
    )
