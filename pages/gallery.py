"""Gallery: every song that was made or brought, found again."""

from studio.ui import empty, explain, frame
from studio.ui.song import shelf
from studio.ui.song.cards import show_card

with frame.head("Gallery"):
    shelf.offer_to_bring()

with explain.problems():
    if shelf.is_empty():
        empty.show_no_songs()
    else:
        search, kept = shelf.ask()
        songs = shelf.look(search, kept=kept)

        for song in songs:
            show_card(song)

        if not songs:
            empty.show_nothing_found()
