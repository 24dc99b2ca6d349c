"""What only a browser can tell: who is asked for what, what is text, and what a hand does."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import fill_shelf, stop, until
from tests.pages.conftest import NASTY

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MENU = (
    "Create",
    "Extend",
    "Cover",
    "Remix",
    "Personas",
    "Lyrics",
    "Song tools",
    "Gallery",
    "Jobs",
    "Settings",
)
PATHS = (
    "/",
    "/extend?song=song6",
    "/cover?song=song5",
    "/remix?song=song6",
    "/personas",
    "/lyrics",
    "/song_tools?song=song6",
    "/gallery",
    "/song?id=song1",
    "/jobs",
    "/settings",
)


def test_deep_link_as_the_very_first_request_goes_through_the_frame(serve, page):
    server = serve(fill_shelf)
    page.goto(f"{server.url}/gallery")
    expect(page.get_by_role("heading", name="Gallery")).to_be_visible()
    links = page.get_by_test_id("stSidebarNavLink")
    assert tuple(link.inner_text().split("\n")[-1] for link in links.all()) == MENU


def test_no_page_asks_anything_of_another_host(library, page):
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url.replace("ws:", "http:")))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    for path in PATHS:
        page.goto(library.url + path)
        expect(page.get_by_test_id("stSidebarNavLink").first).to_be_visible()
        page.wait_for_load_state("networkidle")
    page.goto(f"{library.url}/gallery")
    page.locator("article button.play").first.click()
    until(page, "document.querySelector('audio').currentTime > 0.2")
    ours = (library.url, "data:", "blob:")
    assert [url for url in asked if not url.startswith(ours)] == []
    assert complaints == []


@pytest.mark.parametrize("number", range(1, len(NASTY) + 1))
def test_title_is_text_wherever_it_is_shown(library, page, number):
    shown = " ".join(NASTY[number - 1].split())
    page.goto(f"{library.url}/gallery")
    card = page.locator(f".st-key-track-song{number}")
    expect(card.locator(".title")).to_have_text(shown)
    card.get_by_role("button").first.click()
    expect(page.get_by_label("Player").locator(".title")).to_have_text(shown)
    card.locator(".title").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(shown)
    foreign = "img[src*=example], a[href*=example], img[src='x'], [onerror]"
    assert page.locator(foreign).count() == 0


def test_double_click_buys_once(serve, page):
    server = serve(fill_shelf)
    page.goto(server.url)
    page.get_by_label("What do you want to hear?").fill("rain")
    expect(page.get_by_text("996 left")).to_be_visible()
    page.get_by_role("button", name="Make two takes").dblclick()
    expect(page.get_by_role("button", name="Cancel").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name="Make two takes")).to_have_count(1)
    assert len(server.house.studio.jobs()) == 1


def test_what_was_typed_outlives_a_reload_and_a_restart(serve, context):
    server = serve(fill_shelf)
    page = context.new_page()
    page.goto(server.url)
    page.get_by_label("What do you want to hear?").press_sequentially("rain on glass", delay=20)
    expect(page.get_by_text("987 left")).to_be_visible()
    page.reload()
    expect(page.get_by_label("What do you want to hear?")).to_have_value("rain on glass")
    stop(server)
    again = serve()
    page.goto(again.url)
    expect(page.get_by_label("What do you want to hear?")).to_have_value("rain on glass")


def test_idea_fills_the_form_at_once(library, page):
    page.goto(library.url)
    page.get_by_role("button", name="Ready-made ideas").click()
    page.get_by_text("Paper Boats, gentle folk").click()
    expect(page.get_by_label("Title")).to_have_value("Paper Boats")
    expect(page.get_by_label("Style", exact=True)).to_have_value(
        "folk, acoustic guitar, gentle, male voice"
    )


def test_song_is_renamed_deleted_and_brought_back(serve, page):
    server = serve(lambda house: house.put_song("Rain", length=20))
    page.goto(f"{server.url}/gallery")
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Rename").click()
    dialog = page.get_by_test_id("stDialog")
    dialog.get_by_label("Title").fill("<i>Sun</i>")
    dialog.get_by_role("button", name="Rename").click()
    expect(page.locator("article .title")).to_have_text("<i>Sun</i>")
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Your songs will stand here")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("article .title")).to_have_text("<i>Sun</i>")


def test_download_is_named_after_the_song(serve, page):
    server = serve(lambda house: house.put_song("夜のバス", length=20))
    page.goto(f"{server.url}/song?id=song1")
    page.get_by_role("button", name="Take away").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download MP3").click()
    assert waiting.value.suggested_filename == "夜のバス.mp3"


def test_every_page_fits_a_phone(library, chromium):
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    wide: dict[str, int] = {}
    for path in PATHS:
        page.goto(library.url + path)
        page.get_by_test_id("stMain").locator("h1, article").first.wait_for()
        page.wait_for_load_state("networkidle")
        wide[path] = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    context.close()
    assert {path: width for path, width in wide.items() if width > 390} == {}


def test_server_ends_in_time_with_a_page_open_a_paused_song_and_a_job_under_way(serve, page):
    server = serve(fill_shelf)
    page.goto(f"{server.url}/gallery")
    page.locator("article button.play").first.click()
    until(page, "document.querySelector('audio').currentTime > 0.2")
    page.get_by_label("Player").get_by_role("button", name="Pause").click()
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Create").click()
    page.get_by_label("What do you want to hear?").fill("rain")
    expect(page.get_by_text("996 left")).to_be_visible()
    page.get_by_role("button", name="Make two takes").click()
    expect(page.get_by_role("button", name="Cancel").first).to_be_visible()
    begin = time.monotonic()
    stop(server)
    assert time.monotonic() - begin < 3
    assert len(server.house.studio.jobs()) == 1
