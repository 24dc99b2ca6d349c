"""Personas: voices taken from songs, and asked to sing others."""

import streamlit as st

from studio.songs import Ability
from studio.ui import empty, explain, frame
from studio.ui.form import blanks, casting, draft, makers, press
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
    song = casting.choose_source(way, maker)
    casting.describe(way, maker)
    draft.keep_draft()

    asked = casting.ask(way, maker, song)
    with st.container(horizontal=True, vertical_alignment="center"):
        press.show_button("Make the persona", asked, icon=":material/mic:")
    press.show_advice(asked)

    lists.follow_recent({Ability.PERSONA, Ability.VOICE}, with_done=False)
