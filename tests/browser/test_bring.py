"""Sounds that a person brings: a file, a recording; what is no sound is sent back in words."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def open_bring(page: Page, url: str) -> None:
    # A person looks before pressing; a page whose scripts still come in hears no press.
    page.goto(f"{url}/extend", wait_until="networkidle")
    page.get_by_role("radio", name="Bring a sound").click()
    expect(page.locator(".bring")).to_be_visible()


def test_a_file_becomes_the_song_that_goes_on(page: Page, serve: Serve, tmp_path: Path, long_sound):
    file = tmp_path / "Kitchen Demo.mp3"
    file.write_bytes(long_sound)
    open_bring(page, serve().url)
    page.locator(".bring input[type=file]").set_input_files(file)
    expect(page.get_by_text("Kitchen Demo").first).to_be_visible()
    expect(page.locator(".region .stage")).to_be_visible()


def test_what_is_no_sound_is_sent_back_in_words_and_the_next_is_taken(
    page: Page, serve: Serve, tmp_path: Path, long_sound
):
    open_bring(page, serve().url)
    letter = tmp_path / "letter.mp3"
    letter.write_text("Dear studio, this is a letter.")
    page.locator(".bring input[type=file]").set_input_files(letter)
    expect(page.locator(".bring .told.bad")).to_contain_text("letter.mp3")
    good = tmp_path / "good.mp3"
    good.write_bytes(long_sound)
    page.locator(".bring input[type=file]").set_input_files(good)
    expect(page.locator(".region .stage")).to_be_visible()


def test_the_microphone_records_a_song(page: Page, serve: Serve):
    open_bring(page, serve().url)
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator(".bring .told")).to_have_text("Recording 0:02")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text("Recording, ").first).to_be_visible()


def test_a_link_into_this_network_is_not_followed(page: Page, serve: Serve):
    server = serve()
    open_bring(page, server.url)
    page.get_by_label("Link to a sound").fill(f"{server.url}/health")
    page.get_by_role("button", name="Fetch it").click()
    expect(page.locator(".bring .told.bad")).to_contain_text("not on the public internet")
