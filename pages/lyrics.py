"""Lyrics: words about something, or a richer style, in versions to choose from."""

import streamlit as st

from studio.ui import explain, frame
from studio.ui.form import blanks, draft, makers, press
from studio.ui.form.writing import drawer, papers

draft.open_draft("lyrics", blanks.LYRICS)
place = frame.head("Write lyrics")

with explain.problems():
    paper = papers.choose()
    maker = makers.choose(paper.ability, place)

    papers.write(paper, maker)
    asked = press.ask(maker)
    draft.keep_draft()
    with st.container(horizontal=True, vertical_alignment="center"):
        press.show_button(paper.press, asked, icon=":material/edit_note:")
    press.show_advice(asked)
    press.show_reading(asked, paper.lead)

drawer.show()
