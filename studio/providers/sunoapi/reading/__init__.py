"""Reading: what sunoapi.org answers, or tells by itself, in our words."""
