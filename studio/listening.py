"""Listening: a socket at which nothing is held back.

asyncio sends at once only over sockets that say that they are TCP, and what `create_server` makes
does not. Without this every answer on a kept connection waits 40 ms for the caller's kernel.
"""

import socket


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens there; port 0 picks a free one.

    Raises
    ------
    OSError
        If nothing can listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family)
    # Who is accepted inherits it.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
