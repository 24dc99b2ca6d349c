"""Converting: an MP3 of what lies here only as WAV, made when somebody first asks for it."""

import secrets
from pathlib import Path

from studio.audio.formats.passing import passed
from studio.audio.intake import ANY, listening


def as_mp3(wav: Path, mp3: Path) -> Path:
    """Write a sound to `mp3`, unless it lies there already; blocks."""
    if not mp3.is_file():
        aside = mp3.with_name(f".{secrets.token_hex(4)}.{mp3.name}")
        try:
            with listening(wav, demands=ANY) as stream:
                passed(stream.blocks, aside, stream.rate, stream.channels, bits=16)
            aside.replace(mp3)
        finally:
            aside.unlink(missing_ok=True)
    return mp3
