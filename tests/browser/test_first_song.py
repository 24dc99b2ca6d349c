"""The first song: a few words, one button, and it plays; with the real house band."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAKING_MS = 180_000


def test_first_song_is_made_and_heard(serve, page):
    server = serve(band=True)
    page.goto(server.url)
    page.get_by_label("What do you want to hear?").fill("a gentle folk song about the sea")
    expect(page.get_by_text("understood:")).to_be_visible(timeout=MAKING_MS)
    page.get_by_text("Voice, length", exact=True).click()
    choose(page.get_by_role("radio", name="0:15"))
    page.get_by_role("button", name="Make two takes").click()
    first = page.locator("article button.play:enabled").first
    first.click(timeout=MAKING_MS)
    until(page, "document.querySelector('audio').currentTime > 1")
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0, timeout=MAKING_MS)
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Gallery").click()
    expect(page.locator("article")).to_have_count(2)
    assert page.evaluate("document.querySelectorAll('audio').length") == 1
    with_sound = [song for song in server.house.studio.songs().songs if song.is_home]
    lengths = [song.length or 0 for song in with_sound]
    assert all(14 <= length <= 20 for length in lengths), lengths


def choose(option):
    """Click until it is chosen: a redraw just after the box has opened can swallow a click."""
    for _ in range(4):
        option.click()
        option.page.wait_for_timeout(700)
        if option.is_checked():
            break
    expect(option).to_be_checked()
