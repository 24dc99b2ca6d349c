"""Ready-made ideas: for whoever does not know where to begin, and for a first sound at once."""

from collections.abc import Mapping

import streamlit as st

from studio.songs import CreateSong
from studio.ui import flash
from studio.ui.form import draft
from studio.ui.form.blanks import CREATE
from studio.ui.opened import studio

IDEAS: Mapping[str, CreateSong] = {
    "Leaving Lights, a slow soul song": CreateSong(
        title="Leaving Lights",
        style="slow soul with brass, warm, female voice",
        lyrics=(
            "[Verse]\nThe platform lights are thinning out\nMy ticket says a quarter past\n"
            "I packed the things I cannot doubt\nAnd left the ones that would not last\n\n"
            "[Chorus]\nSo let the city keep the rain\nI only need the morning train\n"
            "Wave me down the leaving lights\nI am going home tonight\n"
        ),
        length=60,
    ),
    "Paper Boats, gentle folk": CreateSong(
        title="Paper Boats",
        style="folk, acoustic guitar, gentle, male voice",
        lyrics=(
            "[Verse]\nWe folded boats from Sunday news\nAnd set them on the mill stream blue\n"
            "One for every thing to lose\nAnd one for me and one for you\n\n"
            "[Chorus]\nRow, little paper, row\nDown where the willows grow\n"
            "What the river wants to know\nI will tell it, then let go\n"
        ),
        length=60,
    ),
    "Night Shift, lo-fi without words": CreateSong(
        title="Night Shift",
        style="lo-fi, mellow, soft keys, late night",
        instrumental=True,
        length=60,
    ),
}


def show() -> None:
    """Offer the ideas; choosing one fills the form."""
    st.menu_button(
        "Ready-made ideas",
        list(IDEAS),
        key="idea",
        type="tertiary",
        icon=":material/lightbulb:",
        on_click=_fill,
    )


def play_three() -> None:
    """Let the default connection play all three; asked twice, they are made once."""
    draft.open_draft("create", CREATE)
    for request in IDEAS.values():
        studio().submit(request, key=draft.submit_key(request, "three examples"))
    flash.say("Three songs are being made. The first can be heard in a moment.")


def _fill() -> None:
    chosen = IDEAS.get(str(st.session_state.get("idea")))
    if chosen is not None:
        draft.write_down(chosen, to=draft.value("to") if draft.value("picked") else None)
