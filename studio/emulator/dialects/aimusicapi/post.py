"""Post: the one way by which the emulator tells somebody else something."""

from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

_PATIENCE_SECONDS = 10.0


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send `body` to `url` and return the status; redirections are not followed.

    Raises
    ------
    OSError
        If nobody answers within 10 s, or not in HTTP.
    """
    split = urlsplit(url)
    kind = HTTPSConnection if split.scheme == "https" else HTTPConnection
    connection = kind(split.hostname or "", split.port, timeout=_PATIENCE_SECONDS)
    target = f"{split.path or '/'}{'?' * bool(split.query)}{split.query}"
    try:
        connection.request("POST", target, body, dict(headers))
        return connection.getresponse().status
    except (HTTPException, ValueError) as nonsense:
        # A host whose name nobody can have is a `ValueError`.
        raise OSError(f"no answer in HTTP: {nonsense!r}") from nonsense
    finally:
        connection.close()
