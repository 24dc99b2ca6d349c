"""What was made: the songs in the table, and their files on disk."""
