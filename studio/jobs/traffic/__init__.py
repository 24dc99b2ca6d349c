"""Traffic: how many jobs may ask whom at once, so that no vendor's trouble becomes another's."""
