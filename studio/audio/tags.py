"""Tags: what a sound file says of itself in words."""

from contextlib import suppress
from pathlib import Path

import soundfile

LONGEST_TITLE = 200


def title_in(path: Path) -> str:
    """Return the title that a WAV, MP3, FLAC, OGG or AIFF file carries; empty where it has none."""
    with suppress(soundfile.LibsndfileError, UnicodeError), soundfile.SoundFile(path) as file:
        told = file.copy_metadata().get("title", "")
        return " ".join(told.split())[:LONGEST_TITLE]
    return ""
