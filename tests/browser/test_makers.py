"""Several makers behind the same pages: what one cannot do is grey, and another does it."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from studio.audio.files import write_wav
from studio.audio.samples import RATE
from studio.audio.work import UNWATCHED
from studio.connections import Connection
from studio.engine.tools.video import TOOL, VideoOptions
from studio.jobs.model import State
from studio.songs import Ability, AskPhrase, Attached, MakeVoice, Text, Window
from tests.browser.conftest import Serve, until
from tests.pages.conftest import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOBODY = "http://127.0.0.1:9"


def connect(house: House, kind: str) -> None:
    house.studio.connect(Connection(name=kind, kind=kind, url=NOBODY), secret="none")


def pick(page: Page, text: str) -> None:
    page.get_by_role("combobox", name="Connection").click()
    page.get_by_role("option", name=text).click()


def test_grey_form_keeps_what_was_typed_and_one_press_opens_it_again(page: Page, serve: Serve):
    def fill(house: House) -> None:
        house.put_song("Rain", length=20)
        connect(house, "gateway")

    page.goto(f"{serve(fill).url}/remix?song=song1", wait_until="networkidle")
    style = page.get_by_role("textbox", name="Style", exact=True)
    style.fill("brass")
    style.press("Control+Enter")
    pick(page, "gateway · cannot")
    expect(page.get_by_text("gateway cannot make a section anew.")).to_be_visible()
    expect(style).to_be_disabled()
    page.get_by_role("radio", name="Vary").click()
    expect(page.get_by_text("gateway cannot vary songs.")).to_be_visible()
    page.get_by_role("radio", name="Replace a section").click()
    page.locator(".st-key-cannot").get_by_role("button", name="house band").click()
    expect(style).to_be_enabled()
    expect(style).to_have_value("brass")


def test_film_plays_on_the_page_of_its_song(page: Page, serve: Serve, tmp_path: Path):
    write_wav(tmp_path / "hum.wav", np.full((2, 2 * RATE), 0.01, dtype=np.float32), RATE)
    TOOL.run([tmp_path / "hum.wav"], VideoOptions(), tmp_path / "hum.mp4", UNWATCHED)

    def fill(house: House) -> None:
        house.put_song("Rain", length=20)
        film = house.put_found(Attached.VIDEO, ending="mp4")
        (house.settings.songs / str(film.file)).write_bytes((tmp_path / "hum.mp4").read_bytes())

    page.goto(f"{serve(fill).url}/song?id=song1")
    page.get_by_role("tab", name="Video").click()
    expect(page.locator("video")).to_be_visible()
    page.evaluate("document.querySelector('video').play()")
    until(page, "document.querySelector('video').currentTime > 0.3")


def test_phrase_is_sung_into_the_microphone_and_made_a_voice(page: Page, serve: Serve):
    def fill(house: House) -> None:
        connect(house, "sunoapi")
        there = {"connection": "sunoapi", "kind": "sunoapi", "remote": "task"}
        house.put_song("Rain", length=20, **there)
        asked = AskPhrase(source="song1", window=Window(start=2, end=9))
        texts = (Text(text="Four foxes sing"),)
        house.put_job(State.DONE, request=asked, texts=texts, **there)

    server = serve(fill)
    page.goto(f"{server.url}/personas?song=song1", wait_until="networkidle")
    page.get_by_role("radio", name="From a recording of a voice").click()
    pick(page, "sunoapi")
    expect(page.get_by_text("Four foxes sing")).to_be_visible()
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator(".bring .told")).to_have_text("Recording 0:02")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_role("button", name="Play Recording")).to_be_visible()
    page.get_by_label("Name").fill("Ada")
    page.get_by_role("button", name="Make the voice").click()
    expect(page.get_by_text("Voice Ada from Recording")).to_be_visible()
    (job,) = server.house.studio.jobs(abilities={Ability.VOICE})
    assert isinstance(job.request, MakeVoice)
    assert (job.request.name, job.request.phrase) == ("Ada", "job1")
