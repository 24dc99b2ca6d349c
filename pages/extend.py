"""Extend: a song goes on from a point of it."""

import streamlit as st

from studio.songs import Ability
from studio.ui import (
    blanks,
    draft,
    explain,
    forms,
    frame,
    joins,
    lists,
    makers,
    muse,
    press,
    sources,
    windows,
    workflows,
)

draft.open_draft("extend", blanks.EXTEND)
place = frame.head("Extend a song")

with explain.problems():
    with place:
        maker = makers.choose(Ability.EXTEND)

    song = sources.choose("The song that goes on")
    if song is not None:
        joins.offer(song)
        windows.choose_point(song, "The tail starts at")
    forms.write_style(maker.limits, "Style of the tail", "as before, with strings and a choir")
    forms.write_words(maker.limits, "Words of the tail")
    muse.offer(muse.WORDS, maker)
    forms.choose_joining()
    forms.show_more(maker)

    asked = press.ask(maker, song)
    draft.keep_draft()
    press.show_reading(asked)
    with st.container(horizontal=True, vertical_alignment="center"):
        press.show_button("Play on from there", asked)
    press.show_advice(asked)

lists.follow_recent(workflows.abilities_of("extend"))
