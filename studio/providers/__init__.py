"""Who can make songs: clients only, one file or folder per vendor, each in this list."""

from collections.abc import Mapping
from typing import Protocol

from studio.providers.acestep import ACEStep
from studio.providers.aimusicapi import AIMusicAPI
from studio.providers.base import Provider
from studio.providers.gateway import GatewayAPI
from studio.providers.house_band import HouseBand
from studio.providers.sunoapi import SunoAPI
from studio.providers.wire import Wire


class Vendor(Provider, Protocol):
    """A provider as it is made: from a wire to its address."""

    def __init__(self, wire: Wire) -> None: ...


PROVIDERS: Mapping[str, type[Vendor]] = {
    "house_band": HouseBand,
    "aimusicapi": AIMusicAPI,
    "sunoapi": SunoAPI,
    "gateway": GatewayAPI,
    "acestep": ACEStep,
}
"""Every provider by its kind. A vendor more is its file and a line here."""
