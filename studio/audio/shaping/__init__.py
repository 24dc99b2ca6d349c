"""What changes a sound: colour, level, length, pitch."""
