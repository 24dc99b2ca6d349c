"""Song: one song, its words, and where it came from."""

import streamlit as st

from studio.ui import cards, explain, story
from studio.ui.player import show_track, song_track

with explain.problems():
    song = story.asked_song()

    show_track(song_track(song, line=cards.line_of(song), size="large"), key=f"song-{song.id}")
    with st.container(horizontal=True, key="song-actions"):
        cards.keep_button(song, label=True)
        cards.show_downloads(song, look="secondary")
        story.offer_another(song)
        cards.show_menu(song, full=False)
    story.offer_to_fetch(song)

    words, facts, made = st.tabs(["Words", "Facts", "How it was made"])
    with words:
        story.show_words(song)
    with facts:
        story.show_facts(song)
    with made:
        story.show_request(song)

    story.show_siblings(song)
