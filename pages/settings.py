"""Settings: who makes the songs, what it costs, how the studio is reached, and where things lie."""

import streamlit as st

from studio.ui import explain, frame
from studio.ui.house import adding, connections, facts, ledger, prices, reach

frame.head("Settings")

with explain.problems():
    st.subheader("Connections", anchor=False)
    connections.show_connections()

    adding.add_practice()
    adding.offer_to_add()
    prices.show_table()

    st.subheader("What was spent", anchor=False)
    ledger.show()

    st.subheader("How vendors reach this studio", anchor=False)
    reach.show()

    st.subheader("The voice", anchor=False)
    facts.show_voice()

    st.subheader("Where songs are kept", anchor=False)
    facts.show_folder()

    st.subheader("Light and dark", anchor=False)
    st.markdown("The studio is as light or dark as your system is set to.")
