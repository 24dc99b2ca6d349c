"""Song tools: pull a song apart, find out about it, and take it away in other forms."""

from studio.ui import empty, explain, frame
from studio.ui.form import blanks, draft
from studio.ui.form.source import sources
from studio.ui.song import bench, parts
from studio.ui.work import lists

draft.open_draft("song_tools", blanks.SONG_TOOLS)

place = frame.head("Song tools")

with explain.problems():
    song = sources.choose("The song on the bench")
    draft.keep_draft()

    if song is None:
        empty.show_no_bench()
    else:
        on_bench = bench.put_on(song)
        with place:
            bench.choose_connection(on_bench)
        parts.show_asks(on_bench)
        lists.follow_song(on_bench)
        parts.show_tabs(on_bench, with_asks=False)
