"""Woodshed: a web studio for AI songs."""
