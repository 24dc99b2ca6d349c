"""Offshoots: what is made of songs or beside them, each by a task of its own or at once."""
