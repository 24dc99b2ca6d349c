"""Sounds that only a person can bring to a vendor: the page asks under which id they are there."""

import pytest

from studio.songs import Attached
from tests.pages.anybody import Anybody
from tests.pages.test_song import told

HOW = "Upload it in the console of Anybody."


@pytest.fixture
def console(anybody, monkeypatch):
    """Let sounds reach Anybody only through somebody's hands; with one that was made elsewhere."""
    monkeypatch.setattr(Anybody, "by_hand", HOW)
    monkeypatch.setattr(Anybody, "before", classmethod(lambda *_: ()))
    anybody.put_song("Rain", 1, length=20)
    return anybody


def tell(app, remote):
    app.text_input(key="told-song1-anybody").input(remote).run()
    return next(each for each in app.button if each.label == "It is there").click().run()


def test_form_asks_for_the_id_and_then_can_be_sent(console, visit):
    app = visit("cover", song="song1")
    assert HOW in app.warning[0].value.replace("\\", "")
    tell(app, "clip-7")
    (known,) = console.studio.attachments("song1", Attached.UPLOAD)
    assert (known.remote, known.connection) == ("clip-7", "anybody")
    assert not app.warning


def test_tools_say_how_it_gets_there_and_ask_for_the_id(console, visit):
    app = visit("song_tools", song="song1")
    app.selectbox(key="asked-about-song1").set_value("anybody").run()
    assert HOW in told(app)
    tell(app, "clip-7")
    assert HOW not in told(app)


def test_what_is_no_id_is_said_and_can_be_written_again(console, visit):
    app = tell(visit("cover", song="song1"), "not an id")
    assert "is not an id" in app.error[0].value.replace("\\", "")
    assert console.studio.attachments("song1", Attached.UPLOAD) == ()


def test_song_that_was_made_there_needs_no_hands(console, visit):
    console.put_song("Sun", 2, length=20, connection="anybody", kind="anybody", remote="there")
    app = visit("song_tools", song="song2")
    assert HOW not in told(app)
