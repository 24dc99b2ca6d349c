"""Compare: one request to several makers at once, heard side by side, with a vote that is kept."""

import streamlit as st

from studio.ui import explain, frame
from studio.ui.compare import earlier, makers, order, stage, wish
from studio.ui.form import draft

draft.open_draft(wish.FORM, wish.BLANK)
frame.head("Compare")

with explain.problems():
    asked = wish.asked()
    if comparison := st.query_params.get("id"):
        stage.show(comparison)
    elif asked is not None:
        wish.show(asked)
        order.show(asked, makers.choose(asked))
        earlier.show_list()
    else:
        earlier.show_empty()
        earlier.show_list()
