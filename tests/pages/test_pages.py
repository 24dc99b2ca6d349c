"""Every page: empty, full, and with nobody at the other end."""

import json

import pytest

from studio.jobs.model import State
from tests.pages.conftest import NASTY

PAGES = (
    "create",
    "extend",
    "cover",
    "remix",
    "lyrics",
    "gallery",
    "song",
    "song_tools",
    "personas",
    "compare",
    "jobs",
    "settings",
)


def words(app):
    """Give all text that a page shows, apart from what its components draw."""
    kinds = ("title", "subheader", "markdown", "caption", "text", "error", "code")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def tracks(app):
    return [json.loads(each.proto.json) for each in app.get("bidi_component")]


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_in_an_empty_studio(visit, page):
    app = visit(page)
    assert not app.exception
    assert "Traceback" not in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_in_a_full_studio(house, visit, page):
    for number, title in enumerate(NASTY, start=1):
        house.put_song(title, number)
    for number, state in enumerate(State, start=1):
        house.put_job(state, number)
    app = visit(page, id="song1")
    assert not app.exception
    assert not [error for error in app.error if "did not foresee" in error.value]


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_when_nobody_answers(house, visit, page):
    house.close_the_door()
    app = visit(page)
    assert not app.exception
    assert not app.error or page == "song"
