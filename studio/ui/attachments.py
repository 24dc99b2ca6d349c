"""Attachments: what was found out about a song, to be heard, read and taken away."""

from collections.abc import Sequence
from urllib.parse import quote

import streamlit as st

from studio.songs import Attached, Attachment, Song
from studio.ui import flash
from studio.ui.cards import Look
from studio.ui.opened import studio
from studio.ui.player import STATIC
from studio.ui.words import plain

KINDS = {
    Attached.STEM: "stem",
    Attached.VOX: "voice alone",
    Attached.WAV: "WAV",
    Attached.FILE: "file",
    Attached.MIDI: "notes as MIDI",
    Attached.BPM: "tempo",
    Attached.TIMELINE: "words in time",
    Attached.UPLOAD: "at the vendor",
}


def name_of(found: Attachment) -> str:
    """Name one attachment: what it was called, else its kind."""
    return found.name or KINDS[found.kind]


def address_of(found: Attachment, *, download: bool = False) -> str | None:
    """Give the address of its file; `None` where there is none, or it is not home."""
    if found.file is None:
        return None
    return f"{STATIC}/attachments/{quote(found.id)}" + ("?download=1" if download else "")


def note_of(found: Attachment) -> str:
    """Give the sentence about how exact it is; empty where nothing was said."""
    note = found.facts.get("note", "")
    return note if isinstance(note, str) else ""


def show_notes(found: Sequence[Attachment]) -> None:
    """Say how exact they are, each sentence once."""
    for note in dict.fromkeys(filter(None, map(note_of, found))):
        st.caption(plain(note))


def offer_file(found: Attachment, label: str, *, place: str, look: Look = "tertiary") -> None:
    """Offer to take away its file.

    Parameters
    ----------
    found
        What has the file.
    label
        What stands on the button.
    place
        Where on the page this is, because a file may be offered twice; in `small` only the sign is
        seen.
    look
        Of the button.
    """
    if address := address_of(found, download=True):
        st.link_button(
            plain(label),
            address,
            icon=":material/download:",
            type=look,
            key=f"take-{place}-{found.id}",
        )
    elif found.link:
        st.caption(f"{plain(label)}: still at the vendor", width="content")


def offer_removal(found: Sequence[Attachment], label: str) -> None:
    """Offer to remove attachments from their song."""
    if found:
        st.button(
            label,
            key=f"detach-{found[0].id}",
            icon=":material/delete:",
            type="tertiary",
            on_click=_remove,
            args=(tuple(each.id for each in found),),
        )


def _remove(found: Sequence[str]) -> None:
    for each in found:
        studio().detach(each)
    flash.say("It is removed. It can be asked for again.")


def _length(found: Attachment) -> float | None:
    """Give how long the sound is, where that is told; else it is as long as its song."""
    start, end = found.facts.get("start_seconds"), found.facts.get("end_seconds")
    if isinstance(start, int | float) and isinstance(end, int | float):
        return end - start
    return None


def as_track(found: Attachment, song: Song, *, title: str, line: str = "") -> dict[str, object]:
    """Tell the player of an attachment that can be heard."""
    return {
        "key": f"attached/{found.id}",
        "title": title,
        "style": song.title,
        "line": line,
        "size": "row",
        "length": _length(found) or song.length,
        "sound": address_of(found),
        "peaks": None,
        "cover": None,
    }
