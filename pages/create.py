"""Create: from a few words to a new song."""

import streamlit as st

from studio.ui import explain, frame
from studio.ui.form import blanks, boxes, comparing, draft, extras, makers, press, sounds, workflows
from studio.ui.form.blanks import DESCRIBE, SOUND
from studio.ui.form.writing import ideas
from studio.ui.work import lists

draft.open_draft("create", blanks.CREATE)
place = frame.head(sounds.title())

with explain.problems():
    maker = makers.choose(sounds.ability(), place)

    way = boxes.choose_way(maker)
    is_song = way != SOUND
    if not is_song:
        sounds.describe(maker)
    elif way == DESCRIBE:
        boxes.write_description()
        boxes.choose_styles(maker.limits)
    else:
        boxes.write_title(maker.limits)
        boxes.write_style(maker)
        boxes.choose_styles(maker.limits)
        boxes.write_or_have_words(maker)
    asked = press.ask(maker)
    press.show_reading(asked, "Say it in your own words, pick styles, or both." if is_song else "")
    extras.choose_lists(maker.limits)
    extras.show(maker, titled=True, sings=None if is_song else False, tunes=is_song)

    asked = press.ask(maker)
    draft.keep_draft()
    with st.container(horizontal=True, vertical_alignment="center"):
        press.show_button(f"Make {press.takes_in_words(maker)}", asked)
        comparing.offer(asked)
        if is_song:
            ideas.show()
    press.show_advice(asked)

lists.follow_recent(workflows.abilities_of("create"))
