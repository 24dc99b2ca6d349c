"""Writing: words and styles that are written on request, and ideas to begin with."""
