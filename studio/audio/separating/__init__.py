"""A sound taken apart into what plays in it."""
