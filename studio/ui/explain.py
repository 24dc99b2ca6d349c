"""What went wrong, in two sentences and with the next step beside it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from studio.errors import ConnectionUnknown, NotFound, StudioProblem
from studio.ui.frame import pages_dir
from studio.ui.words import plain

log = logging.getLogger(__name__)


@contextmanager
def problems() -> Iterator[None]:
    """Show what goes wrong inside as a sentence; what follows inside is left out."""
    try:
        yield
    except StudioProblem as problem:
        show_problem(problem)


def unforeseen(trouble: Exception) -> bool:
    """Show that something went wrong which nobody foresaw; a page never ends in a traceback."""
    if isinstance(trouble, StudioProblem):
        show_problem(trouble)
        return True
    log.error("A page could not go on.", exc_info=trouble)
    st.error(
        "Something went wrong that the studio did not foresee. Nothing of yours is lost: try once "
        "more. If it stays, the server's log says where it happened.",
        icon=":material/error:",
    )
    return True


def show_problem(problem: StudioProblem) -> None:
    """Show `problem`, and a way on where there is one."""
    st.error(plain(str(problem)), icon=":material/error:")
    if isinstance(problem, ConnectionUnknown):
        st.page_link(pages_dir() / "settings.py", label="Open Settings", icon=":material/tune:")
    elif isinstance(problem, NotFound):
        st.page_link(
            pages_dir() / "gallery.py", label="Open the gallery", icon=":material/library_music:"
        )
