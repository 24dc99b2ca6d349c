"""ACE-Step 1.5: songs from an open model that somebody runs on a machine of their own.

Its server drifts between builds, and what it can do depends on what was loaded: so every server is
asked, and sent only what it knows. `vendor` holds the verbs; `server` finds out what a server can
do, `orders` says a request in its words, `results` and `waiting` say in ours what it answers.
"""

from studio.providers.acestep.vendor import ACEStep

__all__ = ["ACEStep"]
