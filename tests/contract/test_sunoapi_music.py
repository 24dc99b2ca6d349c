"""Music at the emulated sunoapi.org: its states, what is told of it, and what the band is asked."""

from threading import Semaphore

import pytest

from studio.errors import ToolUnfit
from tests.contract.sonic import shelved
from tests.contract.sunoapi_calls import (
    BODIES,
    CALL,
    GENERATE,
    ON_UPLOAD,
    PLAIN,
    WORDS,
    LongBand,
    body_of,
    clips,
    credits_left,
    finished,
    look,
    made,
    minute,
    song,
    submit,
    switch,
    uploaded,
    uses,
)

UNDOCUMENTED = {"sourceAudioUrl", "sourceStreamAudioUrl", "sourceImageUrl"}
DOCUMENTED = {
    "id",
    "audioUrl",
    "streamAudioUrl",
    "imageUrl",
    "prompt",
    "modelName",
    "title",
    "tags",
    "createTime",
    "duration",
}


@pytest.fixture
def open_counter(open_one):
    def open_counter(**wishes):
        desk = open_one(musicians=LongBand(), credits=1000, **wishes)
        switch(desk, limit="off")
        return desk

    return open_counter


@pytest.fixture
def desk(open_counter):
    return open_counter()


def seen(desk, task):
    """Return every status that looks see until it is over."""
    states = []
    desk.until(
        lambda: states.append(look(desk, task)["status"]) or states[-1],
        lambda state: state not in {"PENDING", "TEXT_SUCCESS", "FIRST_SUCCESS"},
    )
    return list(dict.fromkeys(states))


def test_music_goes_through_four_states(open_counter):
    desk = open_counter(pace="looks:1")
    task = submit(desk, "generate", GENERATE)
    assert seen(desk, task) == ["PENDING", "TEXT_SUCCESS", "FIRST_SUCCESS", "SUCCESS"]


@pytest.mark.parametrize(
    ("stages", "left"),
    [("no text", ["PENDING", "FIRST_SUCCESS", "SUCCESS"]), ("last", ["PENDING", "SUCCESS"])],
)
def test_a_switch_leaves_states_out(open_counter, stages, left):
    desk = open_counter(pace="looks:1")
    switch(desk, stages=stages)
    assert seen(desk, submit(desk, "generate", GENERATE)) == left


def test_the_second_song_is_told_without_a_link_until_it_is_done(open_counter):
    desk = open_counter(pace="looks:2")
    task = submit(desk, "generate", GENERATE)
    first = desk.until(lambda: look(desk, task), lambda told: told["status"] == "FIRST_SUCCESS")
    done, going = sorted(clips(first), key=lambda clip: not clip["audioUrl"])
    assert done["audioUrl"]
    assert going["audioUrl"] == ""
    assert {"sourceAudioUrl", "duration"} == done.keys() - going.keys()


def test_nothing_is_answered_while_it_waits(open_counter):
    desk = open_counter(pace="looks:9")
    told = look(desk, submit(desk, "generate", GENERATE))
    assert (told["status"], told["response"], told["errorCode"]) == ("PENDING", None, None)


def test_a_song_is_told_as_live_answers_do(desk):
    record = made(desk)
    clip = clips(record)[0]
    assert set(clip) == DOCUMENTED | UNDOCUMENTED
    assert (clip["title"], clip["tags"], clip["prompt"]) == ("Night Train", "folk", WORDS)
    assert clip["modelName"] == record["type"] == "chirp-crow"
    assert clip["createTime"] > 1_600_000_000_000
    assert record["operationType"] == "generate"


def test_a_switch_tells_only_what_is_documented(desk):
    switch(desk, members="documented", dates="documented")
    clip = clips(made(desk))[0]
    assert set(clip) == DOCUMENTED
    assert clip["createTime"][10] == " "


def test_the_request_is_told_back_as_text(desk):
    assert '"title": "Night Train"' in made(desk)["param"]


def test_success_can_come_without_a_link_but_with_a_stream(desk):
    switch(desk, sound="stream only")
    record = made(desk)
    assert (record["status"], clips(record)[0]["audioUrl"]) == ("SUCCESS", None)
    assert desk.anyone.get(clips(record)[0]["streamAudioUrl"]).content[:1] == b"\xff"


def test_a_callback_that_failed_may_still_have_songs(desk):
    switch(desk, ending="callback exception")
    record = made(desk)
    assert record["status"] == "CALLBACK_EXCEPTION"
    assert len(clips(record)) == 2


def test_links_lead_to_sound_and_picture_without_a_key(desk):
    clip = clips(made(desk))[0]
    assert desk.anyone.get(clip["audioUrl"]).headers["content-type"] == "audio/mpeg"
    assert desk.anyone.get(clip["imageUrl"]).headers["content-type"] == "image/png"


def test_a_stream_is_empty_first_and_then_early(open_one):
    steps = Semaphore(0)
    desk = open_one(musicians=LongBand(steps=steps), pace="now")
    task = submit(desk, "generate", GENERATE)
    steps.release()
    steps.release()
    told = desk.until(lambda: look(desk, task), lambda told: told["status"] == "TEXT_SUCCESS")
    link = clips(told)[0]["streamAudioUrl"]
    late = clips(told)[1]["streamAudioUrl"]
    assert len(desk.anyone.get(link).content) > 0
    assert (desk.anyone.get(late).status_code, desk.anyone.get(late).content) == (200, b"")
    switch(desk, stream="empty")
    assert desk.anyone.get(link).content == b""
    for _ in range(9):
        steps.release()
    finished(desk, task)
    assert len(desk.anyone.get(link).content) > 0


@pytest.mark.parametrize(
    ("troubles", "state"),
    [((), "FIRST_SUCCESS"), ((ToolUnfit("It broke."),), "TEXT_SUCCESS")],
    ids=["made", "lost"],
)
def test_the_first_song_is_told_when_it_is_made(open_one, troubles, state):
    steps = Semaphore(0)
    desk = open_one(musicians=LongBand(steps=steps, troubles=list(troubles)))
    switch(desk, limit="off")
    task = submit(desk, "generate", GENERATE)
    # As many as the first song needs; where it is lost, the second can be heard then.
    for _ in range(3):
        steps.release()
    going = desk.until(lambda: look(desk, task), lambda told: told["status"] != "PENDING")
    desk.until(lambda: look(desk, task)["status"], lambda status: status == state)
    assert going["status"] in {"TEXT_SUCCESS", state}
    for _ in range(9):
        steps.release()
    assert len(clips(finished(desk, task))) == 2 - len(troubles)


def test_links_end(open_one):
    now = [1000.0]
    desk = open_one(musicians=LongBand(), clock=lambda: now[0], link_seconds=60)
    switch(desk, limit="off")
    link = clips(made(desk))[0]["audioUrl"]
    assert desk.anyone.get(link).status_code == 200
    now[0] += 61
    assert desk.anyone.get(link).status_code == 403


MARKS = {
    "lyrics": {"prompt": "[copyright: Yesterday]"},
    "style": {"style": "like Taylor Swift"},
    "title": {"title": "[review]"},
}


@pytest.mark.parametrize("where", MARKS)
def test_words_that_are_objected_to_fail_the_task_and_are_paid_back(desk, where):
    record = made(desk, **MARKS[where])
    assert (record["status"], record["errorCode"]) == ("SENSITIVE_WORD_ERROR", 400)
    assert record["errorMessage"]
    assert credits_left(desk) == 1000
    assert not desk.musicians.played


def test_one_song_that_fails_leaves_the_other(desk):
    desk.fault("sunoapi", "generate", "partial")
    record = made(desk)
    assert (record["status"], len(clips(record))) == ("SUCCESS", 1)
    assert credits_left(desk) == 988


@pytest.mark.parametrize(
    ("endpoint", "price"),
    [(name, 12) for name in set(BODIES) - {"generate/replace-section", "generate/sounds"}]
    + [("generate/replace-section", 5), ("generate/sounds", 2.5)],
)
def test_every_endpoint_makes_two_songs_for_its_price(desk, endpoint, price):
    body = body_of(desk, endpoint)
    before = credits_left(desk)
    record = made(desk, endpoint, body)
    assert (record["status"], record["errorMessage"]) == ("SUCCESS", None)
    assert all(clip["audioUrl"] for clip in clips(record))
    assert len(clips(record)) == 2
    assert round(before - credits_left(desk), 2) == price


@pytest.mark.parametrize("endpoint", sorted(ON_UPLOAD))
def test_a_link_that_leads_nowhere_fails_later_and_is_paid_back(desk, endpoint):
    nowhere = f"{desk.url}/shelf/{'0' * 32}.wav"
    record = made(desk, endpoint, CALL | BODIES[endpoint], uploadUrl=nowhere)
    assert (record["status"], record["errorCode"]) == ("CREATE_TASK_FAILED", 451)
    assert credits_left(desk) == 1000


def test_a_song_that_nobody_knows_fails_later(desk):
    record = made(desk, "generate/extend", CALL | BODIES["generate/extend"], audioId="nobody")
    assert record["status"] == "CREATE_TASK_FAILED"
    assert credits_left(desk) == 1000


def test_the_model_has_to_be_that_of_the_song(desk):
    record = made(desk, "generate/extend", body_of(desk, "generate/extend"), model="V4_5")
    assert record["status"] == "CREATE_TASK_FAILED"
    assert "model" in record["errorMessage"]


@pytest.mark.parametrize("at", [0, 30])
def test_it_goes_on_within_the_song_only(desk, at):
    record = made(desk, "generate/extend", body_of(desk, "generate/extend"), continueAt=at)
    assert "continueAt" in record["errorMessage"]


@pytest.mark.parametrize(("model", "state"), [("V4_5ALL", "CREATE_TASK_FAILED"), ("V5", "SUCCESS")])
def test_one_model_takes_a_minute_only(desk, model, state):
    link = shelved(desk, minute())
    body = CALL | BODIES["generate/upload-cover"] | {"uploadUrl": link, "model": model}
    assert made(desk, "generate/upload-cover", body)["status"] == state


@pytest.mark.parametrize(("start", "end"), [(4, 17), (14, 24.5)])
def test_a_section_lies_in_the_song_and_is_at_most_half_of_it(desk, start, end):
    body = body_of(desk, "generate/replace-section")
    record = made(desk, "generate/replace-section", body, infillStartS=start, infillEndS=end)
    assert record["status"] == "CREATE_TASK_FAILED"


def test_a_custom_song_is_asked_of_the_band_as_it_is(desk):
    made(desk, vocalGender="f", negativeTags="drums", styleWeight=0.6, weirdnessConstraint=0.2)
    (brief, _, _), (again, _, _) = desk.musicians.played
    assert (brief.style, brief.lyrics, brief.title) == ("folk", WORDS, "Night Train")
    assert (brief.voice, brief.exclude, brief.style_weight) == ("female", "drums", 0.6)
    assert (brief.weirdness, brief.description) == (0.2, "")
    assert brief == again


def test_a_plain_song_is_described(desk):
    made(desk, body=PLAIN, instrumental=True)
    brief = desk.musicians.played[0][0]
    assert (brief.description, brief.lyrics, brief.instrumental) == ("a train", "", True)


def test_variety_is_how_unusual_a_song_is(desk):
    made(desk, model="V6", variety=4, duration=60)
    brief = desk.musicians.played[0][0]
    assert (brief.weirdness, brief.length_seconds) == (1.0, 60)


def test_a_song_goes_on_as_a_whole(desk):
    made(desk, "generate/extend", body_of(desk, "generate/extend"), style="jazz", vocalGender="m")
    use = uses(desk, "extend")[0]
    wished = {"from_seconds": 12, "lyrics": WORDS, "style": "jazz", "voice": "male"}
    assert (wished | {"give": "whole"}).items() <= use.options.items()
    assert use.title == "On"


def test_a_whole_song_tells_the_words_of_all_of_it(desk):
    section = clips(
        made(desk, "generate/replace-section", body_of(desk, "generate/replace-section"))
    )[0]
    cover = clips(made(desk, "generate/upload-cover", body_of(desk, "generate/upload-cover")))[0]
    # Those of the fake band's song, not those that were asked for.
    assert section["prompt"] == WORDS
    assert cover["prompt"] == BODIES["generate/upload-cover"]["prompt"]


def test_by_default_parameters_a_song_goes_on_as_it_was(desk):
    source = song(desk)
    body = CALL | source | {"defaultParamFlag": False, "model": "V5"}
    clip = clips(made(desk, "generate/extend", body))[0]
    use = uses(desk, "extend")[0]
    assert (use.options["lyrics"], use.options["style"]) == ("", "")
    assert (clip["title"], clip["tags"]) == ("Night Train", "folk")


def test_a_prompt_that_is_no_words_is_written_about(desk):
    body = CALL | {"uploadUrl": uploaded(desk), "defaultParamFlag": False, "model": "V5"}
    made(desk, "generate/upload-extend", body, prompt="snow at night")
    assert uses(desk, "make-lyrics")[0].options["about"] == "snow at night"
    assert uses(desk, "extend")[0].options["lyrics"] == "[Verse]\nOne"


def test_a_cover_keeps_as_much_as_is_wished(desk):
    made(desk, "generate/upload-cover", body_of(desk, "generate/upload-cover"), audioWeight=0.6)
    options = uses(desk, "cover")[0].options
    assert (options["style"], options["lyrics"], options["audio_weight"]) == ("jazz", WORDS, 0.6)


def test_voices_and_bands_are_added(desk):
    made(desk, "generate/add-vocals", body_of(desk, "generate/add-vocals"), vocalGender="f")
    made(desk, "generate/add-instrumental", body_of(desk, "generate/add-instrumental"))
    voice = uses(desk, "add-vocals")[0].options
    assert (voice["lyrics"], voice["voice"], voice["style"]) == (WORDS, "female", "jazz")
    assert uses(desk, "add-band")[0].options == {"style": "jazz"}


def test_a_voice_that_is_added_may_only_be_described(desk):
    body = body_of(desk, "generate/add-vocals")
    made(desk, "generate/add-vocals", body, prompt="a lonely voice")
    options = uses(desk, "add-vocals")[0].options
    assert (options["lyrics"], options["description"]) == ("", "a lonely voice")


def test_a_mashup_lays_each_voice_over_the_other_music(desk):
    made(desk, "generate/mashup", body_of(desk, "generate/mashup"))
    first, second = uses(desk, "mashup")
    assert first.sounds == second.sounds[::-1]
    assert not uses(desk, "cover")


def test_a_custom_mashup_is_sung_in_its_style(desk):
    custom = {"customMode": True, "style": "jazz", "title": "Both", "prompt": WORDS}
    clip = clips(made(desk, "generate/mashup", body_of(desk, "generate/mashup"), **custom))[0]
    covers = uses(desk, "cover")
    assert [use.sounds for use in covers] == [("#1",), ("#2",)]
    assert (covers[0].options["style"], clip["title"]) == ("jazz", "Both")


def test_a_section_is_replaced_in_the_whole(desk):
    made(desk, "generate/replace-section", body_of(desk, "generate/replace-section"))
    options = uses(desk, "replace")[0].options
    assert (options["start_seconds"], options["end_seconds"]) == (4, 14)
    assert options["lyrics"] == "[Bridge]\nSnow"


def test_a_sound_has_loop_tempo_and_key(desk):
    body = {"prompt": "rain", "soundLoop": True, "soundTempo": 90, "soundKey": "F#m"}
    record = made(desk, "generate/sounds", body)
    wished = {"description": "rain", "loop": True, "tempo_bpm": 90, "key": "F# minor"}
    assert uses(desk, "sound")[0].options == wished
    assert record["operationType"] == "sounds"


def test_a_link_to_silence_is_nothing_to_work_on(desk):
    # The fake band's songs are silent.
    link = clips(made(desk))[0]["audioUrl"]
    record = made(
        desk, "generate/upload-cover", CALL | BODIES["generate/upload-cover"], uploadUrl=link
    )
    assert (record["status"], record["errorCode"]) == ("CREATE_TASK_FAILED", 451)


def test_what_was_taken_before_an_end_is_done_after_it(open_counter):
    desk = open_counter(pace="looks:1")
    task = submit(desk, "generate", GENERATE)
    desk.until(lambda: look(desk, task), lambda told: told["status"] != "PENDING")
    again = open_counter(pace="now")
    assert finished(again, task)["status"] == "SUCCESS"
    assert credits_left(again) == 988


def test_a_persona_that_nobody_knows_fails_later(desk):
    assert made(desk, personaId="nobody")["errorMessage"] == "The persona does not exist."
    assert credits_left(desk) == 1000
