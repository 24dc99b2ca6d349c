"""Jobs: what waits for a decision, is being made, has failed, or was done today."""

import streamlit as st

from studio.ui import empty, explain, frame, jobs

frame.head("Jobs")

with explain.problems():
    waiting = jobs.waiting()
    if waiting:
        st.subheader("For you to decide", anchor=False)
        jobs.follow(jobs.waiting)

    if jobs.under_way():
        st.subheader("Under way", anchor=False)
        jobs.follow(jobs.under_way)

    if jobs.failed():
        st.subheader("Failed", anchor=False)
        jobs.follow(jobs.failed)

    if jobs.done_today():
        st.subheader("Done today", anchor=False)
        jobs.follow(jobs.done_today)

    if not jobs.any_to_show():
        empty.show_no_jobs()
