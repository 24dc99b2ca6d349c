"""Profiles of the emulated AI Music API: what the vendor is in January, and in September."""

import pytest
from click.testing import CliRunner

from studio.__main__ import main
from studio.emulator.dialects.aimusicapi.profile import JANUARY, PROFILES, SEPTEMBER
from studio.emulator.door import TurnedAway
from studio.emulator.house import PROFILES as DATES

BASE = "/aimusicapi/api/v1"
SONG = {"custom_mode": True, "mv": "sonic-v5", "prompt": "[Verse]\nRain", "tags": "pop"}
DESCRIPTION = {"custom_mode": False, "mv": "sonic-v4", "gpt_description_prompt": "rain"}

PRICES = [
    # operation, January, September
    ("extend_music", 10, 10),
    ("concat_music", 2, 2),
    ("persona_music", 10, 10),
    ("remaster", 10, 10),
    ("add_vocals", 10, 10),
    ("sonic/upload", 2, 2),
    ("sonic/replace-section", 10, 10),
    ("sonic/persona", 1, 1),
    ("sonic/bpm", 1, 1),
    ("sonic/wav", 1, 1),
    ("sonic/midi", 1, 1),
    ("sonic/upsample-tags", 1, 1),
    ("sonic/aligned-lyrics", 1, 1),
    ("sonic/stems/basic", 10, 20),
    ("sonic/stems/full", 50, 50),
    ("sonic/lyrics", 2, 2),
    ("sonic/create-voice", 4, 4),
    ("sonic/download", 2, 2),
    ("producer/create", 10, 10),
    ("producer/upload", 2, 2),
    ("producer/download", 2, 2),
    ("producer/lyrics-create", 1, 1),
    ("producer/video-clip", 5, 5),
    ("riffusion/create", 10, 10),
    ("nuro/create", 10, 10),
]


def create(desk, body=SONG, **more):
    return desk.http.post(f"{BASE}/sonic/create", json=body | more)


def credits_left(desk):
    return desk.http.get(f"{BASE}/get-credits").json()["credits"]


@pytest.mark.parametrize(("operation", "january", "september"), PRICES)
def test_everything_costs_what_is_documented(operation, january, september):
    assert JANUARY.price(operation, model="v5") == january
    assert SEPTEMBER.price(operation, model="v5") == september


@pytest.mark.parametrize(
    "operation", ["create_music", "cover_music", "sonic/sample", "sonic/mashup"]
)
@pytest.mark.parametrize(
    ("model", "description", "september"),
    [("v4", False, 10), ("v4", True, 14), ("v4-5", False, 14), ("v5", False, 14), ("v5", True, 14)],
)
def test_in_autumn_newer_models_and_descriptions_cost_more(
    operation, model, description, september
):
    assert JANUARY.price(operation, model=model, description=description) == 10
    assert SEPTEMBER.price(operation, model=model, description=description) == september


def test_one_model_is_only_for_parts_of_songs():
    assert SEPTEMBER.accepts("v4-5-all", "sonic/mashup")
    assert not SEPTEMBER.accepts("v4-5-all", "create_music")
    assert not JANUARY.accepts("v6", "create_music")


def test_lengths_are_known_in_autumn_to_six_operations():
    assert len(SEPTEMBER.duration_tasks) == 6
    assert SEPTEMBER.knows_duration("sonic/upload-cover")
    assert not SEPTEMBER.knows_duration("remaster")
    assert not JANUARY.knows_duration("create_music")


def test_there_are_more_stems_in_autumn():
    assert (JANUARY.basic_stems, JANUARY.full_stems) == (2, 12)
    assert (SEPTEMBER.basic_stems, SEPTEMBER.full_stems) == (2, 24)


def test_what_is_retired_is_turned_away_with_410():
    JANUARY.turn_away("nuro/create")
    with pytest.raises(TurnedAway) as turned:
        SEPTEMBER.turn_away("nuro/create")
    assert turned.value.response.status_code == 410


def test_it_is_january_unless_somebody_says_otherwise(desk):
    told = desk.http.get("/aimusicapi/profile").json()
    assert told == {"profile": "2026-01", "profiles": ["2026-01", "2026-09"]}
    assert tuple(PROFILES) == DATES


def test_the_switch_of_the_house_counts(open_one):
    desk = open_one(profile="2026-09")
    assert desk.http.get("/aimusicapi/profile").json()["profile"] == "2026-09"


def test_another_profile_holds_from_the_next_call_on(desk):
    assert create(desk).status_code == 200
    told = desk.http.post("/aimusicapi/profile", json={"profile": "2026-09"}).json()
    assert told["profile"] == "2026-09"
    assert "use_suno_cdn" in create(desk).json()["error"]
    assert create(desk, use_suno_cdn=False).status_code == 200
    assert credits_left(desk) == 50 - 10 - 14


@pytest.mark.parametrize("wrong", [{"profile": "2027-01"}, {"profile": ["2026-09"]}, {}])
def test_a_profile_that_there_is_not_is_refused_in_a_sentence(desk, wrong):
    answer = desk.http.post("/aimusicapi/profile", json=wrong)
    assert answer.status_code == 400
    assert "2026-01 or 2026-09" in answer.json()["error"]


def test_a_profile_is_turned_with_the_key_only(desk):
    answer = desk.anyone.post("/aimusicapi/profile", json={"profile": "2026-09"})
    assert answer.status_code == 401


def test_in_autumn_a_description_costs_more_on_any_model(open_one):
    desk = open_one(profile="2026-09")
    assert create(desk, DESCRIPTION, use_suno_cdn=True).status_code == 200
    assert credits_left(desk) == 36


def test_the_command_knows_the_profiles():
    told = CliRunner().invoke(main, ["emulator", "--port", "0", "--key", "k", "--profile", "x"])
    assert told.exit_code == 2
    assert "'2026-01', '2026-09'" in told.output
