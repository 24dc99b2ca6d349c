"""AI Music API: songs from a hosted service that resells four makers of music.

Documentation: https://docs.aimusicapi.ai, as collected on 2026-11-21. The vendor changes what
stands under one version number and wavers in its types, so answers are read leniently and what is
sent is what every version takes. `vendor` holds the verbs; `making`, `asking`, `producer`, `nuro`
and `riffusion` say a request in the vendor's words; `outcomes`, `results` and `calls` say what it
answers in ours; `plans` and `prices` know what it takes beforehand.
"""

from studio.providers.aimusicapi.vendor import AIMusicAPI

__all__ = ["AIMusicAPI"]
