"""Converting: a sound in another format, made when somebody first asks for it."""

import secrets
from pathlib import Path

from studio.audio.formats.passing import passed
from studio.audio.intake import ANY, listening


def converted(sound: Path, out: Path) -> Path:
    """Write a sound in the format of the ending of `out`, unless that lies there; blocks.

    Raises
    ------
    ExtraMissing
        If it takes the extra `media` to write that format.
    """
    if not out.is_file():
        aside = out.with_name(f".{secrets.token_hex(4)}.{out.name}")
        try:
            with listening(sound, demands=ANY) as stream:
                passed(stream.blocks, aside, stream.rate, stream.channels, bits=16)
            aside.replace(out)
        finally:
            aside.unlink(missing_ok=True)
    return out
