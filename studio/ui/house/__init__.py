"""The studio itself: who makes songs for it, what they cost, and how it is reached."""
