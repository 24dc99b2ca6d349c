"""Attachments: what was found out about a song, to be heard, read and taken away."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import streamlit as st

from studio.errors import StudioProblem
from studio.songs import Attached, Attachment, Song, Window
from studio.ui import flash
from studio.ui.opened import studio
from studio.ui.player import STATIC
from studio.ui.song.cards import Look
from studio.ui.words import plain

KINDS = {
    Attached.STEM: "stem",
    Attached.VOX: "voice alone",
    Attached.WAV: "WAV",
    Attached.FILE: "file",
    Attached.MIDI: "notes as MIDI",
    Attached.BPM: "tempo",
    Attached.TIMELINE: "words in time",
    Attached.VIDEO: "music video",
    Attached.COVER: "picture",
    Attached.UPLOAD: "at the vendor",
}


EXACTNESS: Mapping[object, str] = {
    True: "Exact: read from the score of the song.",
    False: "Found by ear: close, but not exact.",
}


def name_of(found: Attachment) -> str:
    """Name one attachment: what it was called, else its kind."""
    return found.name or KINDS[found.kind]


def address_of(found: Attachment, *, download: bool = False) -> str | None:
    """Give the address of its file; `None` where there is none, or it is not home."""
    if found.file is None:
        return None
    return f"{STATIC}/attachments/{quote(found.id)}" + ("?download=1" if download else "")


def newest_of_each(found: Sequence[Attachment]) -> list[Attachment]:
    """Leave out what was found once more since; `found` is newest first."""
    newest: dict[str, Attachment] = {}
    for each in found:
        newest.setdefault(name_of(each), each)
    return list(newest.values())


def note_of(facts: Mapping[str, Any]) -> str:
    """Say in a sentence how exact something is; empty where nothing was told about it."""
    note = facts.get("note", "")
    if isinstance(note, str) and note:
        return note
    return EXACTNESS.get(facts.get("exact"), "")


def show_notes(found: Sequence[Attachment]) -> None:
    """Say how exact they are, each sentence once."""
    notes = (note_of(each.facts) for each in found)
    for note in dict.fromkeys(filter(None, notes)):
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
        st.button(
            f"Bring home: {plain(name_of(found))}",
            key=f"home-{place}-{found.id}",
            icon=":material/cloud_download:",
            type=look,
            on_click=_bring_home,
            args=(found.id,),
        )


def _bring_home(found: str) -> None:
    try:
        studio().fetch_attachment_again(found)
    except StudioProblem as problem:
        flash.complain(problem)
    else:
        flash.say("The file is home.")


def offer_removal(found: Sequence[Attachment], label: str) -> None:
    """Offer to remove attachments from their song; asks once more, for they may have cost much."""
    if not found:
        return
    with st.popover(
        label,
        icon=":material/delete:",
        type="tertiary",
        key=f"remove-{found[0].id}",
        on_change="rerun",
    ) as sure:
        if sure.open:
            st.markdown("Their files are deleted. To have them again is a new order.")
            st.button(
                "Remove for good",
                key=f"detach-{found[0].id}",
                on_click=_remove,
                args=(tuple(each.id for each in found),),
            )


def _remove(found: Sequence[str]) -> None:
    for each in found:
        studio().detach(each)
    flash.say("It is removed. It can be asked for again.")


def window_of(found: Attachment) -> Window | None:
    """Give the stretch of the song that it is of; `None` where it is of the whole."""
    start = found.facts.get("start_seconds", found.facts.get("start"))
    end = found.facts.get("end_seconds", found.facts.get("end"))
    if isinstance(start, int | float) and isinstance(end, int | float) and start < end:
        return Window(start=start, end=end)
    return None


def as_track(found: Attachment, song: Song, *, title: str, line: str = "") -> dict[str, object]:
    """Tell the player of an attachment that can be heard."""
    window = window_of(found)
    return {
        "key": f"attached/{found.id}",
        "title": title,
        "style": song.title,
        "line": line,
        "size": "row",
        "length": window.end - window.start if window else song.length,
        "sound": address_of(found),
        "peaks": f"{STATIC}/attachments/{quote(found.id)}/peaks.json" if found.file else None,
        "cover": None,
    }
