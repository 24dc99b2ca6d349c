"""Create: from a few words to a new song."""

import streamlit as st

from studio.songs import Ability
from studio.ui import explain, frame
from studio.ui.form import blanks, boxes, draft, extras, ideas, makers, press, workflows
from studio.ui.work import lists

draft.open_draft("create", blanks.CREATE)
place = frame.head("Create a song")

with explain.problems():
    maker = makers.choose(Ability.CREATE, place)

    if boxes.choose_way(maker.limits):
        boxes.write_description()
        boxes.choose_styles(maker.limits)
    else:
        boxes.write_title(maker.limits)
        boxes.write_style(maker)
        boxes.choose_styles(maker.limits)
        boxes.write_or_have_words(maker)
    asked = press.ask(maker)
    press.show_reading(asked, "Say it in your own words, pick styles, or both.")
    extras.choose_lists(maker.limits)
    extras.show(maker, titled=True)

    asked = press.ask(maker)
    draft.keep_draft()
    with st.container(horizontal=True, vertical_alignment="center"):
        press.show_button(f"Make {press.takes_in_words(maker)}", asked)
        ideas.show()
    press.show_advice(asked)

lists.follow_recent(workflows.abilities_of("create"))
