"""Forms that nobody has written on yet: every field, with what stands in it until then.

A field that says no more than usual is never sent; a draft of an older studio loses the fields
that are gone and begins with the usual in those that are new.
"""

from collections.abc import Mapping
from typing import Any

OPEN = "open"
"""Stands for: the provider may choose."""

DESCRIBE = "Describe it"
WRITE = "Write it"
SOUND = "A sound"
OWN_WORDS = "My own"
WRITTEN_WORDS = "Written for me"
KEPT_WORDS = "As they are"
NEW_WORDS = "New ones"

Blank = Mapping[str, Any]

_MAKER: Blank = {"to": None, "picked": False, "model": OPEN}
"""Who is asked, and whether a person chose that; else it is whoever usually can."""
_MUSE: Blank = {"muse": {}, "muse_about": ""}
"""For a box that words can be written into: what was asked for, and what stood there before."""

_WISH: Blank = {
    **_MAKER,
    **_MUSE,
    "style": "",
    "lyrics": "",
    "title": "",
    "instrumental": False,
    "singer": OPEN,
    "length": OPEN,
    "exclude": "",
    "style_weight": OPEN,
    "lyrics_weight": OPEN,
    "weirdness": OPEN,
    "variety": OPEN,
    "seed": None,
}

CREATE: Blank = {
    **_WISH,
    "way": DESCRIBE,
    "description": "",
    "about": "",
    "styles": [],
    "words": OWN_WORDS,
    "choices": {},
    "sections": [],
    "heard": "",
    "called": "",
    "loop": False,
    "tempo_bpm": None,
    "key": OPEN,
}
EXTEND: Blank = {**_WISH, "source": None, "at": None, "joined": True}
COVER: Blank = {**_WISH, "source": None, "words": KEPT_WORDS, "audio_weight": OPEN}
REMIX: Blank = {
    **_WISH,
    "way": "replace",
    "source": None,
    "second": None,
    "start": None,
    "end": None,
    "everywhere": True,
    "section_lyrics": "",
    "joined": True,
    "words": KEPT_WORDS,
    "audio_weight": OPEN,
    "variation": OPEN,
}
LYRICS: Blank = {**_MAKER, "way": "lyrics", "description": "", "style": ""}
PERSONAS: Blank = {
    **_MAKER,
    "way": "persona",
    "source": None,
    "name": "",
    "description": "",
    "style": "",
    "start": None,
    "end": None,
    "language": "en",
    "recording": None,
    "skill": OPEN,
    "phrase": None,
    "put_aside": None,
}
SONG_TOOLS: Blank = {
    **_MAKER,
    "way": "stems",
    "source": None,
    "detail": "basic",
    "formats": [],
    "start": None,
    "end": None,
}
