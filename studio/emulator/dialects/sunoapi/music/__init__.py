"""Music: the nine endpoints whose tasks end in two songs."""
