"""Source: the song that is worked on, and the point or the stretch of it that is meant."""
