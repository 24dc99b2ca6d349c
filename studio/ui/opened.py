"""The one studio that is open in this process.

Pages, our own routes and the start of the server all ask here. It is kept by Streamlit's
resource cache, which outlives a reload of our modules while they are being edited.
"""

import os
import threading
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from studio.client import Studio

first_page = threading.Event()
"""Set once a page has been drawn; what is not needed for that may wait until then."""


@st.cache_resource(show_spinner=False, on_release=lambda studio: studio.close())
def studio() -> "Studio":
    """Open the studio, or give the one that is open."""
    # Only now, so that the server can answer while all that a client stands on is imported.
    from studio.client import open_studio  # noqa: PLC0415 - loaded by who needs it
    from studio.settings import Settings  # noqa: PLC0415 - loaded by who needs it

    return open_studio(Settings.from_environment(os.environ), work=True)
