"""Names: what the files of a song are called where people see them."""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

LONGEST_NAME = 120
"""In bytes: well under what any file system takes, with room for a number and a suffix."""


def readable_name(title: str) -> str:
    """Make of `title` a file name that every system takes, as like it as can be."""
    text = unicodedata.normalize("NFC", title)
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    text = " ".join(re.sub(r'[<>:"/\\|?*]', " ", text).split())
    text = text.encode()[:LONGEST_NAME].decode(errors="ignore").strip(" .")
    # Windows keeps these names for devices, whatever follows the first dot.
    if re.match(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", text, re.IGNORECASE):
        text = f"_{text}"
    return text or "song"


def name_in(link: str) -> str:
    """Return what a link calls its file, or its host where it does not."""
    parts = urlsplit(link)
    return unquote(parts.path.rsplit("/", 1)[-1]) or parts.hostname or link
