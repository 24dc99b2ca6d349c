"""The counters, on this machine: what vendors would do, done by the band."""
