"""Jobs: what waits for a decision, is being made, has failed, or was done today."""

from studio.ui import empty, explain, frame, jobs

frame.head("Jobs")

with explain.problems():
    shown = [
        jobs.show_section("For you to decide", jobs.waiting),
        jobs.show_section("Under way", jobs.under_way),
        jobs.show_section("Failed", jobs.failed),
        jobs.show_section("Done today", jobs.done_today),
    ]

    if not any(shown):
        empty.show_no_jobs()
