"""Versions: texts that were written on request, side by side, to choose from."""

from collections.abc import Callable, Sequence

import streamlit as st

from studio.songs import Text
from studio.ui.words import plain


def show(texts: Sequence[Text], *, key: str, label: str, take: Callable[[Text], None]) -> bool:
    """Show `texts` side by side; the button `label` takes one. Tells whether one was taken."""
    taken = False
    for number, (place, text) in enumerate(zip(st.columns(len(texts)), texts, strict=True)):
        with place, st.container(border=True, height="stretch", key=f"{key}-{number}"):
            # The button comes first: words are long, and on a phone the second is far down.
            taken |= st.button(
                label,
                key=f"{key}-take-{number}",
                icon=":material/check:",
                on_click=take,
                args=(text,),
            )
            if text.title:
                st.markdown(f"**{plain(text.title)}**")
            st.text(text.text.strip())
    return taken
