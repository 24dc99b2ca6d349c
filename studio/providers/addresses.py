"""Addresses: which of them the studio may call when a link says so.

A link that a person pasted, or that a vendor sent, could point into one's own network: at a router,
at another program on this machine, at the keys that clouds give out at 169.254.169.254. So a name
is looked up once, every address it has must be a public one, and that very address is then called:
what the name means a moment later does not matter any more.
"""

import socket
from collections.abc import Callable, Collection
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from studio.errors import AddressRefused, NotTaken

Resolve = Callable[[str, int], Collection[str]]
"""Looks a name up and returns its addresses; raises `OSError` where there is none."""

PORTS = {"http": 80, "https": 443}
NAT64 = ip_network("64:ff9b::/96")
"""Addresses that a gateway translates to the IPv4 address at their end."""
LOCAL = (ip_network("::/96"), ip_network("64:ff9b:1::/48"), ip_network("fec0::/10"))
"""An old way to write IPv4 addresses, gateways of one network, and sites of old: never public."""
_IPV4_BITS = 0xFFFF_FFFF


def resolve(host: str, port: int) -> Collection[str]:
    """Look `host` up as everything on this machine does."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[4][0]) for place in found))


class Addresses:
    """Says where to call for a host and port, or refuses.

    Parameters
    ----------
    allowed
        Hosts with their ports that may be called wherever they are: the vendor's own, mostly.
    private
        Whether private addresses may be called, too.
    resolve
        Looks names up.
    """

    def __init__(
        self,
        allowed: Collection[tuple[str, int]] = (),
        *,
        private: bool = False,
        resolve: Resolve = resolve,
    ) -> None:
        self._allowed = frozenset(allowed)
        self._private = private
        self._resolve = resolve

    def of(self, host: str, port: int) -> tuple[str, ...]:
        """Return the addresses at which to call, each as it is to be dialled.

        Raises
        ------
        AddressRefused
            If one of them is not to be called.
        NotTaken
            If nobody knows the host.
        """
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError):
            found = ()
        if not found:
            raise NotTaken(f"Nobody knows the address {host}. Look whether it is written right.")
        if not (self._private or (host, port) in self._allowed):
            for address in found:
                self._check(host, address, port)
        return tuple(found)

    def check_literal(self, host: str, port: int) -> None:
        """Refuse `host` if it is a private address by itself; who dials it looks up the rest."""
        try:
            ip_address(host.strip("[]"))
        except ValueError:
            if host.rstrip(".").rpartition(".")[2].lower() != "localhost":
                return
        self.of(host, port)

    def _check(self, host: str, address: str, port: int) -> None:
        if not is_public(address) and address not in self._homes(port):
            called = host if host == address else f"{host} ({address})"
            raise AddressRefused(
                f"The link leads to {called}, which is not on the public internet. The studio does "
                "not call it, since what answers there may not be meant for strangers. If it is "
                "yours, start the studio with STUDIO_ALLOW_PRIVATE_LINKS=1."
            )

    def _homes(self, port: int) -> set[str]:
        """Look up the addresses of those that are allowed: they may go by several names."""
        homes: set[str] = set()
        for host, own_port in self._allowed:
            if own_port == port:
                with suppress(OSError, UnicodeError):
                    homes.update(self._resolve(host, port))
        return homes


def is_public(address: str) -> bool:
    """Tell whether everybody on the internet reaches the same machine at `address`."""
    try:
        # A zone, as in fe80::1%eth0, only belongs to addresses of one's own network.
        place = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_open, _meanings(place)))


def _is_open(place: IPv4Address | IPv6Address) -> bool:
    is_local = any(place in network for network in LOCAL if network.version == place.version)
    return place.is_global and not (is_local or place.is_multicast or place.is_reserved)


def _meanings(place: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """Return every address that is reached by calling `place`."""
    if isinstance(place, IPv4Address):
        return [place]
    inner = IPv4Address(int(place) & _IPV4_BITS)
    if place.ipv4_mapped is not None or place in NAT64:
        # Only what it stands for is called.
        return [inner]
    meanings: list[IPv4Address | IPv6Address] = [place]
    if place.sixtofour is not None:
        meanings.append(place.sixtofour)
    if place.teredo is not None:
        meanings += place.teredo
    return meanings


def home_of(url: str) -> tuple[tuple[str, int], ...]:
    """Return host and port of an address, if it is one."""
    parts = urlsplit(url)
    if parts.hostname is None:
        return ()
    return ((parts.hostname, parts.port or PORTS.get(parts.scheme, 0)),)
