"""A checkup: whether a connection answers now, asked for something that costs nothing."""

import time
from collections.abc import Callable

from studio.connections import Connection
from studio.errors import StudioProblem
from studio.offer import Health, left_in_words
from studio.probes import Found, Probes, last_known
from studio.providers.base import Provider
from studio.songs import CreateSong
from studio.switchboard import vendor

EXAMPLE = CreateSong(style="pop")


def look_at(
    connection: Connection, provider_of: Callable[[Connection], Provider], probes: Probes
) -> Health:
    """Ask a connection, and take the time; a server that may differ also tells what it can do."""
    try:
        provider = provider_of(connection)
        begin = time.perf_counter()
        balance = provider.balance()
        if provider.repeatable:
            provider.understand(EXAMPLE)
        found = probes.ask(connection)
        latency = (time.perf_counter() - begin) * 1000
    except StudioProblem as problem:
        found = _known(connection, probes)
        return Health(ok=False, sentence=_with_known(str(problem), found))
    if found is not None and found.trouble:
        return Health(ok=False, sentence=_with_known(found.trouble, found))
    left = "" if balance is None else f" {left_in_words(balance)}"
    note = f" {found.probed.note}" if found and found.probed and found.probed.note else ""
    sentence = f"{provider.title} answers in {latency:.0f} ms.{left}{note}"
    return Health(ok=True, sentence=sentence, latency_ms=latency, balance=balance)


def _known(connection: Connection, probes: Probes) -> Found | None:
    try:
        return probes.of(connection) if vendor(connection).differs else None
    except StudioProblem:
        return None


def _with_known(trouble: str, found: Found | None) -> str:
    return trouble if found is None else f"{trouble} {last_known(found)}"
