"""Workflows: on which page each ability is asked for, and with which form."""

from collections.abc import Mapping
from pathlib import Path

from studio.songs import Ability
from studio.ui.form import blanks
from studio.ui.form.blanks import Blank
from studio.ui.frame import pages_dir

PAGES: Mapping[Ability, str] = {
    Ability.CREATE: "create",
    Ability.SOUNDS: "create",
    Ability.EXTEND: "extend",
    Ability.CONCAT: "extend",
    Ability.COVER: "cover",
    Ability.REPLACE: "remix",
    Ability.MASHUP: "remix",
    Ability.SAMPLE: "remix",
    Ability.ADD_VOCALS: "remix",
    Ability.ADD_INSTRUMENTAL: "remix",
    Ability.REMASTER: "remix",
    Ability.SWAP_VOCALS: "remix",
    Ability.SWAP_SOUND: "remix",
    Ability.VARY: "remix",
    Ability.LYRICS: "lyrics",
    Ability.TAGS: "lyrics",
    Ability.PERSONA: "personas",
    Ability.VOICE: "personas",
    Ability.PHRASE: "personas",
    Ability.STEMS: "song_tools",
    Ability.VOX: "song_tools",
    Ability.WAV: "song_tools",
    Ability.DOWNLOAD: "song_tools",
    Ability.MIDI: "song_tools",
    Ability.BPM: "song_tools",
    Ability.TIMELINE: "song_tools",
    Ability.VIDEO: "song_tools",
    Ability.COVER_IMAGE: "song_tools",
    Ability.RECOVER: "song_tools",
    Ability.UPLOAD: "song_tools",
}
"""Names of page files by ability. An ability more is a line here."""

BLANKS: Mapping[str, Blank] = {
    "create": blanks.CREATE,
    "extend": blanks.EXTEND,
    "cover": blanks.COVER,
    "remix": blanks.REMIX,
    "lyrics": blanks.LYRICS,
    "personas": blanks.PERSONAS,
    "song_tools": blanks.SONG_TOOLS,
}
"""The form of each page."""


def page_for(ability: Ability) -> Path:
    """Give the file of the page on which `ability` is asked for, as `st.switch_page` wants it."""
    return pages_dir() / f"{PAGES[ability]}.py"


def abilities_of(page: str) -> frozenset[Ability]:
    """Name what is asked for on a page."""
    return frozenset(ability for ability, name in PAGES.items() if name == page)
