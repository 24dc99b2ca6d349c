"""Lyrics: words about something, or a richer style, in versions to choose from."""

import streamlit as st

from studio.ui import blanks, draft, drawer, explain, frame, makers, papers, press

draft.open_draft("lyrics", blanks.LYRICS)
place = frame.head("Write lyrics")

with explain.problems():
    paper = papers.choose()
    with place:
        maker = makers.choose(paper.ability)

    papers.write(paper, maker)
    asked = press.ask(maker)
    draft.keep_draft()
    press.show_reading(asked, paper.lead)
    with st.container(horizontal=True, vertical_alignment="center"):
        press.show_button(paper.press, asked, icon=":material/edit_note:")
    press.show_advice(asked)

drawer.show()
