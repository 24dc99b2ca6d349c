"""Recipes: what several dialects have the band do in the same way, and how they read what came."""
