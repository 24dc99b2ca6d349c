"""The house band as agreed: real progress, seeds, two takes, and no damage is a surprise."""

import json

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.errors import Doubtful, NotTaken, RemoteUnknown, VendorRefused, VendorTrouble
from studio.providers.base import Finished, Refused, Started, Working
from studio.providers.house_band import HouseBand
from studio.providers.materials import NOTHING
from studio.providers.wire import Wire
from studio.songs import CreateSong

REQUEST = CreateSong(style="soul", seed=7)
TAKE = {
    "number": 1,
    "state": "finished",
    "title": "Slow Train",
    "style": "soul · brass",
    "lyrics": "[Verse]\nHello",
    "length_seconds": 61.5,
    "seed": 7,
    "facts": {"tempo_bpm": 72.0, "key": "C minor"},
    "early": "http://127.0.0.1:1/band/v1/files/o/1/early.mp3",
    "sound": "http://127.0.0.1:1/band/v1/files/o/1/song.mp3",
    "wav": "http://127.0.0.1:1/band/v1/files/o/1/song.wav",
    "cover": "http://127.0.0.1:1/band/v1/files/o/1/cover.png",
    "reason": None,
}
FINDING = {
    "kind": "stem",
    "name": "Vocals",
    "link": "http://127.0.0.1:1/band/v1/files/o/1/vocals.wav",
    "facts": {"is_silent": False},
}
PLAYING = TAKE | {"number": 2, "state": "playing", "seed": 8, "sound": None, "wav": None}
ORDER = {
    "order": "o",
    "state": "playing",
    "doing": "take 2: singing the chorus",
    "progress": 0.6,
    "left_seconds": 2.5,
    "reason": None,
    "takes": [TAKE, PLAYING],
}


def band(status: int, body: object) -> HouseBand:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=json.dumps(body).encode())

    transport = httpx.MockTransport(answer)
    return HouseBand(Wire("http://127.0.0.1:1/band", "k", who="House band", transport=transport))


def test_an_order_is_started():
    assert band(201, {"order": "o"}).start(REQUEST, NOTHING) == Started(remote="o")


def test_a_request_goes_out_in_our_own_words():
    bodies = []

    def answer(call: httpx.Request) -> httpx.Response:
        bodies.append(call.content)
        return httpx.Response(201, json={"order": "o"})

    transport = httpx.MockTransport(answer)
    HouseBand(Wire("http://127.0.0.1:1/band", "k", who="b", transport=transport)).start(
        REQUEST, NOTHING
    )
    assert CreateSong.model_validate_json(bodies[0]) == REQUEST


def test_progress_is_told_as_it_is():
    progress = band(200, ORDER).check("o", REQUEST)
    assert isinstance(progress, Working)
    assert (progress.doing, progress.progress, progress.left) == (ORDER["doing"], 0.6, 2.5)


def test_a_take_is_told_with_its_seed_and_its_links():
    take = band(200, ORDER).check("o", REQUEST).takes[0]
    assert (take.finished, take.seed, take.length) == (True, 7, 61.5)
    assert (take.sound, take.wav, take.cover) == (TAKE["sound"], TAKE["wav"], TAKE["cover"])


def test_an_unfinished_take_can_be_heard_early():
    take = band(200, ORDER).check("o", REQUEST).takes[1]
    assert (take.finished, take.early) == (False, PLAYING["early"])


def test_a_finished_order_is_finished():
    assert isinstance(band(200, ORDER | {"state": "finished"}).check("o", REQUEST), Finished)


@pytest.mark.parametrize("state", ["refused", "cancelled"])
def test_an_order_that_will_not_be_played_is_refused(state):
    assert isinstance(band(200, ORDER | {"state": state}).check("o", REQUEST), Refused)


def test_an_unknown_state_is_named_and_worth_another_look():
    progress = band(200, ORDER | {"state": "tuning"}).check("o", REQUEST)
    assert isinstance(progress, Working)
    assert progress.unknown == "tuning"


@pytest.mark.parametrize(
    ("status", "trouble"),
    [(401, VendorRefused), (422, VendorRefused), (429, NotTaken), (503, NotTaken), (500, Doubtful)],
)
def test_what_the_band_says_is_told_in_its_words(status, trouble):
    with pytest.raises(trouble):
        band(status, {"reason": "No."}).start(REQUEST, NOTHING)


def test_a_forgotten_order_is_unknown():
    with pytest.raises(RemoteUnknown):
        band(404, {"reason": "No such order."}).check("o", REQUEST)


def test_the_band_says_how_it_reads_a_request():
    assert band(200, {"understood": "soul · 72 bpm"}).understand(REQUEST) == "soul · 72 bpm"


@pytest.mark.parametrize(
    ("body", "voice"), [({"voice": "A tin voice sings."}, "A tin voice sings."), ({}, ""), ([], "")]
)
def test_the_band_says_who_sings(body, voice):
    assert band(200, body).voice() == voice


def test_the_band_is_free():
    assert HouseBand.price(REQUEST).is_free
    assert band(200, {}).balance() is None


VALUES = st.none() | st.integers() | st.floats() | st.text(max_size=5) | st.just([]) | st.just({})


@given(
    st.dictionaries(st.sampled_from(list(ORDER)), VALUES),
    st.dictionaries(st.sampled_from(list(TAKE)), VALUES),
    st.dictionaries(st.sampled_from(list(FINDING)), VALUES),
    st.sampled_from([200, 201, 404, 500]),
)
def test_no_damage_is_a_surprise(order, take, finding, status):
    told = {"takes": [TAKE | take], "findings": [FINDING | finding]} | ORDER | order
    damaged = band(status, json.loads(json.dumps(told)))
    for ask in (lambda: damaged.check("o", REQUEST), lambda: damaged.start(REQUEST, NOTHING)):
        try:
            answer = ask()
        except VendorTrouble:
            continue
        assert isinstance(answer, Working | Finished | Refused | Started)
