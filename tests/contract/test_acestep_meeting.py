"""The provider and the emulated ACE-Step meet over HTTP: each was written from the contract."""

import json

import pytest

from studio.errors import RemoteUnknown
from studio.providers.acestep import ACEStep
from studio.providers.base import Refused
from studio.songs import Ability, Attached, Part
from tests.contract.far_away import asked
from tests.contract.meeting import done, fetched, given, meeting, told
from tests.contract.sonic import SonicBand, hum

WORDS = {"style": "folk", "lyrics": "[Verse]\nSnow"}
ON = {"source": "song"}


@pytest.fixture
def server(open_one):
    return open_one(musicians=SonicBand())


@pytest.fixture
def own(tmp_path):
    """A sound of one's own, 2 s long."""
    path = tmp_path / "own.wav"
    path.write_bytes(hum(2.0))
    return given(file=path, length=2.0)


def test_a_song_comes_home(server, tmp_path):
    request = asked(ability=Ability.CREATE, seed=7, length=60, **WORDS)
    answer = done(server, ACEStep, request)
    assert [take.finished for take in answer.takes] == [True] * len(answer.takes)
    sound = fetched(server, ACEStep, answer.takes[0].sound, tmp_path / "song")
    assert sound[:2] in {b"\xff\xe3", b"RI", b"fL"}
    brief, seed, _ = server.musicians.played[0]
    assert (brief.lyrics, brief.length_seconds, seed) == (WORDS["lyrics"], 60.0, 7)


def test_a_description_is_what_the_song_is_about(server):
    done(server, ACEStep, asked(ability=Ability.CREATE, description="rain"))
    brief = server.musicians.played[0][0]
    assert (brief.description, brief.instrumental) == ("rain", False)


def test_an_instrumental_is_not_sung(server):
    done(server, ACEStep, asked(ability=Ability.CREATE, style="folk", instrumental=True))
    assert server.musicians.played[0][0].instrumental


WORKS = {
    "cover": (asked(ability=Ability.COVER, **ON, **WORDS), "cover"),
    "replace": (
        asked(ability=Ability.REPLACE, window={"start": 0.2, "end": 0.9}, **ON, **WORDS),
        "replace",
    ),
    "extend": (asked(ability=Ability.EXTEND, length=30, **ON, **WORDS), "extend"),
    "add vocals": (asked(ability=Ability.ADD_VOCALS, **ON, **WORDS), "add-vocals"),
    "add instrumental": (asked(ability=Ability.ADD_INSTRUMENTAL, style="jazz", **ON), "add-band"),
}


@pytest.mark.parametrize("name", WORKS)
def test_work_on_a_sound_of_ones_own_comes_home(server, own, name):
    request, tool = WORKS[name]
    answer = done(server, ACEStep, request, own)
    assert answer.takes
    assert all(take.finished and take.sound for take in answer.takes)
    assert set(server.musicians.tools()) == {tool}


def test_a_section_is_replaced_in_its_window(server, own):
    done(server, ACEStep, WORKS["replace"][0], own)
    options = server.musicians.used[0][0].options
    assert (options["start_seconds"], options["end_seconds"]) == (0.2, 0.9)


def test_a_song_goes_on_from_its_end(server, own):
    answer = done(server, ACEStep, WORKS["extend"][0], own)
    options = server.musicians.used[0][0].options
    assert (options["from_seconds"], options["length_seconds"]) == (None, 30.0)
    assert {take.part for take in answer.takes} == {Part.WHOLE}


def test_one_stem_comes_home(server, own):
    request = asked(ability=Ability.STEMS, detail="one", instrument="vocals", **ON)
    answer = done(server, ACEStep, request, own)
    assert [finding.kind for finding in answer.findings] == [Attached.STEM]
    assert server.musicians.used[0][0].options["only"] == "vocals"


@pytest.mark.parametrize(("models", "can"), [("both", True), ("turbo", False)])
def test_what_only_a_base_model_can_is_probed(server, models, can):
    server.http.post("/acestep/switches", json={"models": models}).raise_for_status()
    with meeting(server, ACEStep) as provider:
        probed = provider.probe()
    assert {Ability.CREATE, Ability.COVER, Ability.REPLACE} <= probed.abilities
    assert (Ability.STEMS in probed.abilities) == can
    assert (Ability.ADD_VOCALS in probed.abilities) == can


@pytest.mark.parametrize("build", ["newer", "older", "fork"])
def test_work_comes_home_from_every_build(server, own, build):
    server.http.post("/acestep/switches", json={"build": build}).raise_for_status()
    for request, materials in (
        (asked(ability=Ability.CREATE, **WORDS), None),
        (WORKS["replace"][0], own),
    ):
        assert done(server, ACEStep, request, materials).takes


@pytest.mark.parametrize("build", ["newer", "older"])
def test_what_failed_is_refused(server, build):
    server.http.post("/acestep/switches", json={"build": build}).raise_for_status()
    server.fault("acestep", "release", "failure")
    answer = told(server, ACEStep, asked(ability=Ability.CREATE, **WORDS))
    assert isinstance(answer, Refused)
    assert ACEStep.title in answer.reason


def test_an_unknown_id_is_no_success(server):
    request = asked(ability=Ability.CREATE, **WORDS)
    with meeting(server, ACEStep) as provider:
        remote = provider.start(request, given()).remote
        unknown = remote.replace(_id_in(server), "0" * 8 + _id_in(server)[8:])
        assert unknown != remote
        server.until(
            lambda: server.http.get("/acestep/v1/stats").json()["data"]["jobs"],
            lambda jobs: jobs["succeeded"],
        )
        with pytest.raises(RemoteUnknown):
            provider.check(unknown, request)


def test_a_model_that_does_not_load_is_no_success(server):
    server.http.post("/acestep/switches", json={"load": "fails"}).raise_for_status()
    request = asked(ability=Ability.CREATE, **WORDS)
    with meeting(server, ACEStep) as provider:
        remote = provider.start(request, given()).remote
        with pytest.raises(RemoteUnknown, match="could not be loaded"):
            provider.check(remote, request)


def _id_in(server):
    """Return the id of the only task."""
    names = [path.stem for path in (server.house.data / "acestep" / "tasks").glob("*.json")]
    assert len(names) == 1, json.dumps(names)
    return names[0]
