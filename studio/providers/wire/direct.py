"""Direct: a transport to an address that a person chose, by a proxy where the environment has one.

It is used without a client of httpx around it: cookies, redirections and the merging of addresses
are nothing that an API needs, and cost a third of every call.
"""

from functools import cache

import httpx

from studio.providers.wire.pinned import proxy_for, ssl_context


class Direct(httpx.BaseTransport):
    """Keeps its connections for the next call. May be used from several threads."""

    def __init__(self) -> None:
        # One for each proxy, and one for none.
        self._by = cache(lambda proxy: httpx.HTTPTransport(proxy=proxy, verify=ssl_context()))
        self.proxy_for = cache(proxy_for)
        self._used: set[httpx.HTTPTransport] = set()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`."""
        transport = self._by(self.proxy_for(request.url.scheme, request.url.host))
        self._used.add(transport)
        return transport.handle_request(request)

    def close(self) -> None:
        """Hang up."""
        for transport in list(self._used):
            transport.close()
