"""Song: one song, its words, its parts, and where it came from."""

import streamlit as st

from studio.ui import explain
from studio.ui.player import show_track, song_track
from studio.ui.song import bench, cards, lineage, onward, parts, story, takeaway
from studio.ui.work import lists

with explain.problems():
    song = story.asked_song()
    on_bench = bench.put_on(song)

    show_track(song_track(song, line=cards.line_of_page(song), size="large"), key=f"song-{song.id}")
    lineage.show_origin(song)
    with st.container(horizontal=True, key="song-actions"):
        cards.keep_button(song, label=True)
        takeaway.show_menu(on_bench)
        story.offer_another(song)
        cards.show_menu(song, full=False)
    onward.show(song)
    story.offer_to_fetch(on_bench)

    lists.follow_song(on_bench)
    parts.show_tabs(on_bench, with_asks=True)

    story.show_siblings(song)
    lineage.show_children(song)
