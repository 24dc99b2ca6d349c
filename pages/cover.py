"""Cover: the same song in another style."""

import streamlit as st

from studio.songs import Ability
from studio.ui import explain, frame
from studio.ui.form import blanks, boxes, comparing, draft, extras, makers, press, workflows
from studio.ui.form.source import sources
from studio.ui.work import lists

draft.open_draft("cover", blanks.COVER)
place = frame.head("Cover a song")

with explain.problems():
    maker = makers.choose(Ability.COVER, place)

    song = sources.choose("The song to cover")
    boxes.write_style(maker, "New style", "bossa nova with nylon guitar, soft drums")
    boxes.keep_words(song, maker)
    boxes.choose_closeness(maker.limits)
    extras.show(maker)

    asked = press.ask(maker, song)
    draft.keep_draft()
    with st.container(horizontal=True, vertical_alignment="center"):
        press.show_button("Cover it", asked)
        comparing.offer(asked)
    press.show_advice(asked)
    press.show_reading(asked)

lists.follow_recent(workflows.abilities_of("cover"))
