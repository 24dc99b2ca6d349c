"""The bench: one song on it, with what was found out about it and what is being found out."""

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
    return Bench(
        song=song,
        offer=studio().offer(connection_for(song)),
        found=tuple(studio().attachments(song.id)),
        jobs=tuple(studio().jobs(of_song=song.id, abilities=FINDERS, limit=JOBS)),
    )


def connection_for(song: Song) -> str:
    """Name the connection that is asked about `song`: the one chosen, its own, or the default."""
    known = {connection.name for connection in studio().connections()}
    wished = [st.session_state.get(_chosen(song.id)), song.connection]
    return next((name for name in wished if name in known), studio().default().name)


def choose_connection(song: Song) -> None:
    """Choose who is asked."""
    names = [connection.name for connection in studio().connections()]
    if st.session_state.get(_chosen(song.id)) not in names:
        # Only then: what the studio writes into a field wins over a click that is on its way.
        ask_instead(song.id, connection_for(song))
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
