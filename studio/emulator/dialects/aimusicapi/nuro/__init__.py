"""Nuro: songs and music in Chinese and English."""
