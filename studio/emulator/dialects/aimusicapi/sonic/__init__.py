"""Sonic: what most come for, from a song out of a sentence to stems and timed words."""
