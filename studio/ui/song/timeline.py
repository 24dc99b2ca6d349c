"""Timeline: the words of a song as they were written, and when each is sung."""

from collections.abc import Sequence

import streamlit as st

from studio.songs import Attached, Attachment, MakeSound, Song, TimeLyrics
from studio.ui.song.asks import Ask, show_ask
from studio.ui.song.attachments import offer_removal, show_notes
from studio.ui.song.bench import Bench
from studio.ui.song.captions import lines_of, to_lrc, to_srt, words_of
from studio.ui.song.cards import Look
from studio.ui.words import clock, plain


def show(bench: Bench) -> None:
    """Show the words, with their times where they are known."""
    timed = bench.of_kind(Attached.TIMELINE)
    if timed:
        _show_timed(timed, bench.song)
    elif bench.song.lyrics.strip():
        st.text(bench.song.lyrics.strip())
    else:
        st.caption(_why_silent(bench.song))


def _why_silent(song: Song) -> str:
    """Say why there are no words."""
    if song.is_own:
        return "Its words are not known."
    is_sound = isinstance(song.request, MakeSound)
    return "No words: a sound." if is_sound else "No words: an instrumental."


def _show_timed(found: Sequence[Attachment], song: Song) -> None:
    timed = found[0]
    lines = lines_of(words_of(timed.facts), song.lyrics)
    if not lines:
        st.caption("Nobody was heard singing words in this song.")
    st.markdown(
        "  \n".join(f":gray[{clock(line.start)}] &nbsp; {plain(line.text)}" for line in lines)
    )
    show_notes([timed])
    with st.container(horizontal=True):
        offer_captions(timed, song, place="part", look="secondary")
        offer_removal(found, "Remove")


def offer_captions(timed: Attachment, song: Song, *, place: str, look: Look = "tertiary") -> None:
    """Offer the timed words as files; `place` says where on the page this is."""
    lines = lines_of(words_of(timed.facts), song.lyrics)
    for ending, text in (("lrc", to_lrc(lines, song.title)), ("srt", to_srt(lines))):
        st.download_button(
            f"Download {ending.upper()}",
            text,
            file_name=f"{song.title[:80]}.{ending}",
            mime="text/plain",
            key=f"{ending}-{place}-{timed.id}",
            type=look,
            icon=":material/download:",
            on_click="ignore",
        )


def ask(bench: Bench) -> None:
    """Offer to have the words found in the sound."""
    show_ask(
        Ask(
            "Words in time",
            "When each word is sung, for karaoke and subtitles.",
            "Find them",
            TimeLyrics(source=bench.song.id),
            is_here=bool(bench.of_kind(Attached.TIMELINE)),
        ),
        bench,
    )
