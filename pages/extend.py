"""Extend: a song goes on from a point of it."""

import streamlit as st

from studio.songs import Ability
from studio.ui import explain, frame
from studio.ui.form import blanks, boxes, comparing, draft, extras, makers, press, workflows
from studio.ui.form.source import joins, sources, windows
from studio.ui.work import lists

draft.open_draft("extend", blanks.EXTEND)
place = frame.head("Extend a song")

with explain.problems():
    maker = makers.choose(Ability.EXTEND, place)

    song = sources.choose("The song that goes on", mark=windows.choose_point)
    if song is not None:
        joins.offer(song)
    boxes.write_style(maker, "Style of the tail", "as before, with strings and a choir")
    boxes.write_words(maker, "Words of the tail")
    boxes.choose_joining()
    extras.show(maker)

    asked = press.ask(maker, song)
    draft.keep_draft()
    with st.container(horizontal=True, vertical_alignment="center"):
        press.show_button("Play on from there", asked)
        comparing.offer(asked)
    press.show_advice(asked)
    press.show_reading(asked)

lists.follow_recent(workflows.abilities_of("extend"))
