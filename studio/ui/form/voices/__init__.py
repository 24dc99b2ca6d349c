"""Voices: the forms in which a voice is taken from a song, or from somebody who sings."""
