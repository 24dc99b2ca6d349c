"""Pinned: a transport that calls only the very address that was looked up and approved."""

import ssl
from functools import cache
from urllib.request import getproxies, proxy_bypass

import httpx

from studio.address import LOOPBACK
from studio.providers.addresses import PORTS, Addresses

NEVER_ARRIVED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""No connection was made, so surely nothing was taken."""


@cache
def ssl_context() -> ssl.SSLContext:
    """Return the certificates that we trust; reading them takes longer than many a request."""
    return httpx.create_ssl_context()


class Pinned(httpx.BaseTransport):
    """Looks an address up, asks whether it may be called, and calls that one and no other.

    Every hop of a redirect comes by here. Connections are not kept: one that was made for a name
    must not serve another name that happens to be at the same address.
    """

    def __init__(self, addresses: Addresses, inner: httpx.BaseTransport | None = None) -> None:
        self._addresses = addresses
        self._asks_proxies = inner is None
        self._by_proxy = cache(lambda proxy: httpx.HTTPTransport(proxy=proxy, verify=ssl_context()))
        self._inner = inner or httpx.HTTPTransport(
            verify=ssl_context(), limits=httpx.Limits(max_keepalive_connections=0)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request` to the first address of its host that answers."""
        host, port = request.url.raw_host.decode(), _port_of(request.url)
        if self._asks_proxies and (proxy := proxy_for(request.url.scheme, host)):
            # Only the proxy knows the names out there, and it does not lead back into this machine.
            self._addresses.check_literal(host, port)
            return self._by_proxy(proxy).handle_request(request)
        *others, last = self._addresses.of(host, port)
        for place in others:
            try:
                return self._inner.handle_request(_at(request, place))
            except NEVER_ARRIVED:
                continue
        return self._inner.handle_request(_at(request, last))

    def close(self) -> None:
        """Hang up."""
        self._inner.close()


def _port_of(url: httpx.URL) -> int:
    return url.port or PORTS.get(url.scheme, 0)


def _at(request: httpx.Request, place: str) -> httpx.Request:
    """Return the request as it goes to the address `place`; it still says whom it is meant for."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=place),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.raw_host.decode()},
    )


def proxy_for(scheme: str, host: str) -> str | None:
    """Return the proxy of the environment for a host, if there is one. None for this machine."""
    if host in LOOPBACK or proxy_bypass(host):
        return None
    return getproxies().get(scheme)
