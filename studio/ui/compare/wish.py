"""The wish: what is to be compared, kept until it is sent.

A form of the studio puts it into the session (`studio.ui.form.comparing`), and from there on it is
a draft like any other: it outlives a page change, a refusal and a restart.
"""

from collections.abc import Sequence

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from studio.songs import SongRequest
from studio.ui.abilities import ABILITIES
from studio.ui.form import draft
from studio.ui.form.blanks import Blank
from studio.ui.form.workflows import page_for
from studio.ui.song.asked import lines_of
from studio.ui.song.titles import titles_of
from studio.ui.words import plain, shortened

FORM = "compare"
BLANK: Blank = {"request": "", "earlier": "", "to": [], "picked": False, "blind": False}
"""What is asked, as JSON; the same where it is that of an earlier comparison, and so in no form;
of whom, and whether a person chose them; and whether blind."""
LETTERS = 70

_REQUESTS: TypeAdapter[SongRequest] = TypeAdapter(SongRequest)


def asked() -> SongRequest | None:
    """Give what is to be compared; `None` where nothing is."""
    try:
        return _REQUESTS.validate_json(draft.value("request") or "null")
    except ValidationError:  # nothing there, or from an older studio
        return None


def put_again(request: SongRequest, to: Sequence[str]) -> None:
    """Let the request of an earlier comparison be compared once more, by these makers."""
    told = request.model_dump_json()
    draft.put(request=told, earlier=told, to=list(to), picked=True)


def put_aside() -> None:
    """Let nothing be there to compare."""
    draft.put(request="")


def name_of(request: SongRequest) -> str:
    """Name a request by what is to become of it: *Cover of Rain*; a new song by its own words."""
    name = shortened(request.called or "A song", letters=LETTERS)
    return ABILITIES[request.ability].job.format(titles_of(request.sources), name=name)


def show(request: SongRequest) -> None:
    """Show what all are asked for, with the way back to its form."""
    with st.container(border=True, key="wish", gap="small"):
        st.markdown(_in_words(request))
        with st.container(horizontal=True, gap="small"):
            if st.button("Change it", key="change-wish", icon=":material/edit:", type="tertiary"):
                _change(request)
            st.button("Put it aside", key="drop-wish", type="tertiary", on_click=put_aside)


def _change(request: SongRequest) -> None:
    """Go back to the form, which still holds what was typed, unless this never came from it."""
    if draft.value("earlier") == draft.value("request"):
        draft.write_down(request)
    st.switch_page(page_for(request.ability))


def show_folded(request: SongRequest) -> None:
    """Show what all were asked for, where the ear has something better to do."""
    with st.expander(f"Asked: {plain(name_of(request))}"):
        st.markdown(_in_words(request))


def _in_words(request: SongRequest) -> str:
    return "  \n".join(f":gray[{name}:] {plain(text)}" for name, text in lines_of(request))
