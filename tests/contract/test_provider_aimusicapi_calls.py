"""What the AI Music API tells by itself is believed only if it is signed, and of these minutes."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import CallRefused, VendorTrouble
from studio.providers.aimusicapi import AIMusicAPI
from studio.providers.base import Finished, Refused, Working
from studio.providers.materials import Call, News
from tests.contract.far_away import NOW, asked, samples, vendor

SECRET = "a-callback-secret"
TOLD = {name: one for name, one in samples("answers").items() if one["verb"] == "read"}
TASK = "468d0e42-f7a6-40ce-9a4c-37db56b13b99"
BODY = TOLD["called_completed"]["body"]


def signed(secret: str, message: bytes) -> str:
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def call(
    body: object = BODY, *, secret: str = SECRET, late: float = 0.0, **headers: str | None
) -> Call:
    """Return a call as the newer guide describes it, with other headers where a test says so."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp = str(int((NOW - timedelta(seconds=late)).timestamp()))
    usual: dict[str, str | None] = {
        "x-webhook-id": "w-1",
        "x-webhook-timestamp": stamp,
        "x-webhook-signature": "sha256=" + signed(secret, f"{stamp}.".encode() + raw),
    }
    told = usual | {name.replace("_", "-"): value for name, value in headers.items()}
    known = {name: value for name, value in told.items() if value is not None}
    return Call(headers=known, body=raw, secret=SECRET, at=NOW)


def old_call(body: object = BODY, *, secret: str = SECRET) -> Call:
    """Return a call as the oldest guide describes it."""
    raw = json.dumps(body).encode()
    return Call(headers={"x-signature": signed(secret, raw)}, body=raw, secret=SECRET, at=NOW)


def hear(told: Call) -> News | None:
    return vendor(500, b"").hear(told)


def test_a_signed_call_is_news_of_its_task():
    news = hear(call())
    assert (news.id, news.remote) == ("w-1", TASK)


@pytest.mark.parametrize(
    ("name", "remote"),
    [
        ("called_completed", TASK),
        ("called_completed_as_sonic", TASK),
        ("called_streaming", TASK),
        ("called_failed", TASK),
        ("called_producer", f"producer/{TASK}"),
        ("called_nuro", f"nuro/{TASK}"),
    ],
)
def test_news_is_of_the_family_that_tells_it_and_reads_like_a_look(name, remote):
    sample = TOLD[name]
    news = hear(call(sample["body"]))
    progress = vendor(500, b"").read(news.told, asked(**sample["request"]))
    assert news.remote == remote
    assert type(progress).__name__ == sample["ends"]


def test_a_call_of_the_oldest_guide_is_believed_too():
    news = hear(old_call())
    assert news.remote == TASK
    assert hear(old_call()).id == news.id
    assert hear(old_call(BODY | {"message": "again"})).id != news.id


REFUSED = {
    "another secret": call(secret="another"),
    "no signature": call(x_webhook_signature=None),
    "nonsense": call(x_webhook_signature="sha256=abc"),
    "letters of another alphabet": call(x_webhook_signature="подпись"),
    "no time": call(x_webhook_timestamp=None),
    "a strange time": call(x_webhook_timestamp="nan"),
    "too late": call(late=301),
    "too early": call(late=-301),
    "an old signature in place of the new one": call(
        x_webhook_signature="sha256=00", x_signature=signed(SECRET, json.dumps(BODY).encode())
    ),
    "the oldest guide with another secret": old_call(secret="another"),
    "no secret at all": Call(headers={}, body=b"{}", secret="", at=NOW),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_call_that_is_not_surely_from_the_vendor_is_refused(why):
    with pytest.raises(CallRefused, match=r"\.$"):
        hear(REFUSED[why])


@pytest.mark.parametrize("late", [299, -299])
def test_clocks_may_differ_by_minutes(late):
    assert hear(call(late=late)) is not None


def test_a_body_that_was_changed_on_the_way_is_refused():
    genuine = call()
    changed = Call(headers=genuine.headers, body=genuine.body + b" ", secret=SECRET, at=NOW)
    with pytest.raises(CallRefused):
        hear(changed)


@pytest.mark.parametrize(
    "body",
    [
        BODY | {"event": "song.liked"},
        BODY | {"task_id": None},
        BODY | {"platform": "somebody"},
        {},
        [],
        b"",
        b"<html>",
        b"[" * 100_000,
    ],
)
def test_a_genuine_call_of_no_interest_is_let_pass(body):
    assert hear(call(body)) is None


def test_the_event_may_stand_in_the_header_alone():
    body = {name: value for name, value in BODY.items() if name != "event"}
    assert hear(call(body, x_webhook_event="song.completed")).remote == TASK


def test_streaming_lets_one_listen_early():
    news = hear(call(TOLD["called_streaming"]["body"]))
    progress = vendor(500, b"").read(news.told, asked(ability="create", style="pop"))
    assert [bool(take.early) for take in progress.takes] == [True, True]


def test_the_vendor_is_known_to_call():
    assert AIMusicAPI.calls_back
    assert AIMusicAPI.takes_links


MEMBERS = st.none() | st.integers() | st.text(max_size=8) | st.lists(st.integers(), max_size=2)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.dictionaries(st.sampled_from([*BODY, "type", "status", "code"]), MEMBERS))
def test_no_damage_to_a_genuine_call_is_a_surprise(damage: dict[str, Any]):
    provider = vendor(500, b"")
    news = hear(call(BODY | damage))
    if news is None:
        return
    try:
        progress = provider.read(news.told, asked(ability="create", style="pop"))
    except VendorTrouble:
        return
    assert isinstance(progress, Working | Finished | Refused)
