"""What the doctor looks at, and when the patient is well."""

import json
import re

import pytest

from studio.audio.extras import EXTRAS
from studio.client import open_studio
from studio.commands.machine import is_writable, look_at_extras, look_at_machine, size
from studio.settings import Settings


@pytest.fixture
def looked_at(data, run):
    """A studio whose default connection nobody answers at; its JSON, and its end."""
    url = ("--url", "http://127.0.0.1:9/aimusicapi")
    run("connect", "dead", "--kind", "aimusicapi", *url, "--key-env", "K", K="secret-1")
    settings = Settings(data=data, environ={})
    with open_studio(settings, work=False) as studio:
        studio.forget("house band")
        studio.choose_default("dead")
    return run("doctor", "--json"), run("doctor")


def test_a_default_that_does_not_answer_is_not_well(looked_at):
    told, shown = looked_at
    assert (told.exit_code, shown.exit_code) == (1, 1)
    [dead] = json.loads(told.stdout)["connections"]
    assert (dead["works"], dead["says"]) == (False, "AI Music API cannot be reached.")


def test_the_price_is_told_even_where_nobody_answers(looked_at):
    [dead] = json.loads(looked_at[0].stdout)["connections"]
    assert re.fullmatch(r"about \d+ credits", dead["two_takes"])


def test_keys_are_told_to_nobody(looked_at):
    assert not any("secret-1" in told.output for told in looked_at)


def test_people_read_the_same_as_a_table(looked_at):
    assert re.search(r"^dead +False .*cannot be reached\.$", looked_at[1].stdout, re.MULTILINE)


def test_every_extra_is_listed_with_what_it_can_do_or_how_to_get_it(looked_at):
    told, shown = looked_at
    extras = json.loads(told.stdout)["extras"]
    assert [row["extra"] for row in extras] == list(EXTRAS)
    assert all(row["says"].startswith("Can " if row["there"] else "To ") for row in extras)
    assert re.search(
        r"^media +(True|False) +(Can|To) read and write M4A", shown.stdout, re.MULTILINE
    )


def test_a_missing_extra_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr("studio.audio.extras.find_spec", lambda _package: None)
    [media, *_] = look_at_extras()
    assert not media["there"]
    assert media["says"].endswith("install av: pip install av")


@pytest.mark.slow
def test_the_house_band_is_well_without_key_or_internet(run):
    told = run("doctor", "--json")
    [band] = json.loads(told.stdout)["connections"]
    assert (told.exit_code, band["works"], band["two_takes"]) == (0, True, "free")
    assert band["latency_ms"] >= 0


def test_the_machine_tells_what_sings_and_plays(tmp_path):
    machine = look_at_machine(tmp_path)
    assert {"python", "streamlit", "voice", "soundfont", "mp3", "data writable"} <= machine.keys()
    assert "missing" not in machine.values()


def test_the_data_folder_is_tried_and_weighed(tmp_path):
    (tmp_path / "songs").mkdir()
    (tmp_path / "songs" / "a.mp3").write_bytes(bytes(1000))
    assert is_writable(tmp_path / "new")
    assert size(tmp_path) == 1000


def test_a_folder_that_cannot_be_made_is_not_writable(tmp_path):
    (tmp_path / "file").touch()
    assert not is_writable(tmp_path / "file" / "data")
