"""Personas: voices taken from songs, and asked to sing others."""

import streamlit as st

from studio.ui import empty, explain, frame
from studio.ui.form import blanks, draft, makers, press, workflows
from studio.ui.form.voices import casting, phrases
from studio.ui.song import personas
from studio.ui.work import lists

draft.open_draft("personas", blanks.PERSONAS)

place = frame.head("Personas")

with explain.problems():
    if personas.show_all():
        st.subheader("A new one", anchor=False)
    else:
        empty.show_no_personas()

    way = casting.choose_way()
    maker = makers.choose(way.ability, place)
    if phrases.are_needed(maker):
        label, asked = phrases.go(maker)
    else:
        song = casting.choose_source(way, maker)
        casting.describe(way, maker)
        label, asked = "Make the persona", casting.ask(way, maker, song)
    draft.keep_draft()

    if label:
        with st.container(horizontal=True, vertical_alignment="center"):
            press.show_button(label, asked, icon=":material/mic:")
        press.show_advice(asked)

    lists.follow_recent(workflows.abilities_of("personas"), with_done=False)
