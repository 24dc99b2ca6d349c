"""Settings in a real browser: what is asked far away shows by itself; many makers fit a phone."""

import pytest
from playwright.sync_api import Page, expect

from studio.connections import Connection
from studio.providers import PROVIDERS
from tests.browser.conftest import Serve
from tests.pages.conftest import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOBODY = "http://127.0.0.1:9"


def connect_all(house: House) -> None:
    for kind in PROVIDERS:
        connection = Connection(name=f"far {kind}", kind=kind, url=NOBODY)
        house.studio.connect(connection, secret="none")


def test_contract_shows_by_itself_and_prices_stay_in_their_box(page: Page, serve: Serve):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{serve(connect_all).url}/settings", wait_until="networkidle")
    box = page.locator(".st-key-connection-far-gateway")
    box.locator("summary", has_text="Contract check").click()
    box.get_by_role("button", name="Ask what is free").click()
    expect(box.get_by_text("Nobody answered. Asked just now.")).to_be_visible()
    page.get_by_text("Who can do what").click()
    table = page.locator(".st-key-prices table")
    expect(table.get_by_role("row")).not_to_have_count(0)
    wide, seen = table.evaluate("one => [one.offsetWidth, one.parentElement.clientWidth]")
    assert wide > seen > 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
