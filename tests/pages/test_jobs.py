"""Jobs: what waits for a person comes first, and every decision is carried out."""

from datetime import UTC, datetime

import pytest

from studio.jobs.model import State
from studio.providers.limits import Balance, Price
from studio.songs import (
    Attached,
    Concat,
    CoverSong,
    ExtendSong,
    MakePersona,
    MashUp,
    SplitStems,
    Take,
    Text,
    UploadSound,
    WriteLyrics,
)
from tests.pages.conftest import NASTY


def headings(app):
    return [each.value for each in app.subheader]


def told(app):
    return "\n".join(each.value for each in [*app.markdown, *app.caption]).replace("\\", "")


@pytest.fixture
def unsure(house):
    house.close_the_door()
    return house.put_job(
        State.UNSURE,
        reason="The vendor fell silent.",
        estimate=Price(amount=14),
        balance_before=Balance(amount=100),
        balance_after=Balance(amount=86),
    )


def test_what_waits_for_a_decision_stands_first(house, visit):
    for number, state in enumerate((State.DONE, State.FAILED, State.WORKING, State.UNSURE)):
        house.put_job(state, number)
    assert headings(visit("jobs")) == ["For you to decide", "Under way", "Failed", "Done today"]


def test_unsure_job_shows_what_is_known(unsure, visit):
    shown = told(visit("jobs"))
    assert "The vendor fell silent." in shown
    assert "balance 100 before, 86 after" in shown


def test_person_says_that_it_was_made(house, unsure, visit):
    app = visit("jobs")
    app.text_input(key="remote-job1").input("task-7").run()
    app.button(key="made-job1").click().run()
    job = house.studio.job("job1")
    assert (job.remote, job.state.is_under_way) == ("task-7", True)


def test_person_has_it_sent_again(house, unsure, visit):
    visit("jobs").button(key="send-job1").click().run()
    assert house.studio.job("job1").state.is_under_way


def test_person_lets_it_go(house, unsure, visit):
    visit("jobs").button(key="let-go-job1").click().run()
    assert house.studio.job("job1").state is State.CANCELLED


def test_failed_job_says_why_and_its_id_can_be_copied(house, visit):
    house.put_job(State.FAILED, reason="The words are too long.", remote="task-7")
    app = visit("jobs")
    assert "The words are too long." in told(app)
    assert "job1" in app.code[0].value
    assert "task-7" in app.code[0].value


def test_failed_job_can_be_done_again(house, visit):
    house.close_the_door()
    house.put_job(State.FAILED)
    visit("jobs").button(key="again-job1").click().run()
    failed = house.studio.job("job1")
    (fresh,) = [job for job in house.studio.jobs() if job.id != failed.id]
    assert (failed.state, fresh.state.is_under_way) == (State.FAILED, True)
    assert fresh.request == failed.request


def test_failed_job_can_be_changed_and_done_again(house, visit):
    house.close_the_door()
    house.put_job(State.FAILED)
    app = visit("jobs")
    app.button(key="change-job1").click().run()
    app.switch_page("../pages/create.py").run()
    assert app.text_input(key="create-title").value == "Song 1"
    assert app.text_area(key="create-style").value == "slow soul"


def test_job_under_way_shows_what_is_done_and_how_long_it_takes(house, visit):
    house.put_job(
        State.WORKING,
        doing="singing the second verse",
        progress=0.4,
        left=6.0,
        takes=(Take(number=1),),
    )
    app = visit("jobs")
    assert "singing the second verse · 6 s left" in told(app)
    assert app.get("progress")[0].proto.value == 40


@pytest.mark.parametrize("nasty", NASTY)
def test_strange_words_of_a_vendor_are_text(house, visit, nasty):
    house.put_job(State.FAILED, reason=nasty, connection=nasty[:60], remote=nasty)
    app = visit("jobs")
    assert not app.exception
    assert not [each for each in app.markdown if "](" in each.value]


def test_nothing_to_show_leads_to_create(visit):
    assert "make-song" in {button.key for button in visit("jobs").button}


def test_done_job_says_what_is_missing(house, visit):
    house.put_job(State.DONE, over_at=datetime.now(UTC), reason="One of two takes was made.")
    assert any("One of two takes" in said.value for said in visit("jobs").markdown)


def names(app):
    """Give what each job on the page is called."""
    return [each.value.strip("*").replace("\\", "") for each in app.markdown if "**" in each.value]


def test_job_is_called_by_what_becomes_of_its_song(house, visit):
    house.put_song("Rain", 1)
    house.put_song("Sun", 2)
    for number, request in enumerate(
        (
            SplitStems(source="song1"),
            CoverSong(source="song2"),
            MashUp(songs=("song1", "song2")),
            MakePersona(source="song1", name="Ada"),
            WriteLyrics(description="a harbour"),
        ),
        start=1,
    ):
        house.put_job(State.WORKING, number, request=request)
    assert names(visit("jobs")) == [
        "Words: a harbour",
        "Persona Ada from Rain",
        "Mashup of Rain and Sun",
        "Cover of Sun",
        "Stems of Rain",
    ]


def test_chain_is_one_entry_that_says_what_it_waits_for(house, visit):
    house.put_song("Rain")
    house.put_job(State.WORKING, 1, request=UploadSound(source="song1"), part_of="job2")
    house.put_job(State.QUEUED, 2, request=CoverSong(source="song1"), needs=("job1",))
    app = visit("jobs")
    assert names(app) == ["Cover of Rain"]
    assert "first: Rain on its way to the vendor · being made" in told(app)


def test_what_completes_a_job_is_shown_with_the_songs_it_made(house, visit):
    house.put_song("Rain", 1, job="job1")
    house.put_song("Rain", 2, job="job2", length=30)
    over = datetime.now(UTC)
    extended = ExtendSong(source="song1")
    house.put_job(State.DONE, 1, request=extended, songs=("song1",), over_at=over)
    joined = Concat(source="song1")
    whole = {"songs": ("song2",), "part_of": "job1", "over_at": over}
    house.put_job(State.DONE, 2, request=joined, **whole)
    assert names(visit("jobs")) == ["The whole of Rain", "Rain goes on"]


def test_doubt_about_a_part_is_shown_for_itself_and_in_its_own_words(house, visit):
    house.put_song("Rain")
    house.put_job(State.UNSURE, 1, request=UploadSound(source="song1"), part_of="job2")
    house.put_job(State.QUEUED, 2, request=CoverSong(source="song1"), needs=("job1",))
    app = visit("jobs")
    assert headings(app) == ["For you to decide", "Under way"]
    assert {"It arrived: go on", "It did not: bring it again"} <= {
        each.label for each in app.button
    }
    assert "waits until you have decided about: Rain on its way" in told(app)


def test_done_job_leads_to_what_it_found(house, visit):
    house.put_song("Rain")
    house.put_found(Attached.STEM, 1, name="Drums", ending="wav")
    house.put_found(Attached.STEM, 2, name="Vocals", ending="wav")
    over = datetime.now(UTC)
    request = SplitStems(source="song1")
    house.put_job(State.DONE, 1, request=request, attached=("found1", "found2"), over_at=over)
    app = visit("jobs")
    assert "Kept with the song: Drums, Vocals" in told(app)
    (link,) = app.get("page_link")
    assert link.proto.query_string == "id=song1"


def test_removed_finding_is_no_trouble_to_the_job_that_found_it(house, visit):
    house.put_song("Rain")
    over = datetime.now(UTC)
    request = SplitStems(source="song1")
    house.put_job(State.DONE, 1, request=request, attached=("gone",), over_at=over)
    app = visit("jobs")
    assert not app.exception
    assert names(app) == ["Stems of Rain"]


def test_written_words_can_be_read_and_copied(house, visit):
    texts = (Text(title="Harbour", text="[Verse]\nThe cranes"), Text(text="[Verse]\nA gull"))
    request = WriteLyrics(description="a harbour")
    house.put_job(State.DONE, 1, request=request, texts=texts, over_at=datetime.now(UTC))
    app = visit("jobs")
    assert [each.label for each in app.expander] == ["Harbour", "Version 2"]
    assert app.code[1].value == "[Verse]\nA gull"


def test_job_about_a_song_that_is_gone_still_has_a_name(house, visit):
    house.put_job(State.WORKING, 1, request=SplitStems(source="nowhere"))
    assert names(visit("jobs")) == ["Stems of a song that is gone"]


def test_failed_tool_is_changed_on_the_bench_with_its_song_and_connection(anybody, visit):
    anybody.put_song("Rain")
    request = SplitStems(source="song1")
    anybody.put_job(State.FAILED, 1, request=request, connection="anybody")
    app = visit("jobs")
    app.button(key="change-job1").click().run()
    app.switch_page("../pages/song_tools.py").run()
    assert app.selectbox(key="asked-about-song1").value == "anybody"
