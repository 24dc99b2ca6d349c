"""Stems: which there are, and how a record is taken apart into them."""
