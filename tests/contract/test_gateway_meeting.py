"""The provider and the emulated gateway meet over HTTP: each was written from the contract."""

import pytest

from studio.providers.base import Refused, Working
from studio.providers.gateway import GatewayAPI
from studio.songs import Ability, Attached, Part
from tests.contract.far_away import asked
from tests.contract.gateway_calls import made, open_gateway, songs_left, uploaded
from tests.contract.gateway_calls import tail as made_tail
from tests.contract.meeting import done, fetched, given, meeting, told

WORDS = {"style": "folk", "lyrics": "[Verse]\nSnow"}
ON = {"source": "song"}


@pytest.fixture
def gateway(open_one):
    return open_gateway(open_one)


@pytest.mark.parametrize("model", [None, *GatewayAPI.models])
def test_a_song_comes_home_from_every_model(gateway, model, tmp_path):
    answer = done(gateway, GatewayAPI, asked(ability=Ability.CREATE, model=model, **WORDS))
    assert [take.finished for take in answer.takes] == [True, True]
    sound = fetched(gateway, GatewayAPI, answer.takes[0].sound, tmp_path / "song.mp3")
    assert sound[:2] == b"\xff\xe3"
    assert gateway.musicians.played[0][0].lyrics == WORDS["lyrics"]


def test_a_description_comes_home_with_the_words_that_were_written(gateway):
    request = asked(ability=Ability.CREATE, description="a song about rain")
    answer = done(gateway, GatewayAPI, request)
    assert answer.takes[0].lyrics == "[Verse]\nRain on the rails"
    assert gateway.musicians.played[0][0].description == "a song about rain"


def test_an_instrumental_is_not_sung(gateway):
    done(gateway, GatewayAPI, asked(ability=Ability.CREATE, style="folk", instrumental=True))
    assert gateway.musicians.played[0][0].instrumental


def test_a_song_goes_on_and_is_joined(gateway):
    request = asked(ability=Ability.EXTEND, at=0.7, joined=False, **ON, **WORDS)
    answer = done(gateway, GatewayAPI, request, given(made(gateway)[0]["id"]))
    assert [take.part for take in answer.takes] == [Part.TAIL] * 2
    join = asked(ability=Ability.CONCAT, **ON)
    whole = done(gateway, GatewayAPI, join, given(answer.takes[0].remote))
    assert [take.part for take in whole.takes] == [Part.WHOLE]


def test_what_a_person_uploaded_goes_on(gateway):
    request = asked(ability=Ability.EXTEND, at=1.0, joined=False, **ON, **WORDS)
    materials = given(uploaded(gateway), is_upload=True, length=2.0)
    assert len(done(gateway, GatewayAPI, request, materials).takes) == 2


def test_words_are_written(gateway):
    answer = done(gateway, GatewayAPI, asked(ability=Ability.LYRICS, description="rain"))
    assert [(text.title, text.text) for text in answer.texts] == [("One", "[Verse]\nOne")]


def test_words_in_time_come_home(gateway):
    request = asked(ability=Ability.TIMELINE, **ON)
    for clip in (made(gateway)[0], made_tail(gateway)[0]):
        found = done(gateway, GatewayAPI, request, given(clip["id"])).findings[0]
        assert found.kind is Attached.TIMELINE
        assert [word["start"] for word in found.facts["words"]] == [1.0, 1.5, 3.0]


def test_an_artist_is_refused_in_the_vendors_words(gateway):
    about = "写一首歌,朗朗,朗朗上口,朗朗的钢琴。"
    answer = told(gateway, GatewayAPI, asked(ability=Ability.CREATE, description=about))
    assert isinstance(answer, Refused)
    assert "Song Description contained artist name: lang lang" in answer.reason


def test_one_bad_take_leaves_the_other(gateway):
    gateway.fault("gateway", "music", "partial")
    answer = done(gateway, GatewayAPI, asked(ability=Ability.CREATE, **WORDS))
    good, bad = answer.takes
    assert (good.finished, bool(good.sound)) == (True, True)
    assert bad.failed
    assert not bad.sound


def test_what_streams_is_heard_at_once(open_one):
    gateway = open_gateway(open_one, pace="looks:1")
    request = asked(ability=Ability.CREATE, **WORDS)
    with meeting(gateway, GatewayAPI) as provider:
        remote = provider.start(request, given()).remote
        looks = [provider.check(remote, request) for _ in range(2)]
        streaming = gateway.until(
            lambda: provider.check(remote, request),
            lambda look: not isinstance(look, Working) or any(t.early for t in look.takes),
        )
    assert all(isinstance(look, Working) for look in looks)
    assert any(take.early for take in streaming.takes)


def test_the_balance_is_what_is_left(gateway):
    with meeting(gateway, GatewayAPI) as provider:
        assert provider.balance().amount == songs_left(gateway)
