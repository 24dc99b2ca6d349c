"""Offering: what can be had at sunoapi.org, and for how much, as data."""
