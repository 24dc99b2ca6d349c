"""Sound as numbers."""
