"""The wire: the only module that speaks HTTP.

It knows what travelled and what did not, and says so in our errors; what an answer means is known
to the vendor's own file. The key goes into one header and nowhere else.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from copy import copy
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx

from studio.errors import Doubtful, NotTaken, Unreachable
from studio.providers.addresses import Addresses, home_of
from studio.providers.answer import Answer
from studio.providers.wire.direct import Direct
from studio.providers.wire.files import TIMEOUT, Files, kind
from studio.providers.wire.pinned import NEVER_ARRIVED, Pinned
from studio.providers.wire.turnstile import Turnstile, Turnstiles

__all__ = ["Answer", "Turnstile", "Turnstiles", "Wire", "answers"]

LARGEST_ANSWER = 4_000_000
PACKED = {"Accept-Encoding": "gzip, deflate", "User-Agent": f"python-httpx/{httpx.__version__}"}


class Wire:
    """One vendor's address, spoken to with one key. May be used from several threads.

    Parameters
    ----------
    url
        Before every path.
    key
        Sent along to that address alone.
    who
        Whom we speak with, for sentences.
    transport
        Stands in for the network.
    addresses
        Where files may be fetched from; `None` is from the public internet and from `url`.
    key_header
        As `Provider.key_header`.
    branches
        Further addresses that are given the key, by name; one that is not here is `url` too.
    turnstile
        Lets no more calls through than the vendor takes; downloads do not pass it.
    """

    def __init__(
        self,
        url: str,
        key: str,
        *,
        who: str,
        transport: httpx.BaseTransport | None = None,
        addresses: Addresses | None = None,
        key_header: tuple[str, str] = ("Authorization", "Bearer {}"),
        branches: Mapping[str, str] = MappingProxyType({}),
        turnstile: Turnstile | None = None,
    ) -> None:
        self._url = url.rstrip("/")
        self._branches = {name: where.rstrip("/") for name, where in branches.items()}
        self._key = key
        self._key_header = key_header
        self._who = who
        self.turnstile = turnstile
        self.patience_seconds = 0.0
        self._direct = transport or Direct()
        if addresses is None and transport is None:
            addresses = Addresses(home_of(url))
        followed = transport if addresses is None else Pinned(addresses, transport)
        assert followed is not None
        self._files = Files(who, followed)

    def __repr__(self) -> str:
        return f"Wire({self._url!r}, who={self._who!r})"

    def patient(self, seconds: float) -> "Wire":
        """Return the same wire for somebody who waits so long for a turn, where turns are few."""
        patient = copy(self)
        patient.patience_seconds = seconds
        return patient

    def ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        timeout_seconds: float | None = None,
        branch: str = "",
    ) -> Answer:
        """Send one request and return the answer, whatever its status.

        It goes to `branch`, where the vendor has such an address.

        Raises
        ------
        Unreachable
            If no connection was made.
        NoTurn
            If the vendor takes no more calls just now.
        Doubtful
            If the connection broke or fell silent after that, or the answer is far too long.
        """
        timeout = TIMEOUT if timeout_seconds is None else httpx.Timeout(timeout_seconds)
        return self._sent(method, self._link(path, branch), json=body, timeout=timeout)

    def send_file(self, path: str, file: Path) -> Answer:
        """Put the file to `path`, never whole in memory, and return the answer.

        Raises
        ------
        NotTaken, Doubtful
            As `ask` does.
        """
        with file.open("rb") as content:
            return self._sent("PUT", self._link(path), content=content, timeout=TIMEOUT)

    def send_form(
        self,
        path: str,
        fields: Mapping[str, str],
        files: Mapping[str, Path],
        *,
        branch: str = "",
    ) -> Answer:
        """Post a form with files, never whole in memory, and return the answer.

        Raises
        ------
        NotTaken, Doubtful
            As `ask` does.
        """
        with ExitStack() as stack:
            parts = {
                name: (file.name, stack.enter_context(file.open("rb")))
                for name, file in files.items()
            }
            link = self._link(path, branch)
            return self._sent("POST", link, data=dict(fields), files=parts, timeout=TIMEOUT)

    def address_of(self, path: str) -> str:
        """Return the whole address of something that lies at this address, as a link."""
        return self._link(path)

    def download(
        self, link: str, into: Path, *, at_most: int | None = None, with_key: bool = False
    ) -> None:
        """Stream what lies behind `link` to `into`; with `at_most`, stop after so many bytes.

        The key is not sent along: files often lie with somebody else. Some lie at the vendor's
        own address behind the same door as all else; `with_key` shows the key there and nowhere
        else, and follows no redirection, which could lead it away.

        Raises
        ------
        RemoteUnknown
            If the link has ended.
        Unreachable, Doubtful, AnswerUnreadable
            If it cannot be fetched now, in one way or another.
        """
        url = self._files.address(link)
        shown = self._headers() if with_key and _is_at(url, self._url) else None
        self._files.fetch(url, into, at_most=at_most, shown=shown)

    def close(self) -> None:
        """Hang up."""
        self._direct.close()
        self._files.close()

    def _sent(self, method: str, link: str, *, timeout: httpx.Timeout, **what: Any) -> Answer:
        told = {"timeout": timeout.as_dict()}
        try:
            request = httpx.Request(method, link, headers=self._headers(), extensions=told, **what)
            with self._turn(), closing(self._direct.handle_request(request)) as response:
                return Answer(
                    self._who,
                    response.status_code,
                    self._whole(response),
                    _retry_after(response),
                    self._key,
                )
        except NEVER_ARRIVED as problem:
            raise Unreachable(f"{self._who} cannot be reached.") from problem
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            raise Doubtful(
                f"The connection to {self._who} broke before it answered ({kind(problem)})."
            ) from problem

    def _turn(self) -> AbstractContextManager[None]:
        if self.turnstile is None:
            return nullcontext()
        return self.turnstile.turn(self.patience_seconds)

    def _link(self, path: str, branch: str = "") -> str:
        base = self._branches.get(branch, self._url)
        return f"{base}/{path.lstrip('/')}" if path else base

    def _headers(self) -> dict[str, str]:
        name, shape = self._key_header
        key = {name: shape.format(self._key)} if self._key else {}
        return {"Accept": "application/json", **PACKED, **key}

    def _whole(self, response: httpx.Response) -> bytes:
        parts, size = [], 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > LARGEST_ANSWER:
                raise Doubtful(f"{self._who} answers without an end.")
        return b"".join(parts)


def answers(url: str, key: str) -> bool:
    """Whether a house band at `url` answers to `key` now."""
    wire = Wire(url, key, who="the emulator")
    try:
        return wire.ask("GET", "band/v1", timeout_seconds=2.0).status == httpx.codes.OK
    except (NotTaken, Doubtful):
        return False
    finally:
        wire.close()


def _retry_after(response: httpx.Response) -> float | None:
    """Read the wish as seconds; a date is too rare here to be worth a calendar."""
    try:
        seconds = float(response.headers.get("Retry-After", ""))
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None


def _is_at(link: httpx.URL, url: str) -> bool:
    """Whether `link` leads to the very server at `url`."""
    home = httpx.URL(url)
    return (link.scheme, link.host, link.port) == (home.scheme, home.host, home.port)
