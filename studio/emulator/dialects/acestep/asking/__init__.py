"""Asking: what a server takes, in which forms and under which names."""
