"""Cover: the same song in another style."""

import streamlit as st

from studio.songs import Ability
from studio.ui import (
    blanks,
    draft,
    explain,
    forms,
    frame,
    lists,
    makers,
    muse,
    press,
    sources,
    workflows,
)

draft.open_draft("cover", blanks.COVER)
place = frame.head("Cover a song")

with explain.problems():
    with place:
        maker = makers.choose(Ability.COVER)

    song = sources.choose("The song to cover")
    forms.write_style(maker.limits, "New style", "bossa nova with nylon guitar, soft drums")
    muse.offer(muse.STYLE, maker)
    forms.keep_words(song, maker.limits)
    forms.choose_closeness(maker.limits)
    forms.show_more(maker)

    asked = press.ask(maker, song)
    draft.keep_draft()
    press.show_reading(asked)
    with st.container(horizontal=True, vertical_alignment="center"):
        press.show_button("Cover it", asked)
    press.show_advice(asked)

lists.follow_recent(workflows.abilities_of("cover"))
