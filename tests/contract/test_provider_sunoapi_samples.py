"""Every sample that the pages of sunoapi.org print is understood, and no damage to one is a
surprise: it ends in one of our words, or in one of our errors with a sentence."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio import errors
from studio.errors import StudioProblem, VendorTrouble
from studio.providers.base import Finished, Refused, Started, Working
from studio.providers.limits import Balance
from studio.providers.materials import Call, News
from studio.songs import Attached, Part
from tests.contract.sunoapi_far_away import (
    KEY,
    MADE,
    NOW,
    OTHER,
    SOUND,
    TASK,
    asked,
    everything,
    samples,
    vendor,
)

ANSWERS = samples("answers")
CALLS = samples("calls")
ALL = {f"answers/{name}": one for name, one in ANSWERS.items()} | {
    f"calls/{name}": one for name, one in CALLS.items()
}
WHATEVER = Started | Working | Finished | Refused | Balance


def ask(sample: dict[str, Any], *, status: int | None = None, body: object = None) -> Any:
    """Put the sample's request to a vendor that answers as printed, or damaged."""
    said = sample["body"] if body is None else body
    request = asked(**sample["request"])
    provider = vendor(sample["status"] if status is None else status, said)
    match sample["verb"]:
        case "start":
            return provider.start(request, everything())
        case "check":
            return provider.check(MADE, request)
        case "read":
            told = said.decode(errors="replace") if isinstance(said, bytes) else json.dumps(said)
            return provider.read(told, request)
        case _:
            return provider.balance()


@pytest.mark.parametrize("name", ALL)
def test_a_printed_body_ends_as_its_page_says(name):
    sample = ALL[name]
    wanted = getattr(errors, sample["ends"], None)
    if wanted is None:
        assert type(ask(sample)).__name__ == sample["ends"]
    else:
        with pytest.raises(wanted) as trouble:
            ask(sample)
        assert str(trouble.value).rstrip().endswith((".", "!", "?", "…"))


@pytest.mark.parametrize("name", CALLS)
def test_a_printed_call_is_heard_as_news_of_its_task(name):
    body = json.dumps(CALLS[name]["body"]).encode()
    call = Call(headers={"x-webhook-signature": "?"}, body=body, secret="s", at=NOW)
    news = vendor(200, {}).hear(call)
    assert (news.remote, json.loads(news.told)) == (TASK, CALLS[name]["body"])
    assert vendor(200, {}).hear(call).id == news.id


def takes(name: str) -> list[tuple[int, str | None, bool, bool]]:
    told = ask(ALL[name]).takes
    return [(one.number, one.remote, one.finished, one.early is not None) for one in told]


BOTH = [(1, MADE, True, False), (2, f"{TASK}/{OTHER}", True, False)]
ONE = [(1, MADE, True, False), (2, f"{TASK}/{OTHER}", False, True)]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("answers/music_pending", []),
        ("answers/music_text", [(1, MADE, False, True), (2, f"{TASK}/{OTHER}", False, True)]),
        ("answers/music_first", ONE),
        ("answers/music_done", BOTH),
        ("answers/music_done_live", BOTH),
        ("answers/music_untold", BOTH),
        ("answers/music_untold_early", ONE),
        ("calls/music_text", []),
        ("calls/music_first", ONE),
        ("calls/music_complete", BOTH),
    ],
)
def test_each_take_is_told_with_how_far_it_is(name, told):
    assert takes(name) == told


@pytest.mark.parametrize("name", ["music_extend", "music_upload_extend", "music_replaced"])
def test_what_goes_on_and_what_has_a_new_section_comes_whole(name):
    assert {take.part for take in ask(ANSWERS[name]).takes} == {Part.WHOLE}


@pytest.mark.parametrize("name", ["music_done", "music_done_live"])
def test_links_end_two_weeks_after_they_were_made_however_that_is_written(name):
    take = ask(ANSWERS[name]).takes[0]
    assert take.ends_at.isoformat()[:10] in {"2025-01-15", "2025-12-05"}
    assert (take.length, take.title, take.cover is not None) == (198.44, "Iron Man", True)


def found(name: str) -> Any:
    return ask(ALL[name]).findings


def test_stems_are_named_and_remember_the_task_that_split_them():
    first, second = found("answers/stems_two")
    assert (first.name, first.remote) == ("Vocals", f"{TASK}/3d7021c9-0001")
    assert (second.name, second.remote) == ("Instrumental", f"{TASK}/3d7021c9-0002")
    full = found("answers/stems_full")
    assert len({one.name for one in full}) == 12
    assert {one.remote for one in full} == {TASK}


def test_a_raw_space_in_a_link_is_not_its_end():
    vocals = next(one for one in found("answers/stems_full") if one.name == "Vocals")
    assert vocals.link == "https://file.aiquickdraw.com/s/3d7021c9_Lead%20Vocal.mp3"
    assert {one.kind for one in found("answers/stems_full")} == {Attached.STEM}


def test_one_instrument_comes_with_the_rest():
    assert [one.name for one in found("answers/stems_one")] == ["Lead Vocal", "Without Lead Vocal"]
    assert len({one.link for one in found("answers/stems_one")}) == 2


@pytest.mark.parametrize("name", ["answers/covers_done", "calls/covers_done"])
def test_two_pictures_are_painted(name):
    assert [one.kind for one in found(name)] == [Attached.COVER, Attached.COVER]
    assert len({one.link for one in found(name)}) == 2


@pytest.mark.parametrize("name", ["answers/timeline", "answers/timeline_instrumental"])
def test_words_in_time_come_without_marks_and_may_be_none(name):
    (finding,) = found(name)
    words = [(one["word"], one["start"]) for one in finding.facts["words"]]
    assert words == ([] if "instrumental" in name else [("Waggin'", 1.36), ("the", 1.79)])
    assert ("note" in finding.facts) is ("instrumental" in name)


@pytest.mark.parametrize("name", ["tags", "tags_live"])
def test_a_richer_style_is_read_whatever_its_flag_says(name):
    assert ask(ANSWERS[name]).texts[0].text == "warm analog pop with lush synths"
    assert vendor(200, ANSWERS["credits_twin"]["body"]).balance() == Balance(amount=5916.25)


def test_versions_of_words_that_failed_are_left_out():
    assert [text.title for text in ask(ANSWERS["lyrics_partly"]).texts] == ["Rain"]
    assert "artist name" in ask(ANSWERS["lyrics_none"]).reason


def test_of_two_recovered_sounds_the_one_that_was_asked_for_comes():
    (finding,) = found("answers/recover_done")
    assert (finding.kind, finding.name) == (Attached.FILE, "recovered")
    assert finding.link.endswith(f"{SOUND}.m4a")


def test_a_recovery_of_several_needs_to_know_which():
    body = ANSWERS["recover_done"]["body"]
    progress = vendor(200, body).check(TASK, asked(ability="recover", source="song"))
    assert isinstance(progress, Refused)
    assert "task/sound" in progress.reason


def test_a_voice_is_marked_as_one_and_a_phrase_is_told():
    assert ask(ANSWERS["voice_done"]).persona == "voice/v-0a1b2c3d"
    assert ask(ANSWERS["phrase_ready"]).texts[0].text == "Sunlight walks across the floor"


def test_an_upload_is_known_by_its_link():
    (finding,) = found("answers/uploaded")
    assert finding.kind is Attached.UPLOAD
    assert finding.remote.startswith("https://tempfile.redpandaai.co/")


def test_a_key_that_is_repeated_in_an_error_is_not_shown():
    body = {"code": 400, "msg": f"The key {KEY} may not do this", "data": None}
    with pytest.raises(errors.VendorRefused) as refusal:
        vendor(200, body).start(asked(ability="create", style="pop"), everything())
    assert KEY not in str(refusal.value)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["SUCCESS", "FAILED", "成功", "text", "complete", "http://[", "file:///etc"])
    | st.sampled_from([0, 1, 2, 3, 200, 201, 400, 430, 455, 501, 531, "200", 1e18]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
STATUSES = st.sampled_from(
    [None, None, None, 200, 201, 400, 401, 404, 405, 409, 429, 430, 455, 500, 502, 503]
)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[dict[str, Any], bytes]:
    """One of the samples, with something in it replaced, removed, doubled or cut off."""
    sample = ALL[draw(st.sampled_from(sorted(ALL)))]
    body = json.loads(json.dumps(sample["body"]))
    place: Any = body
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw(st.sampled_from(keys))
        deeper = isinstance(place[key], dict | list) and place[key]
        if not (deeper and draw(st.booleans())):
            break
        place = place[key]
    match draw(st.sampled_from(["replaced", "removed", "doubled"])):
        case "replaced":
            place[key] = draw(JSON)
        case "removed":
            del place[key]
        case "doubled":
            place[key] = [place[key], place[key]]
    text = json.dumps(body).encode()
    broken = [text, text, text, text[: len(text) // 2], b"\xff" + text, b"[" * 100_000]
    return sample, draw(st.sampled_from(broken))


@settings(
    max_examples=1000, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(damaged(), STATUSES)
def test_no_damage_to_a_sample_is_a_surprise(sample_and_body, status):
    sample, body = sample_and_body
    try:
        outcome = ask(sample, status=status, body=body)
    except VendorTrouble as trouble:
        outcome = Refused(reason=str(trouble).rstrip())
    assert isinstance(outcome, WHATEVER)
    if isinstance(outcome, Started):
        assert outcome.remote
    if isinstance(outcome, Refused):
        assert outcome.reason.endswith((".", "!", "?", "…", "。"))
    try:
        heard = vendor(200, {}).hear(Call(headers={}, body=body, secret="s", at=NOW))
    except StudioProblem:
        heard = None
    assert heard is None or isinstance(heard, News)
