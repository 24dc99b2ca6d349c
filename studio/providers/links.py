"""Links: what a person pastes, followed with care, and what to do said where that fails."""

from pathlib import Path
from urllib.parse import urlsplit

from studio.errors import AddressRefused, Doubtful, NotTaken, RemoteUnknown
from studio.providers.addresses import PORTS, Addresses
from studio.providers.wire import Wire

LONGEST_SHOWN = 80


def web_link(text: str) -> str:
    """Return the link that somebody pasted.

    Raises
    ------
    AddressRefused
        If it is none that leads to the web.
    """
    link = text.strip()
    try:
        parts = urlsplit(link)
        good = parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise AddressRefused(
            f"{link[:LONGEST_SHOWN]!r} does not lead to the web. Paste a link that begins with "
            "https://."
        )
    return link


def without_login(link: str) -> str:
    """Return a link without the name and password that may stand in it."""
    parts = urlsplit(link)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def fetch_link(link: str, into: Path, *, private: bool = False) -> None:
    """Stream what lies behind a link that a person has pasted to `into`.

    Only the public internet is called, unless `private` addresses are allowed.

    Raises
    ------
    VendorTrouble, SoundUnreadable
        If that cannot be had, with why and what to do.
    """
    host = urlsplit(link).hostname or link
    wire = Wire(link, "", who=host, addresses=Addresses(private=private))
    try:
        wire.download(link, into)
    except RemoteUnknown as problem:
        raise RemoteUnknown(
            f"Nothing lies at {host} under this link, or not for everybody. Open it in a private "
            "window of your browser; if that shows it, download it there and bring the file."
        ) from problem
    except (NotTaken, Doubtful) as problem:
        raise Doubtful(
            f"{problem} Try again later, or download it yourself and bring the file."
        ) from problem
    finally:
        wire.close()
