"""Asking: what is asked of the gateway, whether it is objected to, and what goes on with what."""
