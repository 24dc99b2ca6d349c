"""Remix: something else out of a song, or out of two."""

import streamlit as st

from studio.ui import explain, frame
from studio.ui.form import blanks, draft, extras, makers, press, ways, workflows
from studio.ui.work import lists

draft.open_draft("remix", blanks.REMIX)
place = frame.head("Remix a song")

with explain.problems():
    way = ways.choose()
    maker = makers.choose(way.ability, place)

    song = ways.choose_song(way, maker)
    ways.show(way, maker, song)
    extras.show(maker, sings=way.sings, tunes=way.tunes)

    asked = press.ask(maker, song)
    draft.keep_draft()
    with st.container(horizontal=True, vertical_alignment="center"):
        press.show_button(way.press, asked)
    press.show_advice(asked)
    press.show_reading(asked)

lists.follow_recent(workflows.abilities_of("remix"))
