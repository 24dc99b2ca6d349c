"""Compare in a browser: asked once, heard equally loud from one second on, chosen blind."""

from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from studio.audio.files import write_mp3
from studio.connections import Connection
from studio.jobs.books.comparisons import Comparison, Comparisons
from studio.jobs.model import State
from studio.songs import CreateSong
from tests.browser.conftest import Server, serving, until
from tests.pages.conftest import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOBODY = "http://127.0.0.1:9"
ASKED = "a song about rain"
AUDIO = "document.querySelector('audio')"


def fill(house: House) -> None:
    """Put down a blind comparison of a soft take and one that is 12 dB louder."""
    connection = Connection(name="vendor", kind="aimusicapi", url=NOBODY)
    house.studio.connect(connection, secret="none")
    noise = np.random.default_rng(1).normal(0, 0.2, (2, 20 * 48000)).astype(np.float32)
    for number, maker in enumerate(("house band", "vendor"), 1):
        job = f"job{number}"
        song = house.put_song("Rain", number, length=20, job=job, connection=maker)
        house.put_job(State.DONE, number, connection=maker, songs=(song.id,))
    write_mp3(house.settings.songs / "song2.mp3", noise, 48000)
    Comparisons(house.settings.database).add(
        Comparison(
            id="first",
            request=CreateSong(style="soul"),
            jobs=("job1", "job2"),
            is_blind=True,
            made_at=datetime.now(UTC),
        )
    )


@pytest.fixture(scope="module")
def theatre(tmp_path_factory: pytest.TempPathFactory, long_sound: bytes) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("theatre"), long_sound) as serve:
        yield serve(fill)


def test_request_goes_to_two_makers_once_and_their_page_outlives_a_reload(
    page: Page, theatre: Server
):
    page.goto(theatre.url, wait_until="networkidle")
    page.get_by_role("textbox").first.fill(ASKED)
    page.get_by_role("button", name="Compare…").click()
    expect(page.get_by_text("about 14 credits at vendor · 4 takes")).to_be_visible()
    page.get_by_role("button", name="Compare 2 makers").dblclick()
    page.wait_for_url("**/compare?id=*")
    page.reload()
    expect(page.locator(".st-key-stage")).to_contain_text("vendor")
    asked = [job for job in theatre.house.studio.jobs() if job.request.called == ASKED]
    assert {job.connection for job in asked} == {"house band", "vendor"}
    assert len(asked) == 2


def test_blind_takes_are_equally_loud_go_on_from_one_second_and_get_names_by_a_vote(
    page: Page, theatre: Server
):
    page.goto(f"{theatre.url}/compare?id=first")
    page.get_by_role("button", name="Play Take A").click()
    until(page, f"{AUDIO}.currentTime > 2")
    is_soft = page.evaluate(f"{AUDIO}.src").endswith("song1.mp3")
    levels = (1, 0.25) if is_soft else (0.25, 1)
    until(page, f"Math.abs({AUDIO}.volume - {levels[0]}) < 0.01")
    note = "() => { window.began = document.querySelector('audio').currentTime }"
    page.evaluate(f"void ({AUDIO}.onplaying = {note})")
    page.keyboard.press("2")
    expect(page.get_by_role("button", name="Pause Take B")).to_be_visible()
    until(page, "window.began > 2")
    until(page, f"Math.abs({AUDIO}.volume - {levels[1]}) < 0.01")
    expect(page.get_by_test_id("stMain")).not_to_contain_text("vendor")
    page.locator(f".st-key-vote-song{2 if is_soft else 1}").get_by_role("button").click()
    maker = "vendor" if is_soft else "house band"
    expect(page.get_by_text("You chose")).to_contain_text(f"Take B, made by {maker}.")
