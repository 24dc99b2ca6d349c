"""Tools that need nothing but sound. One file each, and a line here; see `studio.audio.tool`."""

TOOLS: dict[str, str] = {
    "concat": "Join sounds end to end, at a seam, or with crossfades.",
    "convert": "Write a sound as WAV, FLAC, MP3, OGG or M4A.",
    "fade": "Let a sound come from silence, or go into it.",
    "normalise": "Bring a sound to a loudness or a peak.",
    "peaks": "Draw the outline of a sound at several zooms, as JSON.",
    "pitch": "Make a sound higher or lower, without changing its length.",
    "stretch": "Make a sound longer or shorter, or bring it to a tempo, at the same pitch.",
    "trim": "Cut a stretch out of a sound.",
}
"""By name, which is that of the file (with `-` for `_`), and what `studio tool` says of it."""
