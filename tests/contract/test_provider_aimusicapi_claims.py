"""What the AI Music API documents is looked up for nothing, and a difference is seen."""

import httpx
import pytest

from studio.errors import NotTaken
from studio.providers.aimusicapi import AIMusicAPI
from studio.providers.wire import Wire

FINE = {
    "/api/v1/get-credits": (200, {"credits": 120, "extra_credits": "3"}),
    "/api/v1/sonic/task/": (400, {"error": "task not found."}),
    "/api/v1/": (404, {"error": "task not found."}),
}


def far_away(told):
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.method == "GET"
        path = next(one for one in told if request.url.path.startswith(one))
        status, body = told[path]
        return httpx.Response(status, json=body)

    wire = Wire("https://x.example", "key", who="it", transport=httpx.MockTransport(answer))
    return AIMusicAPI(wire)


def test_what_is_as_documented_holds_and_nothing_costs():
    verdicts = {one.name: far_away(FINE).examine(one) for one in AIMusicAPI.claims}
    assert all(verdict.holds for verdict in verdicts.values())
    assert verdicts["balance"].found == "123 credits."
    assert all(one.price.is_free for one in AIMusicAPI.claims)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ((200, {"credits": None}), "Status 200."),
        ((200, {"state": "pending"}), "Status 200."),
        ((200, {"code": 500, "message": "Internal."}), "Status 500: Internal."),
        ((401, {"detail": "key is wrong"}), "Status 401: key is wrong."),
    ],
)
def test_what_differs_is_seen_and_told(told, found):
    strange = far_away({"/api/v1/": told})
    verdicts = [strange.examine(one) for one in AIMusicAPI.claims]
    assert {(verdict.holds, verdict.found) for verdict in verdicts} == {(False, found)}


def test_nobody_there_is_no_verdict():
    def nobody(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no")

    wire = Wire("https://x.example", "key", who="it", transport=httpx.MockTransport(nobody))
    with pytest.raises(NotTaken):
        AIMusicAPI(wire).examine(AIMusicAPI.claims[0])
