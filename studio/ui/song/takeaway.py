"""Take away: every file of a song, whichever it has, and how to get those it lacks."""

import streamlit as st

from studio.songs import Ability, Attached, Attachment, Download, MakeWav
from studio.ui.player import cover_address
from studio.ui.song.asks import Ask, show_ask
from studio.ui.song.attachments import name_of, newest_of_each, offer_file
from studio.ui.song.bench import Bench
from studio.ui.song.cards import show_downloads
from studio.ui.song.stems import in_order
from studio.ui.song.timeline import offer_captions

KEPT = (
    Attached.WAV,
    Attached.FILE,
    Attached.MIDI,
    Attached.STEM,
    Attached.VOX,
    Attached.VIDEO,
)
PLACE = "menu"
LONGEST_ENDING = 4


def show_menu(bench: Bench) -> None:
    """Offer every file of the song behind one button."""
    song = bench.song
    with st.popover(
        "Take away",
        icon=":material/download:",
        key=f"away-{song.id}",
        on_change="rerun",
        disabled=not song.is_home,
    ) as menu:
        if menu.open:
            with st.container(gap=None):
                show(bench)


def show(bench: Bench) -> None:
    """Offer every file that is here."""
    song = bench.song
    show_downloads(song)
    if picture := cover_address(song):
        st.link_button(
            "Download the picture",
            f"{picture}{'&' if '?' in picture else '?'}download=1",
            icon=":material/image:",
            type="tertiary",
            key=f"picture-{song.id}",
        )
    for kind in KEPT:
        for found in in_order(newest_of_each(bench.of_kind(kind))):
            offer_file(found, _label(found), place=PLACE)
    for timed in bench.of_kind(Attached.TIMELINE)[:1]:
        offer_captions(timed, song, place=PLACE)


def _label(found: Attachment) -> str:
    match found.kind:
        case Attached.WAV:
            return "Download WAV"
        case Attached.MIDI:
            return "Download MIDI"
        case Attached.STEM | Attached.VOX:
            return f"Download stem: {name_of(found)}"
        case Attached.VIDEO:
            return "Download the music video"
        case _:
            return f"Download {name_of(found).upper() if _is_ending(found.name) else found.name}"


def _is_ending(name: str) -> bool:
    """Tell a format, such as `m4a`, from a word."""
    return len(name) <= LONGEST_ENDING


def ask(bench: Bench) -> None:
    """Offer to have the song in other forms."""
    song = bench.song
    if song.wav is None:
        show_ask(
            Ask(
                "WAV",
                "The song without loss, for a studio program or a record.",
                "Get it",
                MakeWav(source=song.id),
                is_here=bool(bench.of_kind(Attached.WAV)),
            ),
            bench,
        )
    _ask_for_format(bench)


def _ask_for_format(bench: Bench) -> None:
    """Offer the song in one of the formats that it is not here in."""
    song = bench.song
    formats = _formats(bench)
    if not formats:
        return
    row, ending = st.container(), formats[0]
    if len(formats) > 1:
        ending = st.pills(
            "Format",
            formats,
            key=f"format-{song.id}-{bench.offer.name}",
            default=ending,
            required=True,
            format_func=str.upper,
            label_visibility="collapsed",
        )
    with row:
        show_ask(
            Ask(
                "Another format",
                f"The song once more, as {ending.upper()}.",
                "Get it",
                Download(source=song.id, formats=(ending,)),
                is_here=any(
                    (found.file or "").endswith(f".{ending}")
                    for found in bench.of_kind(Attached.FILE)
                ),
            ),
            bench,
        )


def _formats(bench: Bench) -> list[str]:
    """Name the formats that the asked connection gives and that are not had otherwise."""
    if Ability.DOWNLOAD not in bench.offer.abilities:
        return []
    had = {"mp3"} if bench.song.is_home else set()
    if bench.song.wav or Ability.WAV in bench.offer.abilities:
        had.add("wav")
    given = bench.offer.limits(Ability.DOWNLOAD).formats
    return [ending for ending in given if ending not in had]
