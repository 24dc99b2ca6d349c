"""The Gateway API: songs from a reseller of Suno, as its page of 2025 and its users describe it.

Half of it is documented nowhere: what uploads, what a refusal looks like, what some calls cost. So
answers are read leniently, nothing is sent that somebody has not sent with success, and what is
only guessed is said before it costs. `vendor` holds the verbs; `posts` says a request in the
vendor's words, `results` says in ours what it answers.
"""

from studio.providers.gateway.vendor import GatewayAPI

__all__ = ["GatewayAPI"]
