"""The player: one sound for the whole studio, which nothing but a person stops."""

import pytest
from playwright.sync_api import Page, expect

from studio.jobs.books.table import JobTable
from studio.jobs.model import State
from studio.songs import Take
from tests.browser.conftest import until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLAYED = "document.querySelector('audio').currentTime"
ALONE = "document.querySelectorAll('audio').length"


def wait_until_played(page: Page, seconds: float) -> None:
    until(page, f"{PLAYED} > {seconds}")


def go(page: Page, name: str) -> None:
    page.get_by_test_id("stSidebarNavLink").filter(has_text=name).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_song_plays_on_over_pages_and_reruns(library, page):
    page.goto(f"{library.url}/gallery")
    expect(page.get_by_label("Player")).to_be_hidden()
    page.get_by_role("button", name="Play First").click()
    wait_until_played(page, 0.5)
    page.evaluate("document.querySelector('audio').dataset.seen = 'yes'")
    go(page, "Settings")
    go(page, "Jobs")
    go(page, "Gallery")
    page.get_by_role("button", name="Keep Second").click()
    expect(page.get_by_role("button", name="Kept Second")).to_be_visible()
    assert page.evaluate(ALONE) == 1
    assert page.evaluate("document.querySelector('audio').dataset.seen") == "yes"
    assert not page.evaluate("document.querySelector('audio').paused")
    assert page.evaluate(PLAYED) > 0.5
    expect(page.get_by_label("Player")).to_contain_text("First")


def test_card_and_dock_show_one_position_and_obey_one_hand(library, page):
    page.goto(f"{library.url}/gallery")
    page.get_by_role("button", name="Play First").click()
    wait_until_played(page, 0.3)
    wave = page.get_by_role("slider", name="Position in First").first
    box = wave.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    until(page, f"Math.abs({PLAYED} - 10) < 1.5")
    page.get_by_label("Player").get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play First")).to_be_visible()
    shown = page.get_by_role("slider", name="Position in First")
    assert {each.get_attribute("aria-valuenow") for each in shown.all()} <= {"9", "10", "11"}


def test_keyboard_alone_plays_seeks_and_steps(library, page):
    page.goto(f"{library.url}/gallery")
    page.get_by_role("button", name="Play First").focus()
    page.keyboard.press("Enter")
    wait_until_played(page, 0.2)
    page.get_by_label("Player").get_by_role("slider", name="Position in First").focus()
    page.keyboard.press("ArrowRight")
    wait_until_played(page, 5)
    page.keyboard.press("Space")
    until(page, "document.querySelector('audio').paused")
    page.get_by_label("Player").get_by_role("button", name="Next song").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Player")).to_contain_text("Second")


def test_space_pauses_but_not_while_somebody_types(library, page):
    page.goto(f"{library.url}/gallery")
    page.get_by_role("button", name="Play First").click()
    wait_until_played(page, 0.2)
    page.get_by_placeholder("title, style or words").click()
    page.keyboard.type("a b")
    assert not page.evaluate("document.querySelector('audio').paused")
    page.get_by_role("heading", name="Gallery").click()
    page.keyboard.press("Space")
    until(page, "document.querySelector('audio').paused")


def test_song_page_opens_from_the_dock_without_stopping_it(library, page):
    page.goto(f"{library.url}/gallery")
    page.get_by_role("button", name="Play First").click()
    wait_until_played(page, 0.3)
    page.get_by_label("Player").get_by_role("link", name="First", exact=True).click()
    expect(page.get_by_role("heading", name="First")).to_be_visible()
    assert "/song?id=song" in page.url
    assert not page.evaluate("document.querySelector('audio').paused")


def test_early_seconds_pass_into_the_whole_song_where_they_are(library, page):
    house = library.house
    take = Take(number=1, title="Rain", length=20)
    house.put_job(State.WORKING, 50, takes=(take,), progress=0.5)
    (house.settings.early / "job50-1.mp3").write_bytes(house.sound)
    page.goto(f"{library.url}/jobs")
    page.get_by_role("button", name="Play Rain").click()
    wait_until_played(page, 1.0)
    assert "/early/" in page.evaluate("document.querySelector('audio').src")
    go(page, "Settings")
    song = house.put_song("Rain", 50, length=20, job="job50", take=1)
    JobTable(house.settings.database).change(
        "job50", lambda job: job.model_copy(update={"songs": (song.id,)})
    )
    until(page, "document.querySelector('audio').src.includes('/songs/song50.mp3')")
    wait_until_played(page, 1.0)
    assert not page.evaluate("document.querySelector('audio').paused")


def test_song_lies_ready_after_a_reload_and_does_not_start_by_itself(library, page):
    page.goto(f"{library.url}/gallery")
    page.get_by_role("button", name="Play First").click()
    wait_until_played(page, 1.0)
    page.reload()
    expect(page.get_by_label("Player")).to_contain_text("First")
    until(page, f"{PLAYED} > 0.9")
    assert page.evaluate("document.querySelector('audio').paused")
