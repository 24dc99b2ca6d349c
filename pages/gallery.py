"""Gallery: every song that was made, found again."""

from studio.ui import empty, explain, frame, shelf
from studio.ui.cards import show_card

frame.head("Gallery")

with explain.problems():
    search, kept = shelf.ask()
    songs = shelf.look(search, kept=kept)

    for song in songs:
        show_card(song)

    if not songs:
        empty.show_no_songs(search, kept=kept)
