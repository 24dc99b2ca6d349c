"""The band goes on where a sound is: extended, replaced, sampled."""
