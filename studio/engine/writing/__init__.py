"""Writing: from a brief to a score, in the order that a band works it out."""
