"""Voice: personas out of songs, and voices made of recordings of somebody."""
