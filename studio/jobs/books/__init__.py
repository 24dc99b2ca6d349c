"""What is remembered of work: the tables, all in one SQLite file."""
