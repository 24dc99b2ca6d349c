"""All that is printed or observed of ACE-Step is understood, and no damage is a surprise."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from studio import errors
from studio.errors import VendorTrouble
from studio.providers.base import Finished, Probed, Refused, Started, Working
from studio.songs import Ability, Attached, Part
from tests.contract.damage import STATUSES, damaged
from tests.contract.far_acestep import BASE, KEY, TASK, Far, form_of, samples
from tests.contract.far_away import asked, material, materials

ANSWERS = samples("answers")
REQUESTS = samples("requests")
WHATEVER = Started | Working | Finished | Refused | Probed
PLACES = {"start": "release_task", "check": "query_result", "probe": "v1/model_inventory"}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with something in it."""
    file = tmp_path_factory.mktemp("sounds") / "song.mp3"
    file.write_bytes(b"ID3 a sound")
    return file


def ask(sample: dict[str, Any], *, status: int | None = None, body: object = None) -> Any:
    """Put the sample's request to a server that answers as printed, or damaged."""
    far = Far()
    told = sample["body"] if body is None else body
    place = sample.get("path", PLACES[sample["verb"]])
    if place == "v1/models":
        far.answers.pop("v1/model_inventory")
    far.answers[place] = (sample["status"] if status is None else status, told)
    request = asked(**sample["request"])
    match sample["verb"]:
        case "start":
            return far.provider.start(request, materials())
        case "check":
            return far.provider.check(sample["remote"], request)
        case _:
            return far.provider.probe()


@pytest.mark.parametrize("name", ANSWERS)
def test_a_printed_answer_ends_as_its_document_says(name):
    sample = ANSWERS[name]
    wanted = getattr(errors, sample["ends"], None)
    if wanted is None:
        assert type(ask(sample)).__name__ == sample["ends"]
    else:
        with pytest.raises(wanted):
            ask(sample)


@pytest.mark.parametrize("name", REQUESTS)
def test_a_printed_order_is_what_goes_out_and_nothing_else(name, sound):
    sample = REQUESTS[name]
    far = Far()
    source = replace(material(**(sample["material"] or {})), file=sound)
    works_with = materials(*([source] if sample["file"] else []))
    far.provider.start(asked(**sample["request"]), works_with)
    assert far.order.headers["Authorization"] == f"Bearer {KEY}"
    if sample["file"]:
        fields, files = form_of(far.order)
        assert files == {sample["file"]: b"ID3 a sound"}
    else:
        fields = json.loads(far.order.content)
    assert fields == sample["body"]


def test_the_printed_result_is_told_in_our_words():
    (take,) = ask(ANSWERS["succeeded"]).takes
    assert (take.number, take.part, take.style, take.lyrics, take.length, take.seed) == (
        1,
        Part.SONG,
        "upbeat pop song",
        "Hello world",
        30.0,
        12345,
    )
    assert take.sound == f"{BASE}/v1/audio?path=%2Ftmp%2Fapi_audio%2Fabc123.mp3"
    assert take.facts == {"tempo_bpm": 120, "key": "C Major"}
    assert take.remote == f"{TASK}/1"


def test_each_take_has_its_own_seed_and_what_is_not_known_is_left_out():
    first, second = ask(ANSWERS["succeeded_twice"]).takes
    assert (first.seed, second.seed) == (12345, 67890)
    assert (second.length, second.facts) == (None, {})


def test_a_stem_is_told_by_the_name_of_its_instrument():
    (stem,) = ask(ANSWERS["extracted"]).findings
    assert (stem.kind, stem.name) == (Attached.STEM, "Drums")
    assert stem.link == f"{BASE}/v1/audio?path=%2Ftmp%2Fapi_audio%2Fdrums.flac"


def test_of_a_traceback_only_what_went_wrong_is_told_and_what_to_do():
    assert ask(ANSWERS["failed"]).reason == (
        "ACE-Step could not make it: RuntimeError: CUDA out of memory. "
        "Ask for a shorter song, or load a smaller model there."
    )


def test_a_server_is_told_by_its_inventory_the_default_first():
    probed = ask(ANSWERS["inventory"])
    assert list(probed.models) == ["acestep-v15-turbo", "acestep-v15-base"]
    turbo, base = probed.models.values()
    assert turbo.abilities == {Ability.CREATE, Ability.COVER, Ability.REPLACE, Ability.EXTEND}
    added = {Ability.STEMS, Ability.ADD_VOCALS, Ability.ADD_INSTRUMENTAL}
    assert base.abilities - turbo.abilities == added
    assert (turbo.note, base.note) == ("", "Not loaded: the first song takes longer.")


def test_an_older_server_is_told_by_the_names_of_its_models():
    probed = ask(ANSWERS["models_of_old"])
    assert list(probed.models) == ["acestep-v15-turbo", "acestep-v15-turbo-shift3"]
    assert Ability.STEMS not in probed.abilities


def test_of_a_server_that_tells_nothing_only_what_all_can_do_is_offered():
    probed = ask(ANSWERS["models_of_another"])
    assert (probed.models, Ability.CREATE in probed.abilities) == ({}, True)
    assert probed.plain.keys() == probed.abilities
    assert "does not tell" in probed.note


@settings(
    max_examples=1000, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(damaged(ANSWERS, "[]", '[{"file": 1}]', "[" * 10_000, "queued"), STATUSES)
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
