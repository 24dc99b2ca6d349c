"""Workflows, as a new user goes through them, with the real house band: open the page, do the work,
hear the result, find where it came from."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from studio.songs import Ability, CreateSong, Part, Song
from tests.browser.conftest import Server, serving, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAKING_MS = 120_000
LOOK_MS = 200
SOURCE = CreateSong(
    title="Paper Boats",
    style="folk, acoustic guitar",
    lyrics="[Verse]\nWe folded boats from Sunday news\nAnd set them on the mill stream blue",
    length=15,
    seed=3,
)
SETTLED = "document.querySelector('[data-test-script-state=notRunning]') !== null"
"""Streamlit says in an attribute whether a page is being drawn."""


@pytest.fixture(scope="module")
def studio(tmp_path_factory, long_sound) -> Iterator[Server]:
    """Serve a studio whose band plays a short song first, for all who work on it here."""
    with serving(tmp_path_factory.mktemp("workflows"), long_sound) as serve:
        yield serve(lambda house: house.studio.submit(SOURCE), band=True)


def made(server: Server, page: Page, done: Callable[[list[Song]], bool]) -> list[Song]:
    """Wait until the songs that are home are what is wished for, newest first."""
    for _ in range(MAKING_MS // LOOK_MS):
        songs = [song for song in server.house.studio.songs(limit=50).songs if song.is_home]
        if done(songs):
            return songs
        page.wait_for_timeout(LOOK_MS)
    raise AssertionError([(job.state, job.reason) for job in server.house.studio.jobs()])


def of(songs: list[Song], ability: Ability) -> list[Song]:
    return [song for song in songs if song.request and song.request.ability is ability]


@pytest.fixture
def source(studio, page) -> Song:
    """Wait for the song that is worked on."""
    return made(studio, page, lambda songs: len(of(songs, Ability.CREATE)) == 2)[-1]


def hear(page: Page, number: int = 0) -> None:
    """Play what was made, in the list below the form."""
    page.locator("[class*='st-key-job-'] article button.play:enabled").nth(number).click()
    until(page, "document.querySelector('audio').currentTime > 0.3")


def write(page: Page, box: Locator, text: str) -> None:
    """Write into a box, and look up before going on."""
    box.fill(text)
    box.press("Control+Enter")
    until(page, SETTLED)


def write_time(page: Page, label: str, time: str) -> None:
    box = page.get_by_role("textbox", name=label, exact=True)
    box.fill(time)
    box.press("Enter")


def test_song_is_extended_from_a_chosen_point_and_joined(studio, source, page):
    page.goto(f"{studio.url}/extend")
    page.get_by_role("button", name="Choose Paper Boats").first.click()
    write_time(page, "The tail starts at", "0:10")
    page.get_by_text("Title, voice, length").click()
    page.get_by_role("radio", name="0:15").click()
    page.get_by_role("button", name="Play on from there").click()
    songs = made(studio, page, lambda songs: len(of(songs, Ability.EXTEND)) == 4)
    parts = [song.part for song in of(songs, Ability.EXTEND)]
    assert (parts.count(Part.TAIL), parts.count(Part.WHOLE)) == (2, 2)
    assert all(abs(song.request.at - 10) < 0.3 for song in of(songs, Ability.EXTEND))
    hear(page)


def test_song_is_covered_in_another_style(studio, source, page):
    page.goto(f"{studio.url}/cover?song={source.id}")
    write(page, page.get_by_role("textbox", name="New style"), "bossa nova with nylon guitar")
    page.get_by_role("radio", name="Close").click()
    page.get_by_role("button", name="Cover it").click()
    songs = made(studio, page, lambda songs: len(of(songs, Ability.COVER)) == 2)
    covers = of(songs, Ability.COVER)
    assert {song.parents for song in covers} == {(source.id,)}
    assert covers[0].request.style == "bossa nova with nylon guitar"
    hear(page)


def test_section_is_replaced_with_new_words(studio, source, page):
    page.goto(f"{studio.url}/remix?song={source.id}")
    write_time(page, "From", "0:05")
    write_time(page, "to", "0:10")
    words = page.get_by_role("textbox", name="New words of this section")
    write(page, words, "And every one came home to you")
    page.get_by_role("button", name="Replace the section").click()
    songs = made(studio, page, lambda songs: len(of(songs, Ability.REPLACE)) == 4)
    whole = next(song for song in of(songs, Ability.REPLACE) if song.part is Part.WHOLE)
    assert whole.length == pytest.approx(source.length, abs=1)
    assert "every one came home" in whole.lyrics
    hear(page)


def test_words_are_written_and_sung(studio, source, page):
    page.goto(f"{studio.url}/lyrics")
    about = page.get_by_label("What are the words to be about?")
    write(page, about, "a lighthouse in autumn")
    page.get_by_role("button", name="Write the words").click()
    page.get_by_role("button", name="Use it in a new song").first.click(timeout=MAKING_MS)
    expect(page.get_by_role("heading", name="Create a song")).to_be_visible()
    expect(page.get_by_role("textbox", name="Words", exact=True)).to_have_value(
        studio.house.studio.jobs(abilities={Ability.LYRICS})[0].texts[0].text.strip()
    )
