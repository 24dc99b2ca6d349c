"""sunoapi.org as a provider: its traps, its two families of codes, and the money rules."""

import json
from typing import Any

import httpx
import mido
import pytest

from studio.errors import (
    AnswerUnreadable,
    Doubtful,
    NotTaken,
    RemoteUnknown,
    RequestUnfit,
    VendorRefused,
)
from studio.providers.base import Finished, Refused, Started, Working
from studio.providers.limits import Balance
from studio.songs import Attached
from tests.contract.sunoapi_far_away import (
    LINK,
    MADE,
    OTHER,
    SOUND,
    TASK,
    asked,
    away,
    everything,
    made,
    materials,
    provider,
    samples,
    split,
    vendor,
)

ANSWERS = samples("answers")
SONG = asked(ability="create", style="pop", lyrics="New words")


def says(code: int, msg: str = "", data: object = None) -> dict[str, Any]:
    return {"code": code, "msg": msg, "data": data}


def order(status: int, body: object, request: Any = SONG, **headers: str) -> Any:
    return vendor(status, body, headers=headers or None).start(request, everything())


def look(body: object, request: Any = SONG, remote: str = TASK, status: int = 200) -> Any:
    return vendor(status, body).check(remote, request)


def on_song(ability: str, **members: Any) -> Any:
    return asked(ability=ability, source="song", **members)


# Codes.


@pytest.mark.parametrize("status", [200, 400])
def test_an_error_counts_whatever_status_it_travels_under(status):
    with pytest.raises(VendorRefused, match=r"Please enter callBackUrl\."):
        order(status, says(400, "Please enter callBackUrl."))
    with pytest.raises(VendorRefused, match="Something in it is too long"):
        order(200, says(413, "prompt cannot exceed 3000 characters"))


@pytest.mark.parametrize(
    ("msg", "trouble"),
    [
        ("The current credits are insufficient. Please top up.", VendorRefused),
        ("积分不足", VendorRefused),
        ("", VendorRefused),
        ("Limit", VendorRefused),
        ("Your call frequency is too high. Please try again later.", NotTaken),
        ("Too many requests", NotTaken),
        ("Rate limit exceeded", NotTaken),
        ("您的调用频率过高", NotTaken),
    ],
)
@pytest.mark.parametrize("ability", ["create", "mashup", "replace", "persona", "cover image"])
def test_429_is_no_credits_unless_its_words_speak_of_the_pace(ability, msg, trouble):
    request = {
        "create": SONG,
        "mashup": asked(ability="mashup", songs=("song", "other"), style="pop"),
        "replace": on_song("replace", lyrics="x", window={"start": 1, "end": 9}),
        "persona": on_song("persona", name="x", description="y"),
        "cover image": on_song("cover image"),
    }[ability]
    with pytest.raises(trouble):
        order(200, says(429, msg), request)


def test_429_of_who_stands_before_the_vendor_is_the_pace():
    with pytest.raises(NotTaken):
        order(429, b"<html>")
    with pytest.raises(VendorRefused, match="too few credits"):
        order(429, says(429))


@pytest.mark.parametrize("code", [405, 430])
@pytest.mark.parametrize("status", [200, None])
def test_too_fast_is_sent_again_after_a_while(code, status):
    with pytest.raises(NotTaken) as trouble:
        order(status or code, says(code, "Too fast"))
    assert trouble.value.retry_after == 10


def test_a_wish_to_wait_is_heard():
    with pytest.raises(NotTaken) as trouble:
        order(200, says(430), **{"Retry-After": "25"})
    assert trouble.value.retry_after == 25


def test_maintenance_is_waited_for_and_costs_no_request():
    with pytest.raises(NotTaken, match="maintained") as trouble:
        order(200, says(455, "The site is being maintained"))
    assert trouble.value.retry_after == 300


@pytest.mark.parametrize(("code", "status"), [(500, 200), (501, 200), (500, 500), (408, 200)])
def test_what_broke_behind_the_door_is_never_sent_again_by_itself(code, status):
    with pytest.raises(Doubtful):
        order(status, says(code, "Server exception"))


@pytest.mark.parametrize("status", [502, 504])
def test_a_gateway_that_gives_up_leaves_it_in_doubt(status):
    with pytest.raises(Doubtful):
        order(status, b"<html>")
    with pytest.raises(NotTaken):
        order(503, b"<html>")


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", says(200), says(200, "", {}), says(200, "", "ok")]
)
def test_success_without_an_id_is_never_taken_for_a_refusal(body):
    with pytest.raises(AnswerUnreadable):
        order(200, body)


def test_a_good_code_under_a_bad_status_is_not_believed():
    with pytest.raises(Doubtful):
        order(500, says(200, "success", {"taskId": TASK}))
    assert order(200, says(200, "success", {"taskId": TASK})) == Started(remote=TASK)


def test_a_refused_key_says_where_to_change_it():
    with pytest.raises(VendorRefused, match="Change it under Settings"):
        order(200, says(401, "You do not have access permissions"))
    with pytest.raises(VendorRefused, match="Change it under Settings"):
        look(says(401, "You do not have access permissions"))


# Repeats.


@pytest.mark.parametrize("data", [{"taskId": TASK}, TASK])
def test_pictures_that_are_there_already_are_taken(data):
    told = says(400, "The cover has been generated", data)
    assert order(200, told, on_song("cover image")) == Started(remote=TASK)


@pytest.mark.parametrize(
    "request_", [on_song("wav"), on_song("persona", name="x", description="y")]
)
def test_a_repeat_is_refused_in_a_sentence(request_):
    with pytest.raises(VendorRefused, match="makes it once only"):
        order(200, says(409, "Already exists"), request_)


@pytest.mark.parametrize("ability", ["cover image", "midi"])
def test_what_is_free_and_the_same_twice_is_sent_again_after_a_doubt(ability):
    def silent(call: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("silent", request=call)

    with pytest.raises(NotTaken):
        provider(silent).start(on_song(ability), everything())
    with pytest.raises(Doubtful):
        provider(silent).start(on_song("wav"), everything())
    with pytest.raises(NotTaken):
        order(200, says(500, "Server exception"), on_song(ability))


# Looks.


@pytest.mark.parametrize(
    "ability", ["create", "lyrics", "stems", "wav", "midi", "video", "cover image", "phrase"]
)
def test_no_data_means_that_the_task_is_not_known(ability):
    more = {"phrase": {"window": {"start": 0, "end": 9}}, "lyrics": {"description": "x"}}
    source = {} if ability in {"create", "lyrics"} else {"source": "song"}
    style = {"style": "pop"} if ability == "create" else {}
    request = asked(ability=ability, **source, **style, **more.get(ability, {}))
    with pytest.raises(RemoteUnknown, match="or not yet"):
        look(says(200, "success", None), request)


@pytest.mark.parametrize("code", [429, 430, 405, 455, 500, 502])
def test_a_look_that_fails_only_means_look_again(code):
    with pytest.raises((NotTaken, Doubtful)):
        look(says(code, "Too many"))
    with pytest.raises((NotTaken, Doubtful)):
        look(b"<html>", status=500)


@pytest.mark.parametrize("remote", [TASK, MADE, f" {TASK} "])
def test_each_kind_of_task_is_looked_at_in_its_own_place(remote):
    asked_for = []

    def answer(call: httpx.Request) -> httpx.Response:
        asked_for.append(call.url.raw_path.decode().removeprefix("/api/v1/"))
        return httpx.Response(200, json=says(200, "success", {"status": "PENDING"}))

    for request in (SONG, on_song("wav"), on_song("stems"), on_song("midi"), on_song("video")):
        provider(answer).check(remote, request)
    provider(answer).check(remote, on_song("recover"))
    provider(answer).check(remote, on_song("phrase", window={"start": 0, "end": 9}))
    assert asked_for == [
        f"generate/record-info?taskId={TASK}",
        f"wav/record-info?taskId={TASK}",
        f"vocal-removal/record-info?taskId={TASK}",
        f"midi/record-info?taskId={TASK}",
        f"mp4/record-info?taskId={TASK}",
        f"suno/recovery/record-info?task_id={TASK}",
        f"voice/validate-info?taskId={TASK}",
    ]


def record(status: str, *clips: dict[str, Any], **more: Any) -> dict[str, Any]:
    told = {"taskId": TASK, "status": status, "response": {"sunoData": list(clips)}}
    return says(200, "success", told | more)


def clip(id_: str = SOUND, **members: Any) -> dict[str, Any]:
    links = {"audioUrl": "https://x.example/a.mp3", "streamAudioUrl": "https://x.example/stream"}
    return {"id": id_} | links | members


def test_done_without_a_usual_link_takes_the_makers_file_then_the_stream():
    bare = {"audioUrl": None}
    source = look(record("SUCCESS", clip(**bare, sourceAudioUrl="https://cdn.example/a.mp3")))
    assert source.takes[0].sound == "https://cdn.example/a.mp3"
    stream = look(record("SUCCESS", clip(**bare)))
    assert (stream.takes[0].sound, stream.takes[0].finished) == ("https://x.example/stream", True)


def test_done_without_any_link_is_waited_for():
    progress = look(record("SUCCESS", clip(audioUrl="", streamAudioUrl="")))
    assert isinstance(progress, Working)
    assert (progress.doing, progress.unknown) == ("the links to it are not there yet", None)


@pytest.mark.parametrize("status", ["PENDING", "TEXT_SUCCESS", "FIRST_SUCCESS"])
def test_a_stream_is_heard_early_but_is_no_end(status):
    progress = look(record(status, clip(audioUrl="", sourceAudioUrl="https://cdn.example/a.mp3")))
    assert isinstance(progress, Working)
    assert (progress.takes[0].early, progress.takes[0].finished) == (
        "https://x.example/stream",
        False,
    )


def test_a_song_that_came_home_of_a_task_that_failed_is_kept():
    both = (clip(), clip(OTHER, audioUrl=""))
    progress = look(record("GENERATE_AUDIO_FAILED", *both, errorCode=501))
    assert isinstance(progress, Finished)
    assert [bool(take.failed) for take in progress.takes] == [False, True]


def test_an_unknown_word_is_shown_and_looked_at_again():
    progress = look(record("MIXING", clip(audioUrl="")))
    assert isinstance(progress, Working)
    assert progress.unknown == "MIXING"


@pytest.mark.parametrize(
    "created",
    [1763726400123, "1763726400123", "2025-11-21 12:00:00"],
    ids=["number", "digits", "date"],
)
def test_a_moment_is_read_as_a_number_or_a_text(created):
    take = look(record("SUCCESS", clip(createTime=created))).takes[0]
    assert take.ends_at.date().isoformat() == "2025-12-05"


@pytest.mark.parametrize(
    ("code", "words", "refunded"),
    [
        (400, "Write others", None),
        (408, "took too long", None),
        (413, "one of your own", None),
        (451, "uploaded anew", None),
        (500, "later", None),
        (501, "Send it again", None),
        (531, "The credits came back", True),
    ],
)
def test_a_task_that_failed_says_why_and_what_to_do(code, words, refunded):
    told = look(record("GENERATE_AUDIO_FAILED", errorCode=code, errorMessage="It broke"))
    assert isinstance(told, Refused)
    assert "It broke." in told.reason
    assert words in told.reason
    assert told.refunded is refunded


@pytest.mark.parametrize(
    ("ability", "flag", "ends"),
    [
        ("wav", "PENDING", Working),
        ("wav", "SUCCESS", Finished),
        ("wav", "GENERATE_WAV_FAILED", Refused),
        ("cover image", 0, Working),
        ("cover image", 1, Finished),
        ("cover image", 2, Working),
        ("cover image", 3, Refused),
        ("midi", 0, Working),
        ("midi", 1, Finished),
        ("midi", 2, Refused),
        ("midi", "1 ", Finished),
        ("video", "成功", Finished),
        ("video", "失败", Refused),
        ("video", "正在处理", Working),
    ],
)
def test_success_is_said_by_a_word_a_number_or_in_free_text(ability, flag, ends):
    is_there = ends is Finished
    link = "https://x.example/a" if is_there else None
    notes = [{"name": "Piano", "notes": [{"pitch": 60, "start": 0, "end": 1, "velocity": 0.5}]}]
    told = {
        "successFlag": flag,
        "response": {"audioWavUrl": link, "videoUrl": link, "images": [link] if link else None},
        "midiData": {"state": "complete", "instruments": notes} if is_there else None,
    }
    assert type(look(says(200, "success", told), on_song(ability))) is ends


def test_a_result_that_is_late_is_waited_for():
    progress = look(says(200, "", {"successFlag": "SUCCESS", "response": None}), on_song("wav"))
    assert progress == Working(doing="what came of it is not there yet")
    strange = look(says(200, "", {"successFlag": "HALF", "response": None}), on_song("wav"))
    assert strange == Working(unknown="HALF")


def test_a_take_belongs_to_the_task_that_was_asked_about():
    told = record("SUCCESS", clip(), taskId=None)
    assert look(told).takes[0].remote == MADE
    assert look(record("SUCCESS", clip(), taskId="another")).takes[0].remote == MADE


def test_what_has_no_task_is_given_by_hand():
    given = vendor(500, b"").check(LINK, on_song("upload"))
    assert given.findings[0].remote == LINK
    persona = on_song("persona", name="x", description="y")
    assert vendor(500, b"").check(" p-1 ", persona) == Finished(persona="p-1")
    with pytest.raises(RemoteUnknown, match="keeps nothing"):
        vendor(500, b"").check(TASK, on_song("timeline"))


# Recovery.


def test_a_recovery_remembers_which_sound_was_meant():
    told = says(200, "success", {"task_id": "recovery-1"})
    assert order(200, told, on_song("recover")) == Started(remote=f"recovery-1/{SOUND}")
    running = {"code": 201, "task_id": "recovery-1", "msg": "", "data": None}
    assert look(running, on_song("recover"), f"recovery-1/{SOUND}") == Working()


def test_a_recovery_that_failed_has_an_end_and_one_that_nobody_knows_has_none():
    failed = {"code": 500, "task_id": "r", "msg": "Music link recovery failed.", "data": None}
    ended = look(failed, on_song("recover"), f"r/{SOUND}")
    assert (type(ended), "recovery failed" in ended.reason) == (Refused, True)
    unknown = {"code": 500, "msg": "The music link recovery task does not exist.", "data": None}
    with pytest.raises(RemoteUnknown):
        look(unknown, on_song("recover"), f"r/{SOUND}")


def test_a_recovery_without_a_link_yet_is_waited_for():
    item = {"id": SOUND, "audio_url": None, "status": "success"}
    told = {"code": 201, "task_id": "r", "msg": "", "data": [item]}
    assert look(told, on_song("recover"), f"r/{SOUND}") == Working()
    late = look(told | {"code": 200}, on_song("recover"), f"r/{SOUND}")
    assert isinstance(late, Working)


# Uploads.


def test_a_sound_is_streamed_to_the_other_address_under_no_name_of_ours():
    seen = []

    def answer(call: httpx.Request) -> httpx.Response:
        seen.append((call.method, str(call.url), call.read()))
        assert call.headers["Authorization"].startswith("Bearer ")
        return httpx.Response(200, json=ANSWERS["uploaded"]["body"])

    told = provider(answer).start(on_song("upload"), materials(away()))
    (method, url, body) = seen[0]
    assert (method, url) == ("POST", "https://uploads.example/api/file-stream-upload")
    assert told.findings[0].remote == LINK
    assert b'name="uploadPath"' in body
    assert b'name="fileName"' not in body


@pytest.mark.parametrize("status", [500, 502, 504])
def test_an_upload_is_free_so_any_doubt_is_a_second_try(status):
    with pytest.raises(NotTaken):
        vendor(status, b"").start(on_song("upload"), materials(away()))

    def silent(call: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("silent", request=call)

    with pytest.raises(NotTaken):
        provider(silent).start(on_song("upload"), materials(away()))


def test_a_sound_that_is_not_here_is_not_uploaded():
    nowhere = made()
    bare = materials(type(nowhere)(song=nowhere.song, remote=nowhere.remote))
    with pytest.raises(RequestUnfit, match="Fetch it from its page"):
        vendor(200, ANSWERS["uploaded"]["body"]).start(on_song("upload"), bare)


# Notes.


def test_notes_come_home_as_a_midi_file(tmp_path):
    (finding,) = look(ANSWERS["midi_done"]["body"], on_song("midi")).findings
    assert finding.kind is Attached.MIDI
    assert finding.facts == {"instruments": ["Drums", "Electric Bass (finger)"]}
    vendor(500, b"").fetch(finding.link, tmp_path / "a.mid")
    file = mido.MidiFile(tmp_path / "a.mid")
    tracks = {track.name: [m for m in track if m.type == "note_on"] for track in file.tracks[1:]}
    assert [(m.note, m.velocity, m.channel) for m in tracks["Drums"]] == [
        (73, 127, 9),
        (70, 102, 9),
    ]
    assert file.length == pytest.approx(3.25, abs=0.01)
    assert tracks["Electric Bass (finger)"][0].note == 43


def test_notes_start_and_end_when_the_vendor_says(tmp_path):
    (finding,) = look(ANSWERS["midi_done"]["body"], on_song("midi")).findings
    vendor(500, b"").fetch(finding.link, tmp_path / "a.mid")
    now, heard = 0.0, []
    for message in mido.MidiFile(tmp_path / "a.mid"):
        now += message.time
        if message.type == "note_on":
            heard.append((round(now, 2), message.note))
    assert sorted(heard) == [(1.5, 43), (2.5, 73), (3.0, 70)]


def test_broken_notes_in_a_link_are_unreadable(tmp_path):
    with pytest.raises(AnswerUnreadable):
        vendor(500, b"").fetch("data:audio/midi;base64,%%", tmp_path / "a.mid")


def test_other_files_are_downloaded_without_the_key(tmp_path):
    def answer(call: httpx.Request) -> httpx.Response:
        assert "Authorization" not in call.headers
        return httpx.Response(200, content=b"sound")

    provider(answer).fetch("https://files.example/a.mp3", tmp_path / "a.mp3")
    assert (tmp_path / "a.mp3").read_bytes() == b"sound"


def test_splits_are_remembered_so_that_notes_can_follow():
    stems = look(ANSWERS["stems_two"]["body"], on_song("stems")).findings
    source = made(attachments=(split(task=stems[0].remote.partition("/")[0]),))
    seen = []

    def answer(call: httpx.Request) -> httpx.Response:
        seen.append(json.loads(call.content)["taskId"])
        return httpx.Response(200, json=says(200, "success", {"taskId": "m"}))

    provider(answer).start(on_song("midi"), materials(source))
    assert seen == [TASK]


# Balance.


@pytest.mark.parametrize(("data", "left"), [(100, 100), (5916.25, 5916.25), ("12.5", 12.5)])
def test_credits_are_counted_in_fractions(data, left):
    assert vendor(200, says(200, "success", data)).balance() == Balance(amount=left)


@pytest.mark.parametrize("data", [None, "many", -1, {"credits": 1}])
def test_credits_that_cannot_be_read_are_no_credits(data):
    with pytest.raises(AnswerUnreadable):
        vendor(200, says(200, "success", data)).balance()
