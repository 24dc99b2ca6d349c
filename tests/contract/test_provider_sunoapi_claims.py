"""The contract check of sunoapi.org: what is asked begins nothing, and what is found counts."""

import json
from typing import Any

import httpx
import pytest

from studio.providers.claims import Claim
from studio.providers.sunoapi import SunoAPI
from tests.contract.sunoapi_far_away import KEY, provider, samples

ANSWERS = samples("answers")
NAMES = [claim.name for claim in SunoAPI.claims]
NOTHING: dict[str, Any] = {"code": 200, "msg": "success", "data": None}
PAGES: dict[str, dict[str, Any]] = {
    "generate/credit": ANSWERS["credits_twin"]["body"],
    "style/generate": ANSWERS["tags_live"]["body"],
    "api/file-stream-upload": ANSWERS["uploaded"]["body"],
}


def as_documented(call: httpx.Request) -> httpx.Response:
    path = call.url.path.removeprefix("/api/v1/").removeprefix("/")
    if path == "wav/generate":
        has_callback = "callBackUrl" in json.loads(call.content)
        said = "Record does not exist" if has_callback else "Please enter callBackUrl."
        return httpx.Response(200, json={"code": 400, "msg": said, "data": None})
    return httpx.Response(200, json=PAGES.get(path, NOTHING))


def verdicts(answer: Any) -> dict[str, Any]:
    suno = provider(answer)
    return {claim.name: suno.examine(claim) for claim in SunoAPI.claims}


def test_a_vendor_that_is_as_documented_holds_to_everything():
    found = verdicts(as_documented)
    assert {name: one.holds for name, one in found.items()} == dict.fromkeys(NAMES, True)
    assert all(KEY not in one.found for one in found.values())


@pytest.mark.parametrize("status", [200, 418])
def test_a_vendor_that_has_changed_holds_to_nothing(status):
    found = verdicts(lambda _: httpx.Response(status, json={"code": status, "data": {"a": KEY}}))
    assert {one.holds for one in found.values()} == {False}
    assert all(one.found.startswith(f"Status {status}, code {status}") for one in found.values())


def test_another_refusal_than_the_one_that_is_documented_is_seen():
    told = {"code": 400, "msg": "Something else", "data": None}
    found = verdicts(lambda _: httpx.Response(200, json=told))["missing callback"]
    assert (found.holds, found.found) == (False, "Status 200, code 400, no data. Something else.")


def test_nothing_can_begin_by_being_asked():
    """Whatever is posted names nothing that exists, but for a tiny file and a style."""
    posted = []

    def answer(call: httpx.Request) -> httpx.Response:
        if call.method == "POST":
            posted.append((call.url.path, call.read()))
        return as_documented(call)

    verdicts(answer)
    orders = [json.loads(body) for path, body in posted if path.endswith("wav/generate")]
    assert {body["taskId"] for body in orders} == {"0" * 32}
    assert {path for path, _ in posted} == {
        "/api/v1/wav/generate",
        "/api/v1/style/generate",
        "/api/file-stream-upload",
    }


def test_only_one_claim_costs_and_it_says_how_much():
    assert {one.name: one.price.amount for one in SunoAPI.claims if one.price.amount} == {
        "richer style": 0.4
    }
    assert SunoAPI.edition("5").claims == SunoAPI.claims


def test_a_claim_of_nobody_is_no_claim():
    assert provider(as_documented).examine(Claim(name="x", says="y")).holds is None
