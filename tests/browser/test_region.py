"""A point or a window on a waveform: dragged, moved by keys, typed; and heard."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Serve, until
from tests.pages.conftest import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

IS_PLAYING = "!globalThis.woodshedSound.audio.paused"


def put_one(house: House) -> None:
    house.put_song("Window Seat", 1, length=20)
    house.close_the_door()


@pytest.fixture
def region(page: Page, serve: Serve) -> Locator:
    """Open the page on which a window of a song is chosen."""
    page.goto(f"{serve(put_one).url}/remix?song=song1", wait_until="networkidle")
    found = page.locator(".region")
    expect(found.locator(".stage")).to_be_visible()
    return found


def drag(region: Locator, start: float, end: float) -> None:
    """Drag from one share of the waveform to another."""
    box = region.locator(".stage").bounding_box()
    assert box is not None
    mouse, middle = region.page.mouse, box["y"] + box["height"] / 2
    mouse.move(box["x"] + start * box["width"], middle)
    mouse.down()
    mouse.move(box["x"] + end * box["width"], middle, steps=4)
    mouse.up()


def times(region: Locator) -> list[str]:
    return [box.input_value() for box in region.locator(".time input").all()]


def test_a_window_is_dragged_moved_by_keys_and_typed(region):
    drag(region, 0.25, 0.5)
    assert times(region) == ["0:05.0", "0:10.0"]
    region.locator(".edge.end").press("ArrowUp")
    region.locator(".edge.end").press("ArrowRight")
    assert times(region) == ["0:05.0", "0:11.1"]
    region.locator(".time input").first.fill("3,5")
    region.locator(".time input").first.press("Enter")
    assert times(region) == ["0:03.5", "0:11.1"]


def test_an_edge_cannot_leave_the_song_nor_pass_the_other(region):
    drag(region, 0.5, 0.6)
    region.locator(".edge.end").press("End")
    assert times(region) == ["0:10.0", "0:20.0"]
    region.locator(".time input").first.fill("25")
    region.locator(".time input").first.press("Enter")
    start, end = times(region)
    assert start < end == "0:20.0"


def test_what_is_chosen_is_heard_and_nothing_after_it(page, region):
    drag(region, 0.05, 0.15)
    region.get_by_role("button", name="Hear what is chosen").click()
    until(page, IS_PLAYING)
    until(page, f"!({IS_PLAYING})")
    assert 3 <= page.evaluate("globalThis.woodshedSound.position") < 3.5


def test_the_page_hears_of_the_window_and_keeps_it_while_one_moves_about(page, region):
    drag(region, 0.25, 0.5)
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Jobs").click()
    expect(page.get_by_role("heading", name="Jobs")).to_be_visible()
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Remix").click()
    expect(page.locator(".region .time input").first).to_have_value("0:05.0")
    expect(page.locator(".region .time input").last).to_have_value("0:10.0")
