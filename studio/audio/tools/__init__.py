"""Tools that need nothing but sound. One file each, and a line here; see `studio.audio.tool`."""

TOOLS: dict[str, str] = {}
"""By name, which is that of the file (with `-` for `_`), and what `studio tool` says of it."""
