"""All that is printed or recorded of the Gateway API is understood, and no damage is a surprise."""

from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings

from studio import errors
from studio.errors import VendorTrouble
from studio.providers.base import Finished, Refused, Started, Working
from studio.providers.limits import Balance
from studio.songs import Attached, Part
from tests.contract.damage import STATUSES, damaged
from tests.contract.far_away import asked, material, materials
from tests.contract.far_gateway import KEY, gateway, samples, saying

ANSWERS = samples("answers")
REQUESTS = samples("requests")
WHATEVER = Started | Working | Finished | Refused | Balance


def ask(sample: dict[str, Any], *, status: int | None = None, body: object = None) -> Any:
    """Put the sample's request to a vendor that answers as printed, or damaged."""
    told = sample["body"] if body is None else body
    provider = saying(sample["status"] if status is None else status, told)
    request = asked(**sample["request"])
    match sample["verb"]:
        case "start":
            return provider.start(request, materials(material("clip-1")))
        case "check":
            return provider.check(sample["remote"], request)
        case _:
            return provider.balance()


@pytest.mark.parametrize("name", ANSWERS)
def test_a_printed_answer_ends_as_its_page_says(name):
    sample = ANSWERS[name]
    wanted = getattr(errors, sample["ends"], None)
    if wanted is None:
        assert type(ask(sample)).__name__ == sample["ends"]
    else:
        with pytest.raises(wanted):
            ask(sample)


@pytest.mark.parametrize("name", REQUESTS)
def test_a_printed_body_is_what_goes_out_to_the_letter(name):
    sample = REQUESTS[name]
    calls = []

    def answer(call: httpx.Request) -> httpx.Response:
        calls.append(call)
        words = [{"word": "la", "start_s": 0, "end_s": 1}]
        return httpx.Response(200, json={"code": 0, "data": {"id": "x", "aligned_words": words}})

    works_with = materials(*([material(**sample["material"])] if sample["material"] else []))
    gateway(answer).start(asked(**sample["request"]), works_with)
    [call] = calls
    assert (call.method, call.url.path) == ("POST", f"/api/v1/{sample['path']}")
    assert call.headers["api-key"] == KEY
    assert "Authorization" not in call.headers
    assert httpx.Response(200, content=call.content).json() == sample["body"]


def test_an_order_is_kept_by_both_ids_of_its_songs():
    assert ask(ANSWERS["submitted"]).remote == (
        "71540f19-d335-4938-95e7-52b3d524d17c,afdcb554-249d-4d67-90e3-917f7b4f8bfe"
    )


def test_the_printed_moderation_says_why_and_what_to_do():
    assert ask(ANSWERS["moderated"]) == Refused(
        reason="Gateway API could not make it: Song Description contained artist name: lang lang. "
        "Say how it sounds instead of whom it sounds like."
    )


def test_the_printed_song_is_told_in_our_words():
    (take,) = ask(ANSWERS["complete"]).takes
    assert (take.number, take.part, take.title, take.style, take.lyrics, take.length) == (
        1,
        Part.SONG,
        "Happy Cat Song",
        "happy, rock",
        "A happy song about cats",
        120.0,
    )
    assert take.remote == "d2755e7c-d4fa-4d4b-adb1-cec25cc69bda"
    assert take.sound == f"https://cdn1.xxxx.ai/{take.remote}.mp3"
    assert take.cover == f"https://cdn1.xxxx.ai/image_large_{take.remote}.png"


def test_what_streams_can_be_heard_at_once_but_is_not_finished():
    progress = ask(ANSWERS["streaming"])
    assert progress.doing == "finishing the songs"
    assert [(take.finished, take.sound) for take in progress.takes] == [(False, None)] * 2
    assert all(take.early.endswith(take.remote) for take in progress.takes)


def test_a_song_that_failed_leaves_the_other_and_is_never_fetched():
    first, second = ask(ANSWERS["one_failed"]).takes
    assert (first.finished, first.failed) == (True, None)
    assert "Song Description contained artist name" in second.failed
    assert (second.finished, second.sound, second.early) == (False, None, None)


def test_words_are_read_under_the_id_that_was_asked_for():
    (text,) = ask(ANSWERS["lyrics"]).texts
    assert (text.title, text.text) == ("Rain", "[Verse]\nRain on the rails")


@pytest.mark.parametrize("name", ["aligned", "aligned_bare"])
def test_words_in_time_are_read_in_whichever_shape(name):
    (finding,) = ask(ANSWERS[name]).findings
    assert (finding.kind, finding.facts) == (
        Attached.TIMELINE,
        {
            "words": [
                {"word": "Rain", "start": 1.5, "end": 1.9},
                {"word": "falls", "start": 1.9, "end": 2.4},
            ]
        },
    )


def test_the_balance_is_counted_in_songs():
    assert ask(ANSWERS["limit"]) == Balance(amount=1000, unit="songs")


@settings(
    max_examples=1000, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(damaged(ANSWERS, "complete", "error", "streaming", "None.mp3"), STATUSES)
def test_no_damage_to_a_sample_is_a_surprise(sample_and_body, status):
    sample, body = sample_and_body
    try:
        outcome = ask(sample, status=status, body=body)
    except VendorTrouble as trouble:
        outcome = Refused(reason=str(trouble))
    assert isinstance(outcome, WHATEVER)
    if isinstance(outcome, Started):
        assert outcome.remote
    if isinstance(outcome, Refused):
        assert outcome.reason.endswith((".", "!", "?", "…"))
