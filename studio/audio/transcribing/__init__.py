"""Which notes and words are heard in a sound, and when."""
