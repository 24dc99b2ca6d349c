"""Lyrics: words and styles are written, chosen from, and put where they are wanted."""

from datetime import UTC, datetime, timedelta

from studio.jobs.model import State
from studio.songs import EnrichTags, Text, WriteLyrics

VERSIONS = (
    Text(title="Rain", text="[Verse]\nrain on glass"),
    Text(title="Drops", text="[Verse]\ndrops on tin"),
)


def button(app, label, number=0):
    return [each for each in app.button if each.label == label][number]


def labels(app):
    return [each.label for each in app.button]


def text_of(app):
    return "\n".join(each.value for each in app.text)


def write(house, request, texts, number=1, **told):
    """Let something have been written."""
    over = datetime.now(UTC) - timedelta(minutes=number)
    told = {"connection": "anybody", "kind": "anybody", "over_at": over, **told}
    return house.put_job(State.DONE, number, request=request, texts=texts, **told)


def test_what_is_asked_for_is_written_once(anybody, visit):
    app = visit("lyrics")
    app.text_area(key="lyrics-description").input("rain").run()
    tabs = [app, visit("lyrics")]
    for tab in tabs:
        button(tab, "Write the words").click().run()
    assert [job.request for job in anybody.studio.jobs()] == [WriteLyrics(description="rain")]


def test_style_is_enriched_on_the_same_page(anybody, visit):
    app = visit("lyrics")
    app.button_group(key="lyrics-way").set_value("tags").run()
    app.text_area(key="lyrics-style").input("soul").run()
    button(app, "Enrich the style").click().run()
    assert [job.request for job in anybody.studio.jobs()] == [EnrichTags(style="soul")]


def test_letters_left_and_price_stand_beside_the_button(anybody, visit):
    app = visit("lyrics")
    app.text_area(key="lyrics-description").input("x" * 43).run()
    said = "\n".join(each.value for each in app.caption)
    assert "3 too many" in said
    assert "2 credits" in said
    assert "40 characters" in app.warning[0].value


def test_versions_stand_side_by_side_and_earlier_ones_below(anybody, visit):
    write(anybody, WriteLyrics(description="rain"), VERSIONS, 1)
    write(anybody, EnrichTags(style="soul"), (Text(text="soul, brass"),), 2)
    app = visit("lyrics")
    assert [each.value for each in app.subheader] == ["Written so far"]
    assert labels(app).count("Use it in a new song") == 3
    assert "drops on tin" in text_of(app)


def test_chosen_words_stand_in_the_form_of_a_new_song(anybody, visit):
    write(anybody, WriteLyrics(description="rain"), VERSIONS)
    app = visit("lyrics")
    button(app, "Use it in a new song", 1).click().run()
    assert app.title[0].value == "Create a song"
    assert app.text_area(key="create-lyrics").value == VERSIONS[1].text
    assert app.text_input(key="create-title").value == "Drops"


def test_words_that_stood_there_come_back(anybody, visit):
    write(anybody, WriteLyrics(description="rain"), VERSIONS)
    app = visit("create")
    app.button_group(key="create-way").set_value("Write it").run()
    app.text_area(key="create-lyrics").input("my own words").run()
    app.switch_page("../pages/lyrics.py").run()
    button(app, "Use it in a new song").click().run()
    assert app.text_area(key="create-lyrics").value == VERSIONS[0].text
    app.switch_page("../pages/create.py").run()
    button(app, "Bring back what stood there").click().run()
    assert app.text_area(key="create-lyrics").value == "my own words"


def test_words_are_asked_for_beside_their_box_and_once(anybody, visit):
    app = visit("extend")
    app.session_state["extend-lyrics-menu"] = True
    app.run()
    app.text_input(key="extend-muse_about").input("rain").run()
    pressed = button(app, "Write a few versions")
    pressed.click().run()
    assert [job.request for job in anybody.studio.jobs()] == [WriteLyrics(description="rain")]
    assert "Words are being written" in "\n".join(each.value for each in app.caption)
    app.session_state["extend-lyrics-menu"] = True
    app.run()
    assert button(app, "Write a few versions").key != pressed.key


def test_what_was_paid_for_is_offered_until_one_is_taken(anybody, visit):
    job = write(anybody, EnrichTags(style="soul"), (Text(text="soul, brass"),))
    app = visit("cover")
    app.text_area(key="cover-style").input("soul").run()
    app.session_state["cover-muse"] = {"style": {"job": job.id}}
    app.run()
    app.switch_page("../pages/jobs.py").run()
    app.switch_page("../pages/cover.py").run()
    button(app, "Take this one").click().run()
    assert app.text_area(key="cover-style").value == "soul, brass"
    assert "Take this one" not in labels(app)


def test_writing_that_failed_says_why_and_can_be_put_aside(anybody, visit):
    job = anybody.put_job(
        State.FAILED, request=WriteLyrics(description="rain"), reason="No paper left."
    )
    app = visit("extend")
    app.session_state["extend-muse"] = {"lyrics": {"job": job.id}}
    app.run()
    assert any("No paper left" in each.value for each in app.caption)
    button(app, "All right").click().run()
    assert not any("No paper left" in each.value for each in app.caption)
