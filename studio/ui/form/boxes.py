"""The fields of a wish, in the musician's words; each keeps what is typed in the draft.

A field is shown only where the chosen model takes it.
"""

from collections.abc import Mapping

import streamlit as st

from studio.providers.limits import Limits
from studio.songs import Ability, Song
from studio.ui.form import draft, fields
from studio.ui.form.blanks import KEPT_WORDS, NEW_WORDS, OWN_WORDS, SOUND, WRITTEN_WORDS
from studio.ui.form.makers import Maker
from studio.ui.form.said import ways_of
from studio.ui.form.writing import muse
from studio.ui.words import plain

STYLES = ("pop", "rock", "soul", "jazz", "lo-fi", "house", "hip-hop", "ballad", "folk")
MARKS = ("Intro", "Verse", "Pre-Chorus", "Chorus", "Bridge", "Outro")
CLOSENESS: Mapping[float, str] = {0.2: "Free", 0.5: "Balanced", 0.8: "Close"}
CLOSENESS_MEANING = (
    "Free keeps little more than the idea, close keeps the sound as well, balanced lies between."
)


def choose_way(maker: Maker) -> str:
    """Choose between describing a song, writing it, and having a sound made; gives which."""
    ways = list(ways_of(maker.offer.limits(Ability.CREATE, draft.value("model"))))
    makes_sounds = any(Ability.SOUNDS in offer.abilities for offer in maker.offers)
    if makes_sounds or draft.value("way") == SOUND:
        ways.append(SOUND)
    if len(ways) > 1:
        named = {way: way for way in ways}
        # Also of a form that is grey: another way may be one that can be gone.
        return str(
            fields.switch(
                "way", "How to begin", named, label_visibility="collapsed", disabled=False
            )
        )
    return ways[0]


def write_description() -> None:
    """Say in a sentence or two what to hear."""
    fields.kept(
        st.text_area,
        "description",
        "What do you want to hear?",
        height=104,
        placeholder="a slow soul song about leaving the city, with brass",
    )


def write_title(limits: Limits) -> None:
    """Give the song a name."""
    if limits.title:
        fields.kept(
            st.text_input,
            "title",
            "Title",
            live=True,
            placeholder="left open, the song finds its own",
        )


def write_style(
    maker: Maker, label: str = "Style", placeholder: str = "slow soul with brass, close harmony"
) -> None:
    """Say how it is to sound, with help beside it."""
    if not maker.limits.style:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="style-row"):
        fields.kept(st.text_area, "style", label, height="content", placeholder=placeholder)
        muse.offer(muse.STYLE, maker.name)
    muse.show_answer(muse.STYLE)


def choose_styles(limits: Limits) -> None:
    """Pick from well-known styles; they are added to what is written."""
    if not (limits.style or limits.description):
        return
    chosen = draft.value("styles") or []
    known = [style for style in chosen if style in STYLES]
    if known != chosen:
        # Only then: what the studio writes into a field wins over a click that is on its way.
        draft.put(styles=known)
    fields.kept(
        st.pills,
        "styles",
        "Styles",
        list(STYLES),
        selection_mode="multi",
        label_visibility="collapsed",
    )


def write_or_have_words(maker: Maker) -> None:
    """Write the words, or say what those that will be written are to be about."""
    limits = maker.limits
    if not limits.lyrics:
        return
    ways = {OWN_WORDS: OWN_WORDS, WRITTEN_WORDS: WRITTEN_WORDS}
    silent = draft.value("instrumental") and limits.instrumental
    if silent or fields.switch("words", "Words", ways) == OWN_WORDS:
        write_words(maker, labelled=bool(silent))
    else:
        fields.kept(
            st.text_area,
            "about",
            "What are they about?",
            height=104,
            placeholder="left open, they follow the style",
        )


def keep_words(song: Song | None, maker: Maker) -> None:
    """Choose between the words of `song` and new ones, and write these."""
    if not maker.limits.lyrics or song is None:
        return
    if song.lyrics.strip():
        ways = {KEPT_WORDS: KEPT_WORDS, NEW_WORDS: NEW_WORDS}
        if fields.switch("words", "Words", ways) == KEPT_WORDS:
            show_words(song, "The words as they are")
            return
    write_words(maker, "New words", "Leave empty to have new ones written.")


def show_words(song: Song, title: str) -> None:
    """Show the words of a song, folded."""
    with fields.folded(title, "words") as folded:
        if folded.open:
            st.text(song.lyrics.strip())


def write_words(
    maker: Maker,
    label: str = "Words",
    meaning: str = "Leave empty to have words written. Marks like [Verse] say where a part begins.",
    *,
    labelled: bool = True,
) -> None:
    """Write the words that are sung, with marks of the parts and help below."""
    limits = maker.limits
    if not limits.lyrics:
        return
    instrumental = bool(draft.value("instrumental")) and limits.instrumental
    fields.kept(
        st.text_area,
        "lyrics",
        label,
        height=210,
        disabled=instrumental or bool(draft.why_grey()),
        label_visibility="visible" if labelled else "collapsed",
        placeholder="[Verse]\nThe platform lights are thinning out\n\n[Chorus]\n…",
        help=meaning,
    )
    if instrumental:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="section-marks"):
        st.caption("Add a part:", width="content")
        for mark in MARKS:
            st.button(
                plain(f"[{mark}]"),
                key=f"mark-{mark}",
                type="tertiary",
                disabled=bool(draft.why_grey()),
                on_click=_add_mark,
                args=(mark,),
            )
        st.space("stretch")
        muse.offer(muse.WORDS, maker.name)
    muse.show_answer(muse.WORDS)


def _add_mark(mark: str) -> None:
    words = draft.value("lyrics").rstrip()
    draft.put(lyrics=f"{words}\n\n[{mark}]\n" if words else f"[{mark}]\n")


def write_section_words(limits: Limits) -> None:
    """Write what is sung in a section that is made anew."""
    if limits.lyrics:
        fields.kept(
            st.text_area,
            "section_lyrics",
            "New words of this section",
            height=104,
            placeholder="So let the city keep the rain\nI only need the morning train",
            help="Only what is sung inside the window.",
        )


def choose_joining() -> None:
    """Choose whether the whole is wanted too, or the tail alone."""
    fields.toggle("joined", "Join the tail to the song, so that I get the whole")


def choose_closeness(limits: Limits) -> None:
    """Choose how much of the original is kept."""
    if limits.audio_weight:
        fields.weight("audio_weight", "How close to the original", CLOSENESS_MEANING, CLOSENESS)
