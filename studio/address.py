"""The public address: under which name the internet reaches this studio, if it does.

Light to import, since the guards of the server ask for it before anything else is there.
"""

from urllib.parse import urlsplit

from studio.disk import read_json, write_json
from studio.errors import StudioProblem
from studio.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
VARIABLE = "STUDIO_PUBLIC_URL"


def public_url(settings: Settings) -> str | None:
    """Return the public address, without a slash at its end; the environment comes first.

    Raises
    ------
    StudioProblem
        If the environment names one that cannot be it.
    """
    told = settings.environ.get(VARIABLE, "").strip()
    if told:
        return checked(told)
    kept = read_json(settings.public, {}).get("public_url")
    return kept if isinstance(kept, str) else None


def set_public_url(settings: Settings, url: str | None) -> None:
    """Keep the public address; `None` or nothing forgets it.

    Raises
    ------
    StudioProblem
        If it is not an address that others could call safely, or the environment names another.
    """
    if settings.environ.get(VARIABLE, "").strip():
        raise StudioProblem(
            f"The public address is set by the variable {VARIABLE}. Change it there, or unset it."
        )
    kept = read_json(settings.public, {})
    address = checked(url) if url and url.strip() else None
    write_json(settings.public, kept | {"public_url": address})


def public_host(settings: Settings) -> str | None:
    """Return the name by which strangers come; none where the address is on this machine."""
    try:
        url = public_url(settings)
    except StudioProblem:
        return None
    host = urlsplit(url).hostname if url else None
    return None if host in LOOPBACK else host


def checked(url: str) -> str:
    """Return a public address as it is kept.

    Raises
    ------
    StudioProblem
        If it cannot be one.
    """
    try:
        parts = urlsplit(url.strip())
        host, bare = parts.hostname, not (parts.query or parts.fragment or parts.username)
        good = bool(host) and bare and parts.port != 0
    except ValueError:
        good, host = False, None
    if not good or not (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)):
        raise StudioProblem(
            f"{url!r} cannot be the public address. Write one such as https://studio.example: it "
            "must begin with https, or be on this machine."
        )
    return url.strip().rstrip("/")
