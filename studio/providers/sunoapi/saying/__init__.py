"""Saying: a request in the words of sunoapi.org."""
