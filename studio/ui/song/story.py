"""The story of a song: what is known of it, where it came from, and how it was made."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from studio.errors import NotFound
from studio.songs import Ability, Part, RecoverSong, Song
from studio.ui.opened import studio
from studio.ui.song import tempo
from studio.ui.song.asked import show_asked
from studio.ui.song.asks import Ask, show_ask
from studio.ui.song.attachments import note_of
from studio.ui.song.bench import Bench
from studio.ui.song.cards import BRING_HOME, bring_home, make_another, show_card
from studio.ui.words import clock, plain


def asked_song() -> Song:
    """Give the song that the address asks for.

    Raises
    ------
    NotFound
        If the address names none, or one that is gone.
    """
    wanted = st.query_params.get("id", "")
    if not wanted:
        raise NotFound("No song was chosen. Choose one in the gallery.")
    song = studio().song(wanted)
    if song.deleted_at is not None:
        raise NotFound(f"“{song.title}” was deleted. What is there is in the gallery.")
    return song


def offer_another(song: Song) -> None:
    """Offer to fill the form of its workflow with what this song was made from."""
    if song.request is not None and st.button(
        "Make another like it", icon=":material/refresh:", key="another"
    ):
        make_another(song)


def offer_to_fetch(bench: Bench) -> None:
    """Offer to bring a song home that is still at the vendor; after its link has ended, anew."""
    song = bench.song
    if song.is_home:
        return
    ends = song.link_ends_at
    lives = ends is not None and ends > datetime.now(UTC)
    ended = "ends" if lives else "ended"
    until = f" Its link {ended} {ends.astimezone():%-d %B, %H:%M}." if ends else ""
    st.warning(f"The sound is still at the vendor.{plain(until)}", icon=":material/cloud:")
    if st.button(BRING_HOME, icon=":material/cloud_download:", key="fetch"):
        bring_home(song)
    maker = next((offer for offer in bench.offers if offer.name == song.connection), None)
    if not lives and maker is not None and Ability.RECOVER in maker.abilities:
        show_ask(
            Ask(
                "Recover",
                "Its sound once more, from whoever made it.",
                "Recover it",
                RecoverSong(source=song.id),
            ),
            replace(bench, offer=maker),
        )


def show_facts(bench: Bench) -> None:
    """Show what is known of the song, as sound."""
    song = bench.song
    facts = {
        "Style": song.style,
        "Length": clock(song.length),
        **{name: say(song.facts, field) for field, (name, say) in FACTS.items()},
        **_seam(song),
    }
    st.markdown("\n".join(f"- {name}: {plain(fact)}" for name, fact in facts.items() if fact))
    if note := note_of(song.facts):
        st.caption(plain(note))
    tempo.show(bench)


def show_story(song: Song) -> None:
    """Show where the song came from: who made it, when, and of what; or who brought it."""
    facts = {
        "Made" if song.request else "Brought": f"{song.made_at.astimezone():%-d %B %Y, %H:%M}",
        "By": song.connection,
        "Take": str(song.take) if song.request else "",
        "Seed": "" if song.seed is None else str(song.seed),
        "Job": song.job if song.request else "",
        "Id at the vendor": song.remote or "",
        "Came by": ORIGINS.get(_text(song.facts, "origin"), ""),
        "From": _text(song.facts, "from"),
        "Format": _text(song.facts, "format"),
    }
    st.markdown("\n".join(f"- {name}: {plain(fact)}" for name, fact in facts.items() if fact))
    if song.request is not None:
        st.markdown("**What was asked for**")
        show_asked(song.request)


def show_siblings(song: Song) -> None:
    """Show the other takes of the same job."""
    if song.request is None:
        return
    try:
        job = studio().job(song.job)
    except NotFound:
        return
    others = [studio().song(other) for other in job.songs if other != song.id]
    others = [other for other in others if other.deleted_at is None]
    if others:
        st.subheader("The other take" if len(others) == 1 else "Other takes", anchor=False)
    for other in others:
        show_card(other)


def _text(facts: Mapping[str, Any], field: str) -> str:
    told = facts.get(field, "")
    return "" if told is None else str(told)


def _tempo(facts: Mapping[str, Any], field: str) -> str:
    told = facts.get(field)
    return f"{told:.4g} bpm" if isinstance(told, int | float) else _text(facts, field)


def _seam(song: Song) -> dict[str, str]:
    """Say where the new part of a whole begins, or from where in its song a tail goes on."""
    seam = song.facts.get("seam_seconds")
    if not isinstance(seam, int | float) or song.part not in SEAMS:
        return {}
    return {SEAMS[song.part]: clock(seam)}


FACTS = {
    "tempo_bpm": ("Tempo", _tempo),
    "key": ("Key", _text),
}
"""What is told of a take as sound: how it is called, and how it is said."""
SEAMS: Mapping[Part, str] = {
    Part.WHOLE: "New from",
    Part.SECTION: "New from",
    Part.TAIL: "Goes on from",
}
ORIGINS: Mapping[str, str] = {
    "file": "a file",
    "microphone": "the microphone",
    "link": "a link",
}
"""How a sound was brought."""
