"""Fonts: which one of this machine has a character.

The first font comes with Streamlit, which the studio needs anyway, and knows Latin, Greek and
Cyrillic; other scripts are looked for in the fonts of the system. Nothing is fetched.
"""

import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

from PIL import ImageFont

Font: TypeAlias = ImageFont.FreeTypeFont | ImageFont.ImageFont

BOLD, PLAIN = 700, 400

SYSTEM_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts"),
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
    Path("C:/Windows/Fonts"),
)
# Begin the names of files with many scripts, best first; bold ones go before plain ones.
_KNOWN = (
    *("NotoSansCJK-Bold", "NotoSansCJK", "SourceHanSans", "NotoSansSC", "PingFang", "Hiragino"),
    *("msyhbd", "msyh", "YuGothB", "malgunbd", "wqy-microhei", "wqy-zenhei", "DroidSansFallback"),
    *("NotoSansArabic-Bold", "NotoSansHebrew-Bold", "NotoSansDevanagari-Bold", "NotoSansThai-Bold"),
    *("DejaVuSans-Bold", "DejaVuSans", "arialbd", "Arial", "FreeSansBold", "unifont"),
)
_NO_GLYPH = "\uffff"


@lru_cache(maxsize=1)
def faces() -> tuple[Path, ...]:
    """Return the files of all fonts to look for a character in, best first."""
    folders = [folder.expanduser() for folder in SYSTEM_FOLDERS]
    found = [path for folder in folders if folder.is_dir() for path in folder.rglob("*.*")]
    known = sorted((rank, path) for path in found if (rank := _rank(path)) is not None)
    return (*_own_faces(), *(path for _, path in known))


def _own_faces() -> tuple[Path, ...]:
    # Found without importing it: the engine does not know Streamlit, only where its font lies.
    spec = find_spec("streamlit")
    if spec is None or spec.origin is None:
        return ()
    return tuple(Path(spec.origin).parent.glob("static/static/media/SourceSansVF-Upright*.woff2"))


def _rank(path: Path) -> int | None:
    if path.suffix.lower() not in {".ttf", ".otf", ".ttc"}:
        return None
    ranks = (rank for rank, name in enumerate(_KNOWN) if path.name.startswith(name))
    return next(ranks, None)


def missing(text: str) -> str:
    """Return the characters that no font here has, each once."""
    return "".join(dict.fromkeys(char for char in text if _face_for(char, faces()) is None))


def runs_of(text: str) -> list[tuple[str, Path | None]]:
    """Cut a text where it has to change its font."""
    runs: list[tuple[str, Path | None]] = []
    for char in text:
        face = _face_for(char, faces())
        if runs and (_follows(char) or runs[-1][1] == face):
            runs[-1] = (runs[-1][0] + char, runs[-1][1])
        else:
            runs.append((char, face))
    return runs


def drawable(word: str) -> str:
    """Return a word with dots for the characters that no font here has."""
    return "".join(char if _face_for(char, faces()) else "·" for char in word)


def _follows(char: str) -> bool:
    """Say whether a character only changes the one before it."""
    return unicodedata.combining(char) > 0 or unicodedata.category(char) in {"Mn", "Me", "Cf"}


@lru_cache(maxsize=4_096)
def _face_for(char: str, among: tuple[Path, ...]) -> Path | None:
    """Return the first font that has a character; `None` if none has."""
    first = among[0] if among else Path()
    if char.isspace() or _follows(char):
        return first
    return next((face for face in among if _knows(face, char)), None)


def _knows(face: Path, char: str) -> bool:
    font = font_of(face, 24, BOLD)
    return bytes(font.getmask(char)) != bytes(font.getmask(_NO_GLYPH))


@lru_cache(maxsize=64)
def font_of(face: Path | None, size: int, weight: int) -> Font:
    """Return a font in a size; weights are known to the font of our own only."""
    if face is None or face == Path():
        return ImageFont.load_default(size)
    font = ImageFont.truetype(face, size)
    if face.suffix == ".woff2":
        font.set_variation_by_axes([weight])
    return font
