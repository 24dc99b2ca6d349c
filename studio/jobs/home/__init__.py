"""How what was made comes home: fetched, checked, named, and kept."""
