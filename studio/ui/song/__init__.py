"""A song on a page, with all that is known and kept of it."""
