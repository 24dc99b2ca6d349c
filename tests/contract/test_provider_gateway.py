"""The Gateway API: what an order costs and when it is taken, and what is asked about it then."""

import json
from dataclasses import replace

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import (
    AnswerUnreadable,
    Doubtful,
    NotTaken,
    RemoteUnknown,
    RequestUnfit,
    VendorRefused,
    VendorTrouble,
)
from studio.fitting import check_fit
from studio.offer import Offer
from studio.providers.base import Finished, Refused, Working
from studio.providers.claims import Claim
from studio.providers.gateway import GatewayAPI
from studio.providers.materials import NOTHING
from studio.songs import Ability, Part, SongRequest
from tests.contract.far_away import NOW, asked, material, materials, song
from tests.contract.far_gateway import gateway, samples, saying

CREATE = asked(ability="create", style="happy, rock", lyrics="Dogs")
EXTEND = asked(ability="extend", source="song", style="rock", lyrics="More", at=60.0)
IDS = samples("answers")["complete_both"]["remote"]
CLIP = samples("answers")["complete"]["body"][0]
FIRST, SECOND = IDS.split(",")


def clip(id_: str, **members: object) -> dict[str, object]:
    return {**CLIP, "id": id_, **members}


def paths_of(calls: list[httpx.Request]) -> list[str]:
    return [call.url.raw_path.decode().removeprefix("/api/v1/") for call in calls]


def routed(answers: dict[str, tuple[int, object]]) -> tuple[GatewayAPI, list[httpx.Request]]:
    """Return the provider at a vendor that answers by the beginning of the path."""
    calls: list[httpx.Request] = []

    def answer(call: httpx.Request) -> httpx.Response:
        calls.append(call)
        path = call.url.raw_path.decode().removeprefix("/api/v1/gateway/")
        status, body = next(told for start, told in answers.items() if path.startswith(start))
        return httpx.Response(status, json=body)

    return gateway(answer), calls


# Money


@pytest.mark.parametrize(
    "body",
    [
        {"code": 0, "msg": "success", "data": []},
        {"code": 0, "msg": "success", "data": None},
        {"code": 0, "data": [{"song_id": None}, {"song_id": ""}]},
        {"code": 0},
        {},
        [],
    ],
)
@pytest.mark.parametrize("request_", [CREATE, EXTEND, asked(ability="lyrics", description="x")])
def test_an_order_without_an_id_is_in_doubt(request_, body):
    with pytest.raises(Doubtful):
        saying(200, body).start(request_, materials(material("clip-1")))


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff"])
def test_an_order_answered_with_nonsense_is_in_doubt(body):
    with pytest.raises(AnswerUnreadable):
        saying(200, body).start(CREATE, NOTHING)


def test_songs_that_are_named_were_ordered_whatever_the_code_says():
    body = {"code": 7, "msg": "hm", "data": [{"song_id": "a"}, {"song_id": "b"}, {"song_id": "a"}]}
    assert saying(200, body).start(CREATE, NOTHING).remote == "a,b"


@pytest.mark.parametrize("status", [500, 502, 504, 520, 302, 408])
def test_an_unknown_fault_leaves_an_order_in_doubt(status):
    with pytest.raises(Doubtful):
        saying(status, {"id": "request-1", "detail": "Oops."}).start(CREATE, NOTHING)


@pytest.mark.parametrize(("status", "wish"), [(429, 5.0), (503, 5.0)])
def test_a_busy_vendor_took_nothing(status, wish):
    with pytest.raises(NotTaken) as busy:
        saying(status, {}).start(CREATE, NOTHING)
    assert busy.value.retry_after == wish


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"detail": "Not enough balance"}, "Not enough balance. Pay in at the vendor"),
        ({"message": "No such model."}, "No such model."),
        ({"code": 3, "msg": "bad tags"}, "bad tags."),
        ({"detail": [{"loc": ["body", "mv"]}]}, '"mv"'),
        (b"<html>", "no reason given."),
    ],
)
def test_a_refusal_is_told_with_its_reason_wherever_that_stands(body, text):
    with pytest.raises(VendorRefused) as refusal:
        saying(400, body).start(CREATE, NOTHING)
    assert text in str(refusal.value)


def test_a_wrong_key_is_told_as_one():
    with pytest.raises(VendorRefused, match=r"does not accept the key.*under Settings"):
        saying(401, {"detail": "Unauthorized"}).start(CREATE, NOTHING)


def test_a_code_that_is_not_0_is_a_refusal_however_it_is_written():
    for code in (1, "1", 500, -0.5e9):
        with pytest.raises(VendorTrouble):
            saying(200, {"code": code, "msg": "No.", "data": None}).start(CREATE, NOTHING)


@pytest.mark.parametrize(
    ("request_", "works_with", "price"),
    [
        (CREATE, NOTHING, (0.04, "dollars", False)),
        (CREATE.model_copy(update={"model": "chirp-auk"}), NOTHING, (0.055, "dollars", False)),
        (EXTEND, materials(material("clip-1")), (0.04, "dollars", False)),
        (
            EXTEND.model_copy(update={"model": "chirp-auk"}),
            materials(material("clip-1", is_upload=True)),
            (0.04, "dollars", False),
        ),
        (asked(ability="concat", source="song"), NOTHING, (0.0, "dollars", True)),
    ],
)
def test_a_generation_costs_what_the_page_says_and_the_rest_is_about(request_, works_with, price):
    told = GatewayAPI.price(request_, works_with)
    assert (told.amount, told.unit, told.approximate) == price


@pytest.mark.parametrize("ability", ["timeline", "lyrics", "concat", "extend"])
def test_what_has_no_documented_price_says_so_before_it_costs(ability):
    request = asked(
        ability=ability, **({"description": "x"} if ability == "lyrics" else {"source": "song"})
    )
    said = GatewayAPI.advice(request, materials(material("clip-1")), NOW)
    assert "is documented nowhere" in said
    assert GatewayAPI.advice(CREATE, NOTHING, NOW) == ""


# Orders


def test_a_sound_that_is_not_there_is_told_how_it_gets_there():
    with pytest.raises(RequestUnfit, match="tell the studio the id"):
        saying(200, {}).start(EXTEND, materials(material(None)))
    assert Ability.UPLOAD not in GatewayAPI.abilities
    assert "console" in GatewayAPI.by_hand


@pytest.mark.parametrize(
    ("at", "length", "sent"),
    [(None, 120.0, 119.9), (61.59, 120.0, 61.59), (120.0, 120.0, 119.9), (None, None, "left out")],
)
def test_a_song_goes_on_within_itself(at, length, sent):
    bodies = []

    def answer(call: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(call.content))
        return httpx.Response(200, json={"code": 0, "data": [{"song_id": "a"}]})

    request = EXTEND.model_copy(update={"at": at})
    gateway(answer).start(request, materials(material("clip-1", length=length)))
    assert bodies[0].get("continue_at", "left out") == sent


def test_each_tail_is_joined_once_where_the_whole_is_wanted():
    tails = [song(id=name, part=Part.TAIL, remote=name) for name in ("a", "b")]
    assert [one.source for one in GatewayAPI.after(EXTEND, tails)] == ["a", "b"]
    assert GatewayAPI.after(EXTEND.model_copy(update={"joined": False}), tails) == ()


def test_from_a_sentence_alone_nothing_can_be_left_out_and_that_is_said():
    request = asked(ability="create", description="A song about rain", exclude="drums")
    assert "write a style" in GatewayAPI.advice(request, NOTHING, NOW)
    assert "writes style and words" in saying(200, {}).understand(request)


def test_a_long_style_alone_is_never_cut_to_the_length_of_a_description():
    style = "slow blues, " * 50
    bodies = []

    def answer(call: httpx.Request) -> httpx.Response:
        bodies.append((call.url.path, json.loads(call.content)))
        return httpx.Response(200, json={"code": 0, "data": [{"song_id": "a"}]})

    gateway(answer).start(asked(ability="create", style=style, model="chirp-auk"), NOTHING)
    path, body = bodies[0]
    assert (path, body["tags"]) == ("/api/v1/gateway/generate/music", style)
    assert body["prompt"]


OFFER = Offer(
    name="g",
    kind="gateway",
    title=GatewayAPI.title,
    abilities=GatewayAPI.abilities,
    models=GatewayAPI.models,
    plain=GatewayAPI.plain,
    repeatable=False,
    is_local=False,
    price="",
)


LONG = song(style="slow blues, " * 200, title="Blue Train " * 20)


def around(*most: int) -> st.SearchStrategy[int]:
    """Return sizes around what is taken at most, where it matters."""
    return st.sampled_from([0, 5, *(size + more for size in most for more in (0, 1))])


@settings(max_examples=100, derandomize=True, deadline=None)
@given(
    st.sampled_from(["create", "extend"]),
    st.sampled_from([None, *GatewayAPI.models]),
    st.fixed_dictionaries(
        {
            "description": around(200),
            "style": around(200, 1000),
            "lyrics": around(3000, 5000),
            "title": around(80),
        }
    ),
    st.booleans(),
)
def test_what_fits_is_sent_within_the_limits_and_uncut(ability, model, sizes, instrumental):
    source = {} if ability == "create" else {"source": "song"}
    told = {name: name[0] * size for name, size in sizes.items()}
    try:
        request = asked(ability=ability, model=model, instrumental=instrumental, **source, **told)
        check_fit(request, OFFER, songs=[LONG])
    except (ValueError, RequestUnfit):
        return
    body = body_of(request)
    limits = OFFER.limits(Ability(ability), model)
    assert len(body.get("gpt_description_prompt", "")) <= max(limits.description, 0)
    assert len(body.get("tags", "")) <= limits.style
    assert len(body.get("prompt", "")) <= limits.lyrics
    assert len(body.get("title", "")) <= limits.title
    sent = [*body.values()]
    assert told["style"] in sent or not told["style"]
    assert told["lyrics"] in sent or instrumental or not told["lyrics"]


def body_of(request: SongRequest) -> dict[str, str]:
    bodies = []

    def answer(call: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(call.content))
        return httpx.Response(200, json={"code": 0, "data": [{"song_id": "a"}]})

    gateway(answer).start(request, materials(replace(material("clip-1"), song=LONG)))
    return bodies[0]


# Looks


def test_only_the_ids_of_one_order_are_asked_about_together():
    provider, calls = routed({"query": (200, [clip(FIRST), clip(SECOND)])})
    provider.check(IDS, CREATE)
    assert paths_of(calls) == [f"gateway/query?ids={FIRST},{SECOND}"]


def test_more_songs_than_two_are_asked_about_in_pairs():
    provider, calls = routed({"query": (200, [clip(name) for name in "abc"])})
    progress = provider.check("a,b,c", CREATE)
    assert paths_of(calls) == ["gateway/query?ids=a,b", "gateway/query?ids=c"]
    assert [take.remote for take in progress.takes] == ["a", "b", "c"]


def test_takes_keep_their_numbers_in_whatever_order_they_are_told_of():
    provider, _ = routed({"query": (200, [clip(SECOND), clip(FIRST)])})
    assert [(take.number, take.remote) for take in provider.check(IDS, CREATE).takes] == [
        (1, FIRST),
        (2, SECOND),
    ]


def test_a_song_that_the_query_has_forgotten_is_looked_up_in_the_feed():
    told = {"code": 0, "data": [{"status": "complete", "audio_url": "https://x.example/2.mp3"}]}
    provider, calls = routed({"query": (200, [clip(FIRST)]), "feed": (200, told)})
    progress = provider.check(IDS, CREATE)
    assert paths_of(calls)[1:] == [f"gateway/feed/{SECOND}"]
    assert isinstance(progress, Finished)
    assert progress.takes[1].sound == "https://x.example/2.mp3"


def test_a_song_of_which_nobody_tells_is_waited_for():
    provider, _ = routed({"query": (200, [clip(FIRST)]), "feed": (404, {})})
    progress = provider.check(IDS, CREATE)
    assert isinstance(progress, Working)
    assert [take.remote for take in progress.takes] == [FIRST]


def test_songs_that_nobody_knows_are_unknown_not_failed():
    provider, _ = routed({"query": (200, []), "feed": (200, {"code": 1, "msg": "not found"})})
    with pytest.raises(RemoteUnknown):
        provider.check(IDS, CREATE)


@pytest.mark.parametrize("status", ["submitted", "complete", "error", "streaming"])
@pytest.mark.parametrize("end", ["None.mp3", "none.mp3"])
def test_the_sound_of_a_song_that_was_never_made_is_never_fetched(status, end):
    provider, _ = routed(
        {"query": (200, [clip(FIRST), clip(SECOND, status=status, audio_url=f"https://x/{end}")])}
    )
    take = provider.check(IDS, CREATE).takes[1]
    assert (take.sound, take.early, take.finished) == (None, None, False)


def test_a_failed_order_says_each_reason_once_and_whether_the_money_came_back():
    failed = {"error_message": "Too loud", "refund_credits": True}
    clips = [clip(one, status="error", meta_data=failed) for one in (FIRST, SECOND)]
    provider, _ = routed({"query": (200, clips)})
    assert provider.check(IDS, CREATE) == Refused(
        reason="Gateway API could not make it: Too loud.", refunded=True
    )


def test_a_failure_without_a_reason_is_told_as_one():
    provider, _ = routed({"query": (200, [clip(FIRST, status="error", meta_data=None)])})
    assert "does not say why" in provider.check(FIRST, CREATE).reason


def test_an_unknown_state_is_named_and_looked_at_again():
    provider, _ = routed({"query": (200, [clip(FIRST, status="mixing"), clip(SECOND)])})
    progress = provider.check(IDS, CREATE)
    assert isinstance(progress, Working)
    assert progress.unknown == "mixing"


def test_a_tail_and_a_joined_song_are_told_as_what_they_are():
    provider, _ = routed({"query": (200, [clip(FIRST)])})
    joined = provider.check(FIRST, asked(ability="concat", source="song"))
    assert provider.check(FIRST, EXTEND).takes[0].part is Part.TAIL
    assert joined.takes[0].part is Part.WHOLE


def test_words_without_times_are_refused_in_a_sentence_that_tells_what_to_do():
    body = {"code": 0, "data": {"aligned_words": []}}
    request = asked(ability="timeline", source="song")
    with pytest.raises(VendorRefused, match="Try again later"):
        saying(200, body).start(request, materials(material("clip-1")))
    assert isinstance(saying(200, body).check("clip-1", request), Refused)


def test_a_file_is_fetched_without_the_key(tmp_path):
    def answer(call: httpx.Request) -> httpx.Response:
        assert "api-key" not in call.headers
        return httpx.Response(200, content=b"sound")

    gateway(answer).fetch("https://cdn1.suno.ai/a.mp3", tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"sound"


def test_words_that_are_refused_will_not_come_but_a_fault_says_nothing_about_them():
    request = asked(ability="lyrics", description="rain")
    refused = saying(200, {"code": 1, "msg": "Too rude", "data": None}).check("id", request)
    assert refused == Refused(reason="Gateway API refused: Too rude.")
    for status in (401, 404, 500):
        with pytest.raises(VendorTrouble):
            saying(status, {"code": 1}).check("id", request)


# The contract, held against a vendor


@pytest.mark.parametrize(
    ("name", "status", "body", "holds"),
    [
        ("balance", 200, {"code": 0, "data": {"songs_left": 7, "points": 0}}, True),
        ("balance", 200, {"data": {"credits": 7}}, False),
        ("unknown song", 200, [], True),
        ("unknown song", 200, {"code": 0, "data": []}, False),
        ("unknown song in the feed", 404, {"detail": "Not found"}, True),
        ("unknown song in the feed", 200, {"code": 0, "data": {"status": "complete"}}, False),
        ("no such claim", 200, {}, None),
    ],
)
def test_a_claim_holds_or_not_as_the_vendor_answers(name, status, body, holds):
    verdict = saying(status, body).examine(Claim(name=name, says=""))
    assert verdict.holds is holds
    assert verdict.found.endswith(".")


def test_no_claim_costs_anything():
    assert all(claim.price.is_free for claim in GatewayAPI.claims)
    provider, calls = routed({"": (200, {"code": 0, "data": {"songs_left": 1}})})
    for claim in GatewayAPI.claims:
        provider.examine(claim)
    assert {call.method for call in calls} == {"GET"}
