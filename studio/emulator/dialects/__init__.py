"""How each vendor speaks: a file or a folder each, listed in `studio.emulator.server`."""
