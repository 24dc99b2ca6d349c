"""The house band: the engine in the box, behind the emulator on this machine."""

from studio.providers.house_band.provider import HouseBand

__all__ = ["HouseBand"]
