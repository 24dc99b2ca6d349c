"""A song as a video: cover, waveform, words in time."""
