"""The one studio that is open in this process.

Pages, our own routes and the start of the server all ask here. It is kept by Streamlit's
resource cache, which outlives a reload of our modules while they are being edited.
"""

import os

import streamlit as st

from studio.client import Studio, open_studio
from studio.settings import Settings


@st.cache_resource(show_spinner=False, on_release=lambda studio: studio.close())
def studio() -> Studio:
    """Open the studio, or give the one that is open."""
    return open_studio(Settings.from_environment(os.environ), work=True)
