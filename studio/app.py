"""The frame around every page, and the list of pages.

Streamlit runs this file again for every change on a page: then it is `__main__` and draws. A
server imports it once: then it is the application, with our own addresses and our own start
and stop. `streamlit run studio/app.py` finds `app` below and so gets the same as `studio serve`.
Each way imports only what it needs: the server must answer before the rest of the studio is there.
"""

import streamlit as st

if __name__ == "__main__":
    from studio.ui import flash, frame
    from studio.ui.frame import pages_dir
    from studio.ui.opened import first_page
    from studio.ui.player import show_dock

    st.set_page_config(page_title="Woodshed", page_icon=frame.ICON, layout="centered")

    MENU = {
        "Make": (
            ("create", "Create", ":material/music_note:"),
            ("extend", "Extend", ":material/arrow_forward:"),
            ("cover", "Cover", ":material/brush:"),
            ("remix", "Remix", ":material/shuffle:"),
            ("personas", "Personas", ":material/mic:"),
            ("lyrics", "Lyrics", ":material/lyrics:"),
        ),
        "Work": (("song_tools", "Song tools", ":material/construction:"),),
        "Library": (
            ("gallery", "Gallery", ":material/library_music:"),
            ("jobs", "Jobs", ":material/hourglass_top:"),
        ),
        "Studio": (("settings", "Settings", ":material/tune:"),),
    }
    PAGES = {
        title: [
            st.Page(pages_dir() / f"{name}.py", title=label, icon=icon, default=name == "create")
            for name, label, icon in pages
        ]
        for title, pages in MENU.items()
    }
    # The page of one song is opened from its card, that of a comparison from a form.
    for name, label in (("song", "Song"), ("compare", "Compare")):
        PAGES["Library"].append(
            st.Page(pages_dir() / f"{name}.py", title=label, visibility="hidden")
        )
    page = st.navigation(PAGES)
    frame.show_look()
    show_dock()
    frame.show_connection()
    flash.show()
    page.run()
    first_page.set()
else:
    from streamlit import App

    from studio.routes import routes
    from studio.server import configure_the_rest, lifespan, middleware
    from studio.ui.explain import unforeseen

    configure_the_rest()

    app = App(
        __file__,
        routes=routes(),
        middleware=middleware(),
        lifespan=lifespan,
        on_script_error=unforeseen,
    )
