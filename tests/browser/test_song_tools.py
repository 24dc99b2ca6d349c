"""A song of the real house band on the bench: pulled apart, timed, and its voice taken on."""

import pytest
from playwright.sync_api import expect

from studio.client import open_studio
from studio.songs import CreateSong
from tests.browser.conftest import serving, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAKING_MS = 180_000
ASKED = CreateSong(
    title="Paper Boats",
    style="folk, acoustic guitar",
    lyrics="[Verse]\nWe folded boats from Sunday news\nAnd set them on the mill stream blue",
    length=15,
    seed=7,
)


@pytest.fixture(scope="module")
def bench(tmp_path_factory, long_sound):
    """Serve a studio in which the band has just played; gives its address and the song."""
    with serving(tmp_path_factory.mktemp("bench"), long_sound) as serve:
        server = serve(band=True)
        with open_studio(server.house.settings, work=False) as studio:
            job = studio.submit(ASKED)
            song = studio.wait(job.id, timeout=MAKING_MS / 1000)[0]
        yield server.url, song


def test_one_press_brings_stems_that_can_be_heard(bench, page):
    url, song = bench
    page.goto(f"{url}/song_tools?song={song.id}")
    page.get_by_role("button", name="Split in two").click()
    page.get_by_role("tab", name="Stems").click()
    play = page.get_by_role("button", name="Play Vocals")
    play.click(timeout=MAKING_MS)
    until(page, "document.querySelector('audio').currentTime > 0.3")
    expect(page.get_by_text("Exact: read from the score of the song.")).to_be_visible()


def test_words_are_timed_on_the_page_of_the_song(bench, page):
    url, song = bench
    page.goto(f"{url}/song?id={song.id}")
    page.get_by_role("button", name="Find them").click()
    expect(page.get_by_role("button", name="Download LRC")).to_be_visible(timeout=MAKING_MS)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download LRC").click()
    lines = waiting.value.path().read_text("utf-8").splitlines()
    assert [line.partition("]")[2] for line in lines[1:]] == ASKED.lyrics.splitlines()[1:]


def test_voice_of_the_song_is_taken_on_and_chosen_to_sing(bench, page):
    url, song = bench
    page.goto(f"{url}/song?id={song.id}")
    page.get_by_role("link", name="Persona", exact=True).click()
    page.get_by_label("Name").fill("Ada")
    page.get_by_role("button", name="Make the persona").click()
    page.get_by_role("button", name="Sing with it").click(timeout=MAKING_MS)
    expect(page.get_by_role("heading", name="Create a song")).to_be_visible()
    page.locator(".st-key-create-open-sound summary").click()
    expect(page.get_by_text("Ada")).to_be_visible()


def test_song_leads_to_extend_with_itself_chosen(bench, page):
    url, song = bench
    page.goto(f"{url}/song?id={song.id}")
    page.locator(".st-key-onward").get_by_role("link", name="Extend").click()
    expect(page.get_by_role("heading", name="Extend a song")).to_be_visible()
    expect(page.get_by_text("The song that goes on: Paper Boats")).to_be_visible()
