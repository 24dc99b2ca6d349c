"""The bench: one song on it, with what was found out about it and what is being found out."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from studio.client import Offer
from studio.jobs.model import Job, State
from studio.songs import Attached, Attachment, Song
from studio.ui.abilities import FINDERS
from studio.ui.opened import studio

JOBS = 50


@dataclass(frozen=True, slots=True)
class Bench:
    """A song, and everything that a page about it needs to know, read once for each run."""

    song: Song
    offer: Offer
    """Of the connection that is asked."""
    offers: tuple[Offer, ...]
    """Of all connections, to tell who can what that one cannot."""
    found: tuple[Attachment, ...]
    """Newest first."""
    jobs: tuple[Job, ...]
    """That ask about it, newest first."""

    def done(self) -> list[Job]:
        """Give the jobs that have brought what was asked."""
        return [job for job in self.jobs if job.state is State.DONE]

    def of_kind(self, kind: Attached) -> list[Attachment]:
        """Give what was found of one kind, newest first."""
        return [found for found in self.found if found.kind is kind]


def put_on(song: Song) -> Bench:
    """Put a song on the bench."""
    offers = studio().offers()
    return Bench(
        song=song,
        offer=_asked(song, offers),
        offers=offers,
        found=tuple(studio().attachments(song.id)),
        jobs=tuple(studio().jobs(of_song=song.id, abilities=FINDERS, limit=JOBS)),
    )


def _asked(song: Song, offers: Sequence[Offer]) -> Offer:
    """Give who is asked about `song`: the one chosen, its own, or the default."""
    known = {offer.name: offer for offer in offers}
    wished = (st.session_state.get(_chosen(song.id)), song.connection)
    named = next((name for name in wished if name in known), None)
    return known[named] if named else studio().offer(studio().default().name)


def choose_connection(bench: Bench) -> None:
    """Choose who is asked."""
    song, names = bench.song, [offer.name for offer in bench.offers]
    if st.session_state.get(_chosen(song.id)) not in names:
        # Only then: what the studio writes into a field wins over a click that is on its way.
        ask_instead(song.id, bench.offer.name)
    st.selectbox(
        "Connection",
        names,
        key=_chosen(song.id),
        label_visibility="collapsed",
        width=220,
        persist_state="session",
    )


def ask_instead(song: str, to: str) -> None:
    """Ask the connection `to` about a song from now on; only before that choice is drawn."""
    st.session_state[_chosen(song)] = to


def _chosen(song: str) -> str:
    return f"asked-about-{song}"
