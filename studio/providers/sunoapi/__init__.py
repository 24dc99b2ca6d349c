"""sunoapi.org: songs from a hosted service, spoken to as one of three generations of its documents.

Documentation: https://docs.sunoapi.org, as collected on 2026-11-21. `vendor` holds the verbs, with
a class for each generation. `offering` says what can be had and for how much, as data; `saying`
says a request in the vendor's words; `reading` says what it answers, or tells by itself, in ours.
"""

from studio.providers.sunoapi.vendor import SunoAPI

__all__ = ["SunoAPI"]
