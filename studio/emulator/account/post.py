"""Post: the one way by which the emulator tells somebody else something, and to whom it may."""

from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

_PATIENCE_SECONDS = 10.0


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, patience: float = _PATIENCE_SECONDS
) -> int:
    """Send `body` to `url` and return the status; redirections are not followed.

    Parameters
    ----------
    patience
        Seconds to wait for the answer.

    Raises
    ------
    OSError
        If nobody answers in that time, or not in HTTP.
    """
    split = urlsplit(url)
    kind = HTTPSConnection if split.scheme == "https" else HTTPConnection
    connection = kind(split.hostname or "", split.port, timeout=patience)
    target = f"{split.path or '/'}{'?' * bool(split.query)}{split.query}"
    try:
        connection.request("POST", target, body, dict(headers))
        return connection.getresponse().status
    except (HTTPException, ValueError) as nonsense:
        # A host whose name nobody can have is a `ValueError`.
        raise OSError(f"no answer in HTTP: {nonsense!r}") from nonsense
    finally:
        connection.close()


def is_sendable(url: str) -> bool:
    """Whether anything is sent there: `https` anywhere, `http` to this machine only.

    Vendors have no such exception for `http`, but nobody could practise without it.
    """
    try:
        split = urlsplit(url)
        host, _ = split.hostname, split.port
    except ValueError:
        return False
    if not host or not url.isascii() or any(sign.isspace() for sign in url):
        return False
    return split.scheme == "https" or (split.scheme == "http" and _is_here(split))


def _is_here(split: SplitResult) -> bool:
    try:
        return ip_address(split.hostname or "").is_loopback
    except ValueError:
        return split.hostname == "localhost"
