"""What is heard of a sound as a whole: beats, key, chords, sections."""
