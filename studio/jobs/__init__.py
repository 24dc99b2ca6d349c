"""Work that must survive a power cut."""
