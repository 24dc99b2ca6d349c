"""The house band as agreed: real progress, seeds, two takes, and no damage is a surprise."""

import json
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.errors import Doubtful, NotTaken, RemoteUnknown, VendorRefused, VendorTrouble
from studio.providers.base import Finished, Refused, Started, Working
from studio.providers.house_band import HouseBand
from studio.providers.materials import NOTHING, Material, Materials
from studio.providers.wire import Wire
from studio.songs import (
    Ability,
    Attached,
    Concat,
    CoverSong,
    CreateSong,
    MakePersona,
    Part,
    Song,
    SplitStems,
    WriteLyrics,
)

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


def hearing(*letters):
    """A band that keeps what it is sent in `letters[0]`."""

    def answer(call: httpx.Request) -> httpx.Response:
        letters[0].append(json.loads(call.content))
        return httpx.Response(201, json={"order": "o"})

    transport = httpx.MockTransport(answer)
    return HouseBand(Wire("http://127.0.0.1:1/band", "k", who="b", transport=transport))


def material(publish=lambda: "http://127.0.0.1:1/shelf/x.wav", **more):
    song = Song(
        id="s",
        title="Mine",
        style="folk",
        lyrics="la",
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
        connection="",
        kind="own",
        job="s",
    )
    return Material(song, publish=publish, **more)


def test_a_sound_is_published_and_told_with_what_is_known_of_it():
    letters = []
    hearing(letters).start(CoverSong(source="s"), Materials(songs=(material(remote="o.1"),)))
    assert letters[0]["materials"] == [
        {
            "link": "http://127.0.0.1:1/shelf/x.wav",
            "remote": "o.1",
            "title": "Mine",
            "style": "folk",
            "lyrics": "la",
        }
    ]


def test_what_the_band_must_remember_is_not_published():
    def never():
        raise AssertionError("Published.")

    letters = []
    hearing(letters).start(
        Concat(source="s"), Materials(songs=(material(publish=never, remote="o.3"),))
    )
    assert [told["remote"] for told in letters[0]["materials"]] == ["o.3"]


def test_a_persona_goes_out_under_the_bands_own_name_for_it():
    letters = []
    request = CreateSong(style="soul", persona="ours")
    hearing(letters).start(request, Materials(persona="theirs"))
    assert letters[0]["persona"] == "theirs"


def test_progress_is_told_as_it_is():
    progress = band(200, ORDER).check("o", REQUEST)
    assert isinstance(progress, Working)
    assert (progress.doing, progress.progress, progress.left) == (ORDER["doing"], 0.6, 2.5)


def test_a_take_is_told_with_its_seed_and_its_links():
    take = band(200, ORDER).check("o", REQUEST).takes[0]
    assert (take.finished, take.seed, take.length) == (True, 7, 61.5)
    assert (take.sound, take.wav, take.cover) == (TAKE["sound"], TAKE["wav"], TAKE["cover"])


def test_a_take_is_told_with_its_part_its_facts_and_its_name_there():
    told = TAKE | {"part": "tail", "remote": "o.1"}
    take = band(200, ORDER | {"takes": [told]}).check("o", REQUEST).takes[0]
    assert (take.part, take.remote) == (Part.TAIL, "o.1")
    assert take.facts == {"tempo_bpm": 72.0, "key": "C minor"}


def test_a_part_that_nobody_knows_is_a_song():
    told = TAKE | {"part": "middle"}
    assert band(200, ORDER | {"takes": [told]}).check("o", REQUEST).takes[0].part is Part.SONG


DONE = ORDER | {"state": "finished", "takes": []}


def test_findings_are_told_with_their_files_and_facts():
    ended = band(200, DONE | {"findings": [FINDING]}).check("o", SplitStems(source="s"))
    (finding,) = ended.findings
    assert (finding.kind, finding.name, finding.link) == (
        Attached.STEM,
        "Vocals",
        FINDING["link"],
    )
    assert finding.facts == {"is_silent": False}


def test_texts_and_personas_are_told():
    texts = [{"title": "Rain", "text": "la"}, {"text": "lo"}]
    ended = band(200, DONE | {"texts": texts}).check("o", WriteLyrics(description="rain"))
    assert [text.text for text in ended.texts] == ["la", "lo"]
    kept = band(200, DONE | {"persona": "o-1"}).check("o", MakePersona(source="s", name="Anna"))
    assert kept.persona == "o-1"


def test_the_band_can_do_everything_and_needs_no_uploads_phrases_or_recoveries():
    not_needed = {Ability.UPLOAD, Ability.PHRASE, Ability.RECOVER}
    assert HouseBand.abilities == set(Ability) - not_needed
    (model,) = HouseBand.models.values()
    assert not model.abilities & HouseBand.plain.keys()


def test_nothing_has_to_be_done_before_or_after():
    request, sound = CoverSong(source="s"), Materials(songs=(material(),))
    assert HouseBand.before(request, sound) == ()
    assert HouseBand.after(request, []) == ()


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


def test_what_has_no_style_needs_no_reading():
    assert band(500, {}).understand(SplitStems(source="s")) == ""


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
