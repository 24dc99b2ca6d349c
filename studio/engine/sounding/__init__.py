"""Sounding: short sounds, loops and noises for scenes, made by the band and by arithmetic."""
