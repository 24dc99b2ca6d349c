"""Create: from a few words to a new song."""

import streamlit as st

from studio.ui import draft, explain, forms, frame, ideas, lists, press

draft.open_draft()

with frame.head("Create a song"):
    to = forms.choose_connection()

with explain.problems():
    offer = forms.offer_of(to)
    limits = forms.limits_of(offer)

    if forms.choose_way() == forms.DESCRIBE:
        forms.write_description()
    else:
        forms.write_song()
    forms.choose_styles()
    press.show_reading(to, limits)

    sound, fine = st.columns(2)
    with sound, forms.folded("Voice, length, model") as box:
        if box.open:
            forms.choose_sound(limits, list(offer.models))
    with fine, forms.folded("Fine-tune: weights, exclusions, seed") as box:
        if box.open:
            forms.fine_tune(limits)

    draft.keep_draft()

    with st.container(horizontal=True, vertical_alignment="center"):
        press.show_button(offer, limits)
        ideas.show()

lists.follow_recent()
