"""Jobs: what waits for a decision, is being made, has failed, or was done today."""

from studio.ui import empty, explain, frame
from studio.ui.compare import earlier
from studio.ui.work import lists

frame.head("Jobs")

with explain.problems():
    shown = [
        lists.show_section("For you to decide", lists.waiting),
        lists.show_section("Under way", lists.under_way),
        lists.show_section("Failed", lists.failed),
        lists.show_section("Done today", lists.done_today),
    ]

    if not any(shown):
        empty.show_no_jobs()
    earlier.offer_list()
